using TypedPipelines.Running;

namespace TypedPipelines.Cli.Rendering;

/// <summary>The lines in which a partition's result is told.</summary>
internal static class ResultText
{
    /// <summary>How a partition is called on a line of its own: as one would type it after <c>run</c>.</summary>
    internal static string NameOf(PlannedPartition planned) => Visible.Of($"{planned.Pipeline.Descriptor.Name} {planned.Partition.Key}");

    /// <summary>The line of a partition that is in order.</summary>
    internal static string Loaded(PartitionResult result)
    {
        string rows = $"{Invariant.Text(result.Counts.Read)} read, {Invariant.Text(result.Counts.Loaded)} loaded, "
            + $"{Deleted(result)}{Invariant.Text(result.Counts.Dropped)} dropped, {Invariant.Text(result.Counts.Rejected)} rejected, {Invariant.Seconds(result.Elapsed.TotalSeconds)} s";
        // An empty day may be right, but it is the commonest sign of a source that broke without an error.
        string empty = result.Counts.Loaded == 0 ? "  (no rows loaded)" : "";
        return result.Status == PartitionStatus.UpToDate
            ? $"{NameOf(result.Planned)}  up to date: another process loaded it first"
            : $"{NameOf(result.Planned)}  {rows}{empty}";
    }

    /// <summary>What a merge took out of its tables. Where a part of a table is replaced, that old rows go says nothing.</summary>
    private static string Deleted(PartitionResult result)
    {
        long deleted = result.Tables
            .Where(table => result.Planned.Pipeline.Descriptor.Loads.Any(load => load.Contract is { Strategy: LoadStrategy.Merge } merged && merged.DisplayName == table.Table))
            .Sum(table => table.Deleted);
        return deleted == 0 ? "" : $"{Invariant.Text(deleted)} deleted, ";
    }

    /// <summary>The lines that tell of rows kept out of a partition that was loaded all the same: the first of them, and how to see the others.</summary>
    internal static IEnumerable<string> Rejected(PartitionResult result, int? width)
    {
        if (result is not { Status: PartitionStatus.Loaded, FirstReject: { } first })
        {
            return [];
        }

        string rows = Invariant.Count(result.Counts.Rejected, "row");
        PlannedPartition planned = result.Planned;
        return Wrapping.Lines(
            Visible.Of($"{NameOf(planned)}: {rows} rejected, the first at {first.Describe()}. `rejects {planned.Pipeline.Descriptor.Name} --partition {planned.Partition.Key}` shows all."),
            width,
            4);
    }

    /// <summary>The lines that tell of checks which a partition did not pass, and which did not keep it from being loaded.</summary>
    internal static IEnumerable<string> Warned(PartitionResult result, int? width) => result.Status != PartitionStatus.Loaded
        ? []
        : result.Checks.Where(check => check.Outcome is CheckOutcome.Warned or CheckOutcome.Quarantined)
            .SelectMany(check => Wrapping.Lines($"{NameOf(result.Planned)}: {CheckText.Of(check)}", width, 4));

    /// <summary>The lines of a partition that is not in order: what happened, then what to do.</summary>
    internal static IEnumerable<string> Failed(PartitionResult result, int? width)
    {
        string word = result.Status.ToString().ToUpperInvariant();
        if (result.Failure is not { } failure)
        {
            return [$"{NameOf(result.Planned)} {word}"];
        }

        string kind = result.Status == PartitionStatus.Failed || failure.Kind is not (FailureKind.Upstream or FailureKind.Cancelled) ? $" ({failure.Kind})" : "";
        return Wrapping.Lines(Visible.Of($"{NameOf(result.Planned)} {word}{kind}: {failure.What}."), width, 4)
            .Concat(Wrapping.Lines("    " + Visible.Of(failure.Next), width, 4));
    }
}
