using System.Globalization;
using TypedPipelines.Destinations;

namespace TypedPipelines.SqlServer;

/// <summary>
/// A run's hold of its partition, as a row of the ledger says. Its token counts every taking, so that a run which lost the
/// application lock without noticing can tell.
/// </summary>
internal sealed class PartitionLock(RunIdentity run, long token)
{
    /// <summary>Changes nothing: who has written a row keeps it to the end of the transaction, on every kind of server.</summary>
    internal const string Hold = """
        update typed_pipelines.[lock]
        set token = token
        where pipeline = @pipeline and [partition] = @partition and run_id = @run and token = @token
        """;

    internal const string GiveFree = """
        update typed_pipelines.[lock]
        set run_id = null, worker = null, session_id = null, acquired_at = null
        where pipeline = @pipeline and [partition] = @partition and run_id = @run and token = @token
        """;

    /// <summary>Whether the row still is this run's: asked inside a writing transaction, which keeps it that way to its end.</summary>
    internal async Task<bool> IsHeldAsync(SqlServerDatabase database, CancellationToken cancellationToken) =>
        await database.RunAsync(Hold, cancellationToken, Row()).ConfigureAwait(false) > 0;

    internal PipelineException Lost(PipelineException? cause = null) => new(
        FailureKind.LockLost,
        string.Create(
            CultureInfo.InvariantCulture,
            $"run {run.RunId} of {run.Pipeline} {run.Partition.Key} lost its hold of the partition: {(cause is null ? "another run took it over" : $"its connection ended. {cause.What}")}"),
        "Nothing was changed. If another run has taken the partition, let it finish; then run the partition again if need be.",
        cause?.InnerException);

    /// <summary>Gives the partition free: in the row, which stays for its token, then in the server's session.</summary>
    internal async Task ReleaseAsync(SqlServerDatabase database)
    {
        await database.RunAsync(GiveFree, CancellationToken.None, Row()).ConfigureAwait(false);
        await database.RunAsync(AppLock.Release, CancellationToken.None, ("@name", LockName.OfPartition(run.Pipeline, run.Partition.Key))).ConfigureAwait(false);
    }

    private (string Name, object? Value)[] Row() =>
        [("@pipeline", run.Pipeline), ("@partition", run.Partition.Key), ("@run", run.RunId), ("@token", token)];
}
