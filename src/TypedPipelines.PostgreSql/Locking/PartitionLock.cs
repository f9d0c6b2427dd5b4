using System.Globalization;
using TypedPipelines.Destinations;

namespace TypedPipelines.PostgreSql;

/// <summary>
/// A run's hold of its partition, as a row of the ledger says. Its token counts every taking, so that a run which lost the
/// advisory lock without noticing can tell.
/// </summary>
internal sealed class PartitionLock(RunIdentity run, long token)
{
    /// <summary>Whether the row still is this run's: asked inside a writing transaction, which keeps it that way to its end.</summary>
    internal Task<bool> IsHeldAsync(PostgreSqlDatabase database, CancellationToken cancellationToken) => database.FindsAsync(
        """
        select 1
        from typed_pipelines.lock
        where pipeline = $1 and partition = $2 and run_id = $3 and token = $4
        for update
        """,
        cancellationToken,
        run.Pipeline,
        run.Partition.Key,
        run.RunId,
        token);

    internal PipelineException Lost(PipelineException? cause = null) => new(
        FailureKind.LockLost,
        string.Create(
            CultureInfo.InvariantCulture,
            $"run {run.RunId} of {run.Pipeline} {run.Partition.Key} lost its hold of the partition: {(cause is null ? "another run took it over" : $"its connection ended. {cause.What}")}"),
        "Nothing was changed. If another run has taken the partition, let it finish; then run the partition again if need be.",
        cause?.InnerException);

    /// <summary>Gives the partition free: in the row, which stays for its token, then in the server's session; and drops what was staged.</summary>
    internal async Task ReleaseAsync(PostgreSqlDatabase database)
    {
        StatementBatch batch = database.Batch().BeginLightly().Add(
            """
            update typed_pipelines.lock
            set run_id = null, worker = null, backend = null, acquired_at = null
            where pipeline = $1 and partition = $2 and run_id = $3 and token = $4
            """,
            run.Pipeline,
            run.Partition.Key,
            run.RunId,
            token).Commit();
        await using (batch.ConfigureAwait(false))
        {
            await batch.Add("select pg_advisory_unlock_all()").Add("discard temp").RunAsync(CancellationToken.None).ConfigureAwait(false);
        }
    }
}
