using TypedPipelines.Ledger;

namespace TypedPipelines.Running;

/// <summary>What loading a partition of a pipeline is likely to take, by what its last loads took: medians, which one slow night does not move.</summary>
/// <param name="Rows">Rows read for one partition.</param>
/// <param name="Time">The time of one partition.</param>
/// <param name="Runs">Of how many runs this is known.</param>
public sealed record LoadEstimate(long Rows, TimeSpan Time, int Runs)
{
    /// <summary>How many runs are looked at.</summary>
    internal const int Recent = 50;

    /// <summary>The estimate by a pipeline's runs; null where none of them has loaded anything.</summary>
    /// <param name="runs">The runs.</param>
    internal static LoadEstimate? By(IEnumerable<RunEntry> runs)
    {
        List<RunEntry> loads = [.. runs.Where(run => run is { Outcome: RunOutcome.Succeeded, FinishedAt: not null })];
        return loads.Count == 0
            ? null
            : new LoadEstimate(Median(loads.Select(run => run.Counts.Read)), TimeSpan.FromTicks(Median(loads.Select(run => (run.FinishedAt!.Value - run.StartedAt).Ticks))), loads.Count);
    }

    private static long Median(IEnumerable<long> values)
    {
        long[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }
}
