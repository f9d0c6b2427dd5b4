using Microsoft.Data.SqlClient;
using TypedPipelines.Ledger;

namespace TypedPipelines.SqlServer;

/// <summary>The ledger's rows as entries.</summary>
internal static class LedgerRows
{
    /// <summary>Whether a run is the last of its partition that came to an end: what an earlier one said is no longer so.</summary>
    internal const string IsLatestRun = """
        run.sequence = (
            select max(latest.sequence)
            from typed_pipelines.run as latest
            where latest.pipeline = run.pipeline
            and latest.[partition] = run.[partition]
            and latest.outcome in (N'succeeded', N'failed')
        )
        """;

    internal const string Partitions = """
        select pipeline, [partition], state, run_id,
            rows_read, rows_loaded, rows_dropped, rows_rejected, finished_at, loaded_run_id, error, content_hash, fingerprint, cut, tables
        from typed_pipelines.[partition]
        """;

    internal const string OnePartition = Partitions + "\nwhere pipeline = @pipeline and [partition] = @partition";

    internal static PartitionEntry Partition(SqlDataReader row) => new(
        row.GetString(0),
        row.GetString(1),
        LedgerText.Word<PartitionState>(row.GetString(2)),
        row.GetGuid(3),
        Counts(row, 4),
        row.GetDateTimeOffset(8),
        row.IsDBNull(9) ? null : row.GetGuid(9),
        Text(row, 10),
        Text(row, 11),
        Text(row, 12))
    {
        Cut = Text(row, 13),
        Tables = Text(row, 14),
    };

    internal static RunEntry Run(SqlDataReader row) => new(
        row.GetGuid(0),
        row.GetString(1),
        row.GetString(2),
        LedgerText.Word<RunOutcome>(row.GetString(3)),
        row.GetDateTimeOffset(4),
        row.IsDBNull(5) ? null : row.GetDateTimeOffset(5),
        Counts(row, 6),
        row.GetString(10),
        Text(row, 11),
        Text(row, 12));

    internal static RejectEntry Reject(SqlDataReader row) => new(
        row.GetGuid(0),
        row.GetString(1),
        row.GetString(2),
        row.GetDateTimeOffset(3),
        new Reject(
            row.GetString(4),
            Text(row, 5),
            row.IsDBNull(6) ? null : row.GetInt64(6),
            Text(row, 7),
            Text(row, 8),
            row.GetString(9),
            row.GetString(10)));

    private static string? Text(SqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static RowCounts Counts(SqlDataReader row, int first) =>
        new(row.GetInt64(first), row.GetInt64(first + 1), row.GetInt64(first + 2), row.GetInt64(first + 3));
}
