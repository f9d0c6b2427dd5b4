using Microsoft.Data.SqlClient;
using TypedPipelines.Ledger;

namespace TypedPipelines.SqlServer;

/// <summary>Reads the ledger: each question is one statement, which cannot change anything.</summary>
internal sealed class SqlServerLedger(SqlServerServer server) : ILedger
{
    internal const string PartitionsOfOne = LedgerRows.Partitions + "\nwhere pipeline = @pipeline\norder by [partition]";

    internal const string Logic = "select parts from typed_pipelines.logic where fingerprint = @fingerprint";

    internal const string Runs = """
        select top (@most) run_id, pipeline, [partition], outcome, started_at, finished_at,
            rows_read, rows_loaded, rows_dropped, rows_rejected, worker, failure_kind, error
        from typed_pipelines.run
        where @pipeline is null or pipeline = @pipeline
        order by started_at desc, sequence desc
        """;

    internal const string RunsOfOne = """
        select top (@most) run_id, pipeline, [partition], outcome, started_at, finished_at,
            rows_read, rows_loaded, rows_dropped, rows_rejected, worker, failure_kind, error
        from typed_pipelines.run
        where pipeline = @pipeline and [partition] = @partition
        order by sequence desc
        """;

    internal const string Rejects = $"""
        select top (@most) run.run_id, run.pipeline, run.[partition], run.finished_at,
            reject.source, reject.origin, reject.line, reject.column_name, reject.value, reject.raw, reject.reason
        from typed_pipelines.run as run
        join typed_pipelines.reject as reject on reject.run_id = run.run_id
        where (@pipeline is null or run.pipeline = @pipeline)
        and (@partition is null or run.[partition] = @partition)
        and {LedgerRows.IsLatestRun}
        order by run.sequence desc, reject.number
        """;

    internal const string RejectCounts = $"""
        select run.pipeline, run.[partition], reject.source, reject.column_name, reject.reason, count_big(*) as rows_of_it
        from typed_pipelines.run as run
        join typed_pipelines.reject as reject on reject.run_id = run.run_id
        where (@pipeline is null or run.pipeline = @pipeline)
        and (@partition is null or run.[partition] = @partition)
        and {LedgerRows.IsLatestRun}
        group by run.pipeline, run.[partition], reject.source, reject.column_name, reject.reason
        order by rows_of_it desc, run.pipeline, run.[partition], reject.source, reject.reason
        """;

    public async Task<IReadOnlyList<RejectCount>> CountRejectsAsync(string? pipeline, string? partition, CancellationToken cancellationToken) => await ReadAsync(
        RejectCounts,
        static row => new RejectCount(row.GetString(0), row.GetString(1), row.GetString(2), row.IsDBNull(3) ? null : row.GetString(3), row.GetString(4), row.GetInt64(5)),
        cancellationToken,
        ("@pipeline", pipeline),
        ("@partition", partition)).ConfigureAwait(false);

    public async Task<IReadOnlyList<PartitionEntry>> GetPartitionsAsync(string pipeline, CancellationToken cancellationToken) =>
        await ReadAsync(PartitionsOfOne, LedgerRows.Partition, cancellationToken, ("@pipeline", pipeline)).ConfigureAwait(false);

    public async Task<PartitionEntry?> FindPartitionAsync(string pipeline, string partition, CancellationToken cancellationToken)
    {
        List<PartitionEntry> found = await ReadAsync(
            LedgerRows.OnePartition, LedgerRows.Partition, cancellationToken, ("@pipeline", pipeline), ("@partition", partition)).ConfigureAwait(false);
        return found.Count == 0 ? null : found[0];
    }

    public async Task<ReplacedLoad?> FindReplacedAsync(string pipeline, string partition, CancellationToken cancellationToken)
    {
        List<ReplacedLoad> found = await ReadAsync(
            ReplacedEntries.Find, ReplacedEntries.Read, cancellationToken, ("@pipeline", pipeline), ("@partition", partition)).ConfigureAwait(false);
        return found.Count == 0 ? null : found[0];
    }

    public async Task<IReadOnlyList<LogicPart>?> FindLogicAsync(string fingerprint, CancellationToken cancellationToken)
    {
        List<string> found = await ReadAsync(Logic, static row => row.GetString(0), cancellationToken, ("@fingerprint", fingerprint)).ConfigureAwait(false);
        return found.Count == 0 ? null : LogicText.Read(found[0]);
    }

    public async Task<IReadOnlyList<RunEntry>> GetRunsAsync(string? pipeline, int most, CancellationToken cancellationToken) =>
        await ReadAsync(Runs, LedgerRows.Run, cancellationToken, ("@pipeline", pipeline), ("@most", most)).ConfigureAwait(false);

    public async Task<IReadOnlyList<RunEntry>> GetRunsOfAsync(string pipeline, string partition, int most, CancellationToken cancellationToken) =>
        await ReadAsync(RunsOfOne, LedgerRows.Run, cancellationToken, ("@pipeline", pipeline), ("@partition", partition), ("@most", most)).ConfigureAwait(false);

    public async Task<IReadOnlyList<RejectEntry>> GetRejectsAsync(string? pipeline, string? partition, int most, CancellationToken cancellationToken) =>
        await ReadAsync(Rejects, LedgerRows.Reject, cancellationToken, ("@pipeline", pipeline), ("@partition", partition), ("@most", most)).ConfigureAwait(false);

    public async Task<IReadOnlyList<CheckEntry>> GetChecksAsync(string? pipeline, string? partition, bool passed, int most, CancellationToken cancellationToken) => await ReadAsync(
        CheckEntries.Latest, CheckEntries.Read, cancellationToken, ("@pipeline", pipeline), ("@partition", partition), ("@passed", passed ? 1 : 0), ("@most", most)).ConfigureAwait(false);

    public async Task<IReadOnlyList<CheckObservation>> GetObservationsAsync(ObservationsOf of, int most, CancellationToken cancellationToken) => await ReadAsync(
        CheckEntries.Observed(of.Kind),
        CheckEntries.ReadObservation,
        cancellationToken,
        ("@pipeline", of.Pipeline),
        ("@table", of.Table),
        ("@check", of.Check),
        ("@partition", of.Partition),
        ("@most", most)).ConfigureAwait(false);

    private async Task<List<TEntry>> ReadAsync<TEntry>(
        string sql, Func<SqlDataReader, TEntry> read, CancellationToken cancellationToken, params (string Name, object? Value)[] values)
    {
        SqlServerDatabase database = await server.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (database.ConfigureAwait(false))
        {
            return await LedgerTables.ExistAsync(database, cancellationToken).ConfigureAwait(false)
                ? await database.QueryAsync(sql, read, cancellationToken, values).ConfigureAwait(false)
                : [];
        }
    }
}
