using TypedPipelines.Destinations;

namespace TypedPipelines.Running;

/// <summary>
/// Hears of each run of a partition: for lineage, alerts and the like. Register it with the host's services. Unlike an <see cref="IRunObserver"/> it may take its time, which
/// holds up that partition and no other; what it throws is logged (1013) and changes nothing about the run. In a parallel backfill it is called for several runs at the
/// same time.
/// </summary>
public interface IRunListener
{
    /// <summary>A run begins; its lock has not been taken yet.</summary>
    /// <param name="run">The run.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    Task StartedAsync(RunNotice run, CancellationToken cancellationToken);

    /// <summary>The run ended, in whatever way; called exactly once for each that began, unless the process dies.</summary>
    /// <param name="run">The run.</param>
    /// <param name="result">How it ended.</param>
    /// <param name="endedAt">When, UTC.</param>
    /// <param name="cancellationToken">Stops the call; it is not cancelled where the run was.</param>
    Task EndedAsync(RunNotice run, PartitionResult result, DateTimeOffset endedAt, CancellationToken cancellationToken);
}

/// <summary>A run of a partition, as listeners hear of it.</summary>
/// <param name="Planned">The partition, and why it runs.</param>
/// <param name="RunId">The run, by which the ledger knows it.</param>
/// <param name="StartedAt">When it began, UTC.</param>
/// <param name="Destination">Where it loads.</param>
public sealed record RunNotice(PlannedPartition Planned, Guid RunId, DateTimeOffset StartedAt, IDestination Destination);
