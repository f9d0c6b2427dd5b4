using TypedPipelines.Ledger;

namespace TypedPipelines.Sqlite;

/// <summary>The ledger's rows as entries.</summary>
internal static class LedgerRows
{
    internal const string Partitions = """
        select pipeline, partition, state, run_id,
            rows_read, rows_loaded, rows_dropped, rows_rejected, finished_at, loaded_run_id, error, content_hash, fingerprint, cut, tables
        from main.tp_partition
        """;

    internal const string OnePartition = Partitions + "\nwhere pipeline = @pipeline and partition = @partition";

    internal static PartitionEntry Partition(SqliteQuery row) => new(
        row.Text(0)!,
        row.Text(1)!,
        SqliteText.Word<PartitionState>(row.Text(2)!),
        row.Id(3)!.Value,
        Counts(row, 4),
        row.Instant(8)!.Value,
        row.Id(9),
        row.Text(10),
        row.Text(11),
        row.Text(12))
    {
        Cut = row.Text(13),
        Tables = row.Text(14),
    };

    internal static RunEntry Run(SqliteQuery row) => new(
        row.Id(0)!.Value,
        row.Text(1)!,
        row.Text(2)!,
        SqliteText.Word<RunOutcome>(row.Text(3)!),
        row.Instant(4)!.Value,
        row.Instant(5),
        Counts(row, 6),
        row.Text(10)!,
        row.Text(11),
        row.Text(12));

    internal static RejectEntry Reject(SqliteQuery row) => new(
        row.Id(0)!.Value,
        row.Text(1)!,
        row.Text(2)!,
        row.Instant(3)!.Value,
        new Reject(
            row.Text(4)!,
            row.Text(5),
            row.IsNull(6) ? null : row.Number(6),
            row.Text(7),
            row.Text(8),
            row.Text(9)!,
            row.Text(10)!));

    private static RowCounts Counts(SqliteQuery row, int first) =>
        new(row.Number(first), row.Number(first + 1), row.Number(first + 2), row.Number(first + 3));
}
