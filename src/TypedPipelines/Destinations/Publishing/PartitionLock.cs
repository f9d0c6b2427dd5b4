using System.Globalization;

namespace TypedPipelines.Destinations;

/// <summary>
/// A run's hold of its partition, as a row of the ledger says. Its token counts every taking, so that a run which lost the lock
/// without noticing can tell, even if the same row names it again.
/// </summary>
/// <typeparam name="TDatabase">The destination's connection.</typeparam>
internal abstract class PartitionLock<TDatabase>(RunIdentity run, long token)
{
    /// <summary>What to do when the lock is lost.</summary>
    protected virtual string IfLost =>
        "Nothing was changed. If another run has taken the partition, let it finish; then run the partition again if need be.";

    protected RunIdentity Run => run;

    protected long Token => token;

    /// <summary>Begins a writing transaction, and asks in it whether the row still is this run's: the transaction keeps it that way to its end.</summary>
    internal abstract Task<bool> BeginHeldAsync(TDatabase database, CancellationToken cancellationToken);

    /// <summary>The failure of a run that holds its partition no more.</summary>
    /// <param name="cause">What ended its connection; null where another run took the partition over.</param>
    internal PipelineException Lost(PipelineException? cause = null) => new(
        FailureKind.LockLost,
        string.Create(
            CultureInfo.InvariantCulture,
            $"run {run.RunId} of {run.Pipeline} {run.Partition.Key} lost its hold of the partition: {(cause is null ? "another run took it over" : $"its connection ended. {cause.What}")}"),
        IfLost,
        cause?.InnerException);
}
