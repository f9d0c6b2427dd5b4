using Npgsql;
using TypedPipelines.Ledger;

namespace TypedPipelines.PostgreSql;

/// <summary>Reads the ledger: each question in a transaction of its own, which cannot change anything.</summary>
internal sealed class PostgreSqlLedger(PostgreSqlServer server) : ILedger
{
    public async Task<IReadOnlyList<PartitionEntry>> GetPartitionsAsync(string pipeline, CancellationToken cancellationToken) => await ReadAsync(
        $"{LedgerRows.Partitions}\nwhere pipeline = $1\norder by partition",
        LedgerRows.Partition,
        cancellationToken,
        pipeline).ConfigureAwait(false);

    public async Task<PartitionEntry?> FindPartitionAsync(string pipeline, string partition, CancellationToken cancellationToken)
    {
        List<PartitionEntry> found = await ReadAsync(
            LedgerRows.OnePartition, LedgerRows.Partition, cancellationToken, pipeline, partition).ConfigureAwait(false);
        return found.Count == 0 ? null : found[0];
    }

    public async Task<ReplacedLoad?> FindReplacedAsync(string pipeline, string partition, CancellationToken cancellationToken)
    {
        List<ReplacedLoad> found = await ReadAsync(ReplacedEntries.Find, ReplacedEntries.Read, cancellationToken, pipeline, partition).ConfigureAwait(false);
        return found.Count == 0 ? null : found[0];
    }

    public async Task<IReadOnlyList<LogicPart>?> FindLogicAsync(string fingerprint, CancellationToken cancellationToken)
    {
        List<string> found = await ReadAsync(
            "select parts from typed_pipelines.logic where fingerprint = $1", static row => row.GetString(0), cancellationToken, fingerprint).ConfigureAwait(false);
        return found.Count == 0 ? null : LogicText.Read(found[0]);
    }

    public async Task<IReadOnlyList<RunEntry>> GetRunsAsync(string? pipeline, int most, CancellationToken cancellationToken) => await ReadAsync(
        """
        select run_id, pipeline, partition, outcome, started_at, finished_at,
            rows_read, rows_loaded, rows_dropped, rows_rejected, worker, failure_kind, error
        from typed_pipelines.run
        where $1::text is null or pipeline = $1
        order by started_at desc, sequence desc
        limit $2
        """,
        LedgerRows.Run,
        cancellationToken,
        pipeline,
        most).ConfigureAwait(false);

    public async Task<IReadOnlyList<RunEntry>> GetRunsOfAsync(string pipeline, string partition, int most, CancellationToken cancellationToken) => await ReadAsync(
        """
        select run_id, pipeline, partition, outcome, started_at, finished_at,
            rows_read, rows_loaded, rows_dropped, rows_rejected, worker, failure_kind, error
        from typed_pipelines.run
        where pipeline = $1 and partition = $2
        order by sequence desc
        limit $3
        """,
        LedgerRows.Run,
        cancellationToken,
        pipeline,
        partition,
        most).ConfigureAwait(false);

    public async Task<IReadOnlyList<RejectEntry>> GetRejectsAsync(string? pipeline, string? partition, int most, CancellationToken cancellationToken) => await ReadAsync(
        $"""
        select run.run_id, run.pipeline, run.partition, run.finished_at,
            reject.source, reject.origin, reject.line, reject.column_name, reject.value, reject.raw, reject.reason
        from typed_pipelines.run as run
        join typed_pipelines.reject as reject on reject.run_id = run.run_id
        where ($1::text is null or run.pipeline = $1)
        and ($2::text is null or run.partition = $2)
        and {LedgerRows.IsLatestRun}
        order by run.sequence desc, reject.number
        limit $3
        """,
        LedgerRows.Reject,
        cancellationToken,
        pipeline,
        partition,
        most).ConfigureAwait(false);

    public async Task<IReadOnlyList<RejectCount>> CountRejectsAsync(string? pipeline, string? partition, CancellationToken cancellationToken) => await ReadAsync(
        $"""
        select run.pipeline, run.partition, reject.source, reject.column_name, reject.reason, count(*) as rows
        from typed_pipelines.run as run
        join typed_pipelines.reject as reject on reject.run_id = run.run_id
        where ($1::text is null or run.pipeline = $1)
        and ($2::text is null or run.partition = $2)
        and {LedgerRows.IsLatestRun}
        group by run.pipeline, run.partition, reject.source, reject.column_name, reject.reason
        order by rows desc, run.pipeline, run.partition, reject.source collate "C", reject.reason collate "C"
        """,
        static row => new RejectCount(row.GetString(0), row.GetString(1), row.GetString(2), row.IsDBNull(3) ? null : row.GetString(3), row.GetString(4), row.GetInt64(5)),
        cancellationToken,
        pipeline,
        partition).ConfigureAwait(false);

    public async Task<IReadOnlyList<CheckEntry>> GetChecksAsync(string? pipeline, string? partition, bool passed, int most, CancellationToken cancellationToken) => await ReadAsync(
        CheckEntries.Latest, CheckEntries.Read, cancellationToken, pipeline, partition, passed, most).ConfigureAwait(false);

    public async Task<IReadOnlyList<CheckObservation>> GetObservationsAsync(ObservationsOf of, int most, CancellationToken cancellationToken) => await ReadAsync(
        CheckEntries.Observed(of.Kind), CheckEntries.ReadObservation, cancellationToken, of.Pipeline, of.Table, of.Check, of.Partition, most).ConfigureAwait(false);

    private async Task<List<TEntry>> ReadAsync<TEntry>(
        string sql, Func<NpgsqlDataReader, TEntry> read, CancellationToken cancellationToken, params object?[] values)
    {
        PostgreSqlDatabase database = await server.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (database.ConfigureAwait(false))
        {
            await database.BeginSnapshotAsync(cancellationToken).ConfigureAwait(false);
            List<TEntry> entries = await LedgerTables.ExistAsync(database, cancellationToken).ConfigureAwait(false)
                ? await database.QueryAsync(sql, read, cancellationToken, values).ConfigureAwait(false)
                : [];
            await database.RollBackAsync().ConfigureAwait(false);
            return entries;
        }
    }
}
