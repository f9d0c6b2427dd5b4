using TypedPipelines.Destinations;

namespace TypedPipelines.PostgreSql;

/// <summary>A run's hold of its partition: an advisory lock of its connection, and the row that says so.</summary>
internal sealed class PartitionLock(RunIdentity run, long token) : PartitionLock<PostgreSqlDatabase>(run, token)
{
    internal override async Task<bool> BeginHeldAsync(PostgreSqlDatabase database, CancellationToken cancellationToken)
    {
        StatementBatch batch = BeginHeld(database);
        await using (batch.ConfigureAwait(false))
        {
            return (await batch.ReadAsync(cancellationToken, static _ => true).ConfigureAwait(false))[0] is true;
        }
    }

    /// <summary>Begins a transaction and asks for the row, which is there where the partition still is this run's, together with what else is asked first.</summary>
    internal StatementBatch BeginHeld(PostgreSqlDatabase database) => database.Batch().Keep().Begin().Add(
        """
        select 1
        from typed_pipelines.lock
        where pipeline = $1 and partition = $2 and run_id = $3 and token = $4
        for update
        """,
        Run.Pipeline,
        Run.Partition.Key,
        Run.RunId,
        Token);

    /// <summary>Gives the partition free: in the row, which stays for its token, then in the server's session; and drops what was staged.</summary>
    internal async Task ReleaseAsync(PostgreSqlDatabase database)
    {
        StatementBatch batch = database.Batch().Keep().BeginLightly().Add(
            """
            update typed_pipelines.lock
            set run_id = null, worker = null, backend = null, acquired_at = null
            where pipeline = $1 and partition = $2 and run_id = $3 and token = $4
            """,
            Run.Pipeline,
            Run.Partition.Key,
            Run.RunId,
            Token).Commit();
        await using (batch.ConfigureAwait(false))
        {
            await batch.Add("select pg_advisory_unlock_all()").Add("discard temp").RunAsync(CancellationToken.None).ConfigureAwait(false);
        }
    }
}
