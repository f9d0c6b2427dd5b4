using Microsoft.Extensions.Logging;
using TypedPipelines.Ledger;

namespace TypedPipelines.Sqlite;

/// <summary>Reads the ledger: each question over a connection of its own, which cannot change anything.</summary>
internal sealed class SqliteLedger(SqliteLocation location, ILogger logger) : ILedger
{
    public Task<IReadOnlyList<PartitionEntry>> GetPartitionsAsync(string pipeline, CancellationToken cancellationToken) => ReadAsync(
        $"{LedgerRows.Partitions}\nwhere pipeline = @pipeline\norder by partition",
        LedgerRows.Partition,
        cancellationToken,
        ("@pipeline", pipeline));

    public async Task<PartitionEntry?> FindPartitionAsync(string pipeline, string partition, CancellationToken cancellationToken)
    {
        IReadOnlyList<PartitionEntry> found = await ReadAsync(
            LedgerRows.OnePartition,
            LedgerRows.Partition,
            cancellationToken,
            ("@pipeline", pipeline),
            ("@partition", partition)).ConfigureAwait(false);
        return found.Count == 0 ? null : found[0];
    }

    public async Task<ReplacedLoad?> FindReplacedAsync(string pipeline, string partition, CancellationToken cancellationToken)
    {
        IReadOnlyList<ReplacedLoad> found = await ReadAsync(
            ReplacedEntries.Find, ReplacedEntries.Read, cancellationToken, ("@pipeline", pipeline), ("@partition", partition)).ConfigureAwait(false);
        return found.Count == 0 ? null : found[0];
    }

    public async Task<IReadOnlyList<LogicPart>?> FindLogicAsync(string fingerprint, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> found = await ReadAsync(
            "select parts from main.tp_logic where fingerprint = @fingerprint", static row => row.Text(0)!, cancellationToken, ("@fingerprint", fingerprint)).ConfigureAwait(false);
        return found.Count == 0 ? null : LogicText.Read(found[0]);
    }

    public Task<IReadOnlyList<RunEntry>> GetRunsAsync(string? pipeline, int most, CancellationToken cancellationToken) => ReadAsync(
        """
        select run_id, pipeline, partition, outcome, started_at, finished_at,
            rows_read, rows_loaded, rows_dropped, rows_rejected, worker, failure_kind, error
        from main.tp_run
        where @pipeline is null or pipeline = @pipeline
        order by started_at desc, sequence desc
        limit @most
        """,
        LedgerRows.Run,
        cancellationToken,
        ("@pipeline", pipeline),
        ("@most", most));

    public Task<IReadOnlyList<RunEntry>> GetRunsOfAsync(string pipeline, string partition, int most, CancellationToken cancellationToken) => ReadAsync(
        """
        select run_id, pipeline, partition, outcome, started_at, finished_at,
            rows_read, rows_loaded, rows_dropped, rows_rejected, worker, failure_kind, error
        from main.tp_run
        where pipeline = @pipeline and partition = @partition
        order by sequence desc
        limit @most
        """,
        LedgerRows.Run,
        cancellationToken,
        ("@pipeline", pipeline),
        ("@partition", partition),
        ("@most", most));

    public Task<IReadOnlyList<RejectEntry>> GetRejectsAsync(string? pipeline, string? partition, int most, CancellationToken cancellationToken) => ReadAsync(
        """
        select run.run_id, run.pipeline, run.partition, run.finished_at,
            reject.source, reject.origin, reject.line, reject.column_name, reject.value, reject.raw, reject.reason
        from main.tp_run as run
        join main.tp_reject as reject on reject.run_id = run.run_id
        where (@pipeline is null or run.pipeline = @pipeline)
        and (@partition is null or run.partition = @partition)
        and run.sequence = (
            select max(latest.sequence)
            from main.tp_run as latest
            where latest.pipeline = run.pipeline
            and latest.partition = run.partition
            and latest.outcome in ('succeeded', 'failed')
        )
        order by run.sequence desc, reject.number
        limit @most
        """,
        LedgerRows.Reject,
        cancellationToken,
        ("@pipeline", pipeline),
        ("@partition", partition),
        ("@most", most));

    public Task<IReadOnlyList<RejectCount>> CountRejectsAsync(string? pipeline, string? partition, CancellationToken cancellationToken) => ReadAsync(
        """
        select run.pipeline, run.partition, reject.source, reject.column_name, reject.reason, count(*) as rows
        from main.tp_run as run
        join main.tp_reject as reject on reject.run_id = run.run_id
        where (@pipeline is null or run.pipeline = @pipeline)
        and (@partition is null or run.partition = @partition)
        and run.sequence = (
            select max(latest.sequence)
            from main.tp_run as latest
            where latest.pipeline = run.pipeline
            and latest.partition = run.partition
            and latest.outcome in ('succeeded', 'failed')
        )
        group by run.pipeline, run.partition, reject.source, reject.column_name, reject.reason
        order by rows desc, run.pipeline, run.partition, reject.source, reject.reason
        """,
        static row => new RejectCount(row.Text(0)!, row.Text(1)!, row.Text(2)!, row.Text(3), row.Text(4)!, row.Number(5)),
        cancellationToken,
        ("@pipeline", pipeline),
        ("@partition", partition));

    public Task<IReadOnlyList<CheckEntry>> GetChecksAsync(string? pipeline, string? partition, bool passed, int most, CancellationToken cancellationToken) => ReadAsync(
        CheckEntries.Latest,
        CheckEntries.Read,
        cancellationToken,
        ("@pipeline", pipeline),
        ("@partition", partition),
        ("@passed", passed),
        ("@most", most));

    public Task<IReadOnlyList<CheckObservation>> GetObservationsAsync(ObservationsOf of, int most, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(of);
        return ReadAsync(
            CheckEntries.Observed(of.Kind),
            CheckEntries.ReadObservation,
            cancellationToken,
            ("@pipeline", of.Pipeline),
            ("@table", of.Table),
            ("@check", of.Check),
            ("@partition", of.Partition),
            ("@most", most));
    }

    private Task<IReadOnlyList<TEntry>> ReadAsync<TEntry>(
        string sql,
        Func<SqliteQuery, TEntry> read,
        CancellationToken cancellationToken,
        params ReadOnlySpan<(string Name, object? Value)> values)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var entries = new List<TEntry>();
        if (location.Exists)
        {
            using SqliteDatabase database = SqliteDatabase.OpenForReading(location, logger);
            if (LedgerTables.Exist(database))
            {
                using SqliteQuery query = database.Prepare(sql, values);
                while (query.Step())
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    entries.Add(read(query));
                }
            }
        }

        return Task.FromResult<IReadOnlyList<TEntry>>(entries);
    }
}
