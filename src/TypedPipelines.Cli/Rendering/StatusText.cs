using TypedPipelines.Ledger;

namespace TypedPipelines.Cli.Rendering;

/// <summary>The state of pipelines as <c>status</c> shows it.</summary>
internal static class StatusText
{
    internal static void Write(TextWriter writer, IReadOnlyList<PipelineState> states)
    {
        // Where no pipeline has a schedule, somebody else's clock runs them, and a column of nothing would say no more.
        bool scheduled = states.Any(state => state.Pipeline.Schedule is not null);
        var table = new TextTable(["pipeline", ">complete", ">partial", ">stale", ">failed", ">missing", ">rows", "last run", .. scheduled ? (string[])["schedule"] : []]);
        foreach (PipelineState state in states)
        {
            table.Add([
                state.Pipeline.Name,
                Invariant.Text(state.Count(PartitionState.Complete)),
                Invariant.Text(state.Count(PartitionState.Partial)),
                Invariant.Text(state.Count(PartitionState.Stale)),
                Invariant.Text(state.Count(PartitionState.Failed)),
                Invariant.Text(state.Missing),
                Invariant.Text(state.Rows),
                LastRun(state.LastRun),
                .. scheduled ? (string[])[state.Pipeline.Schedule?.ToString() ?? "none"] : []]);
        }

        table.Write(writer);
    }

    /// <summary>One line for each partition that is not complete, or for each.</summary>
    internal static void WritePartitions(TextWriter writer, IEnumerable<PipelineState> states, bool all)
    {
        foreach (PipelineState state in states)
        {
            foreach ((Partition partition, PartitionEntry? entry) in state.Partitions.Where(one => all || one.Entry?.State != PartitionState.Complete))
            {
                string details = entry switch
                {
                    null => "",
                    { State: PartitionState.Failed or PartitionState.Stale } => $"  {Invariant.Text(entry.FinishedAt)}  {Visible.Of(entry.Error)}",
                    _ => $"  {Invariant.Text(entry.FinishedAt)}  {Invariant.Text(entry.Counts.Read)} read, {Invariant.Text(entry.Counts.Loaded)} loaded, "
                        + $"{Invariant.Text(entry.Counts.Dropped)} dropped, {Invariant.Text(entry.Counts.Rejected)} rejected",
                };
                writer.WriteLine($"{state.Pipeline.Name} {Visible.Of(partition.Key)}  {PipelineState.WordOf(entry)}{details}");
            }

            foreach (PartitionEntry lost in state.Lost)
            {
                writer.WriteLine($"{state.Pipeline.Name} {Visible.Of(lost.Partition)}  failed, and no partition any more that can be loaded  {Invariant.Text(lost.FinishedAt)}  {Visible.Of(lost.Error)}");
            }
        }
    }

    private static string LastRun(RunEntry? run) => run switch
    {
        null => "never",
        // It may also have died; who runs it tells the difference.
        { FinishedAt: null } => $"{Visible.Of(run.Partition)} began {Invariant.Text(run.StartedAt)} on {Visible.Of(run.Worker)} and has not ended",
        _ => $"{Visible.Of(run.Partition)} {CheckText.OutcomeOf(run)} {Invariant.Text(run.FinishedAt.Value)}",
    };
}
