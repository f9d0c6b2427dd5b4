using TypedPipelines.Ledger;
using TypedPipelines.Running;

namespace TypedPipelines.Cli.Rendering;

/// <summary>All that is known of one partition, for someone who has to decide what to do with it.</summary>
internal static class ExplanationText
{
    /// <summary>Of the partitions that it reads so many are named that are not complete.</summary>
    private const int NamedReads = 10;

    internal static void Write(TextWriter writer, PartitionExplanation explanation)
    {
        PlannedPartition planned = explanation.Planned;
        Partition partition = planned.Partition;
        writer.WriteLine(ResultText.NameOf(planned));
        if (planned.Pipeline.Descriptor.Partitions.HasWindows)
        {
            writer.WriteLine($"  window    {Invariant.Text(partition.Start)} until before {Invariant.Text(partition.End)}");
        }

        writer.WriteLine($"  backfill  {Decision(planned)}");
        writer.WriteLine($"  loaded    {Loaded(explanation.Entry)}");
        if (explanation.Entry?.Tables is { } tables)
        {
            writer.WriteLine($"  into      {Visible.Of(string.Join(", ", tables.Split('\n')))}");
        }

        WriteReads(writer, explanation.Upstream);
        WriteChecks(writer, explanation.Checks);
        WriteRuns(writer, explanation.Runs);
    }

    private static void WriteChecks(TextWriter writer, IReadOnlyList<CheckEntry> checks)
    {
        if (checks.Count > 0)
        {
            writer.WriteLine("  checks");
        }

        foreach (CheckEntry check in checks)
        {
            writer.WriteLine($"    {CheckText.Of(check.Result)}");
        }
    }

    private static string Decision(PlannedPartition planned) => planned.Reason switch
    {
        PlanReason.UpToDate => "leaves it: it is up to date, by today's logic as far as that is known",
        PlanReason.LogicChanged => $"leaves it, unless --stale is given: {Visible.Of(planned.Detail)}",
        _ => $"loads it, {PlanText.Why(planned)}",
    };

    private static string Loaded(PartitionEntry? entry) => entry switch
    {
        null => "never",
        { LoadedRunId: null } => "never; its last run failed",
        { State: PartitionState.Failed } => $"{Rows(entry)}; its last run failed, and left them as they were",
        _ => $"{Rows(entry)}, {Invariant.Text(entry.FinishedAt)}",
    };

    private static string Rows(PartitionEntry entry) =>
        $"{Invariant.Text(entry.Counts.Read)} read, {Invariant.Text(entry.Counts.Loaded)} loaded, {Invariant.Text(entry.Counts.Dropped)} dropped, {Invariant.Text(entry.Counts.Rejected)} rejected";

    private static void WriteReads(TextWriter writer, IReadOnlyList<UpstreamPartition> reads)
    {
        foreach (IGrouping<(string Pipeline, string Table), UpstreamPartition> table in reads.GroupBy(read => (read.Pipeline, read.Table)))
        {
            List<UpstreamPartition> others = [.. table.Where(read => read.Entry?.State != PartitionState.Complete)];
            int complete = table.Count() - others.Count;
            IEnumerable<string> parts = others.Take(NamedReads).Select(read => $"{Visible.Of(read.Partition)} is {PipelineState.WordOf(read.Entry)}");
            string more = others.Count > NamedReads ? $", and {Invariant.Text(others.Count - NamedReads)} more are not complete" : "";
            string state = string.Join("; ", ((string[])[string.Join(", ", parts) + more, complete == 0 ? "" : $"{Invariant.Text(complete)} complete"]).Where(part => part.Length > 0));
            writer.WriteLine($"  reads     {Visible.Of(table.Key.Table)} of {Visible.Of(table.Key.Pipeline)}, {Invariant.Count(table.Count(), "partition")}: {state}");
        }
    }

    private static void WriteRuns(TextWriter writer, IReadOnlyList<RunEntry> runs)
    {
        if (runs.Count == 0)
        {
            return;
        }

        writer.WriteLine("  last runs");
        foreach (RunEntry run in runs)
        {
            string took = run.FinishedAt is { } finished ? $"  {Invariant.Seconds((finished - run.StartedAt).TotalSeconds)} s" : "";
            writer.WriteLine(
                $"    {Invariant.Text(run.StartedAt)}  {(run.FinishedAt is null ? "has not ended" : CheckText.OutcomeOf(run))}  "
                + $"{Invariant.Text(run.Counts.Read)} read, {Invariant.Text(run.Counts.Loaded)} loaded{took}  {Visible.Of(run.Worker)}");
            if (run.Error is { } error)
            {
                writer.WriteLine($"        {Visible.Of(error)}");
            }
        }
    }
}
