using TypedPipelines.Running;

namespace TypedPipelines.Cli.Rendering;

/// <summary>The plan in brief before a run, and the summary after it.</summary>
internal static class SummaryText
{
    /// <summary>One line for each pipeline: how much is to be done, and why.</summary>
    internal static void WritePlan(TextWriter writer, IReadOnlyList<PlannedPartition> plan)
    {
        foreach (IGrouping<string, PlannedPartition> pipeline in plan.GroupBy(planned => planned.Pipeline.Descriptor.Name, StringComparer.Ordinal))
        {
            List<PlannedPartition> runs = [.. pipeline.Where(planned => planned.Runs)];
            int upToDate = pipeline.Count() - runs.Count;
            string reasons = string.Join(", ", runs.CountBy(planned => planned.Reason).OrderBy(reason => reason.Key)
                .Select(reason => $"{Invariant.Text(reason.Value)} {PlanText.WordOf(reason.Key)}"));
            string span = runs.Count == 0 ? "" : Visible.Of($", {runs[0].Partition.Key}{(runs.Count == 1 ? "" : $" to {runs[^1].Partition.Key}")} ({reasons})");
            writer.WriteLine($"{pipeline.Key}: {Invariant.Count(runs.Count, "partition")} to load{span}; {Invariant.Text(upToDate)} up to date");
        }

        WriteLogic(writer, plan);
    }

    /// <summary>What is up to date, and was loaded with other logic than today's: whether that matters, only people know.</summary>
    internal static void WriteLogic(TextWriter writer, IReadOnlyList<PlannedPartition> plan)
    {
        foreach (IGrouping<(string Pipeline, string? Detail), PlannedPartition> change in plan
            .Where(planned => planned.Reason == PlanReason.LogicChanged)
            .GroupBy(planned => (planned.Pipeline.Descriptor.Name, planned.Detail)))
        {
            writer.WriteLine($"{change.Key.Pipeline}: {Invariant.Count(change.Count(), "partition")} up to date by other logic than today's: {Visible.Of(change.Key.Detail!)}. `backfill {change.Key.Pipeline} --stale` loads them again.");
        }
    }

    /// <summary>The summary, with what to do next where something is not in order.</summary>
    /// <param name="screen">Where to.</param>
    /// <param name="results">The results.</param>
    /// <param name="planned">How many partitions the plan had.</param>
    /// <param name="stopped">Whether somebody stopped it.</param>
    internal static void Write(Screen screen, IReadOnlyList<PartitionResult> results, int planned, bool stopped)
    {
        IReadOnlyList<PipelineSummary> pipelines = PipelineSummary.Of(results);
        PipelineSummary total = PipelineSummary.Total(pipelines);
        var table = new TextTable(
            "pipeline", ">read", ">loaded", ">dropped", ">rejected", ">seconds", ">rows/s", "partitions");
        foreach (PipelineSummary row in pipelines.Count > 1 ? pipelines.Append(total) : pipelines)
        {
            table.Add(
                row.Pipeline,
                Invariant.Text(row.Rows.Read),
                Invariant.Text(row.Rows.Loaded),
                Invariant.Text(row.Rows.Dropped),
                Invariant.Text(row.Rows.Rejected),
                Invariant.Seconds(row.Seconds),
                Invariant.Text(row.RowsPerSecond),
                Partitions(row));
        }

        screen.Output.WriteLine();
        table.Write(screen.Output);
        screen.Output.Flush();
        WriteWhatNext(screen.Error, total, planned - results.Count, stopped);
    }

    /// <summary>What became of the partitions, without the ways that none of them ended: the table stays within a terminal's width.</summary>
    private static string Partitions(PipelineSummary row)
    {
        (int Count, string Word)[] ways =
        [
            (row.Loaded, "loaded"), (row.UpToDate, "up to date"), (row.Failed, "failed"), (row.Blocked, "blocked"), (row.Cancelled, "cancelled"),
        ];
        return string.Join(", ", ways.Where(way => way.Count > 0).Select(way => $"{Invariant.Text(way.Count)} {way.Word}"));
    }

    private static void WriteWhatNext(TextWriter writer, PipelineSummary total, int notBegun, bool stopped)
    {
        if (total.Cancelled > 0 || (notBegun > 0 && stopped))
        {
            writer.WriteLine($"Stopped: {Invariant.Count(notBegun, "partition")} not begun. What is loaded stays; the same command goes on from there.");
        }
        else if (total.Failed + total.Blocked > 0)
        {
            string blocked = total.Blocked == 0 ? "" : $", {Invariant.Text(total.Blocked)} blocked";
            writer.WriteLine($"{Invariant.Count(total.Failed, "partition")} failed{blocked}; their tables are as they were.{(notBegun > 0 ? $" With so many failures no more were begun: {Invariant.Count(notBegun, "partition")} left." : "")} The same command tries them again.");
        }
    }
}
