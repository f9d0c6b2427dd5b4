using TypedPipelines.Destinations;
using TypedPipelines.Ledger;

namespace TypedPipelines.Sqlite;

/// <summary>The ledger's memory of what the last load of each partition replaced, for tables that keep that.</summary>
internal static class ReplacedEntries
{
    internal const string Find = """
        select run_id, state, loaded_run_id, rows_loaded
        from main.tp_replaced
        where pipeline = @pipeline and partition = @partition
        """;

    internal static ReplacedLoad Read(SqliteQuery row) =>
        new(row.Id(0)!.Value, row.IsNull(1) ? null : SqliteText.Word<PartitionState>(row.Text(1)!), row.Id(2), row.IsNull(3) ? 0 : row.Number(3));

    /// <summary>Notes the partition's entry as it is now, before the run's own takes its place.</summary>
    internal static void Note(SqliteDatabase database, RunIdentity run, string tables) => database.Run(
        """
        insert or replace into main.tp_replaced (
            pipeline, partition, run_id, tables, state, before_run_id,
            rows_read, rows_loaded, rows_dropped, rows_rejected, finished_at, loaded_run_id, error, content_hash, fingerprint, cut, before_tables
        )
        select
            @pipeline, @partition, @run, @tables, p.state, p.run_id,
            p.rows_read, p.rows_loaded, p.rows_dropped, p.rows_rejected, p.finished_at, p.loaded_run_id, p.error, p.content_hash, p.fingerprint, p.cut, p.tables
        from (select 1) as one
        left join main.tp_partition as p
        on p.pipeline = @pipeline and p.partition = @partition
        """,
        ("@pipeline", run.Pipeline),
        ("@partition", run.Partition.Key),
        ("@run", run.RunId),
        ("@tables", tables));

    internal static void Forget(SqliteDatabase database, string table) => database.Run(
        "delete from main.tp_replaced where instr(char(10) || tables || char(10), char(10) || @table || char(10)) > 0", ("@table", table));

    /// <summary>A partition that failed after the load stays failed, and one that is stale for what it was made from, stale: the rows put back were made from it, too.</summary>
    internal static bool NoteUndone(SqliteDatabase database, RunIdentity run, Guid undone)
    {
        if (database.Find(
            "select 1 from main.tp_replaced where pipeline = @pipeline and partition = @partition and run_id = @undone",
            ("@pipeline", run.Pipeline),
            ("@partition", run.Partition.Key),
            ("@undone", undone)) is null)
        {
            return false;
        }

        database.Run(
            """
            delete from main.tp_partition
            where pipeline = @pipeline and partition = @partition and state <> 'failed'
            and exists (
                select 1
                from main.tp_replaced as r
                where r.pipeline = @pipeline and r.partition = @partition and r.state is null
            )
            """,
            ("@pipeline", run.Pipeline),
            ("@partition", run.Partition.Key));
        database.Run(
            """
            update main.tp_partition as p
            set run_id = case when p.state = 'failed' then p.run_id else r.before_run_id end,
                finished_at = case when p.state = 'failed' then p.finished_at else r.finished_at end,
                error = case when p.state = 'failed' or (p.state = 'stale' and r.state <> 'failed') then p.error else r.error end,
                state = case when p.state = 'failed' or (p.state = 'stale' and r.state <> 'failed') then p.state else r.state end,
                rows_read = ifnull(r.rows_read, 0),
                rows_loaded = ifnull(r.rows_loaded, 0),
                rows_dropped = ifnull(r.rows_dropped, 0),
                rows_rejected = ifnull(r.rows_rejected, 0),
                loaded_run_id = r.loaded_run_id,
                content_hash = r.content_hash,
                fingerprint = r.fingerprint,
                cut = r.cut,
                tables = r.before_tables
            from main.tp_replaced as r
            where p.pipeline = @pipeline and p.partition = @partition and r.pipeline = p.pipeline and r.partition = p.partition
            """,
            ("@pipeline", run.Pipeline),
            ("@partition", run.Partition.Key));
        database.Run("update main.tp_run set outcome = 'undone' where run_id = @undone", ("@undone", undone));
        database.Run("update main.tp_reject set resolved_by = null where resolved_by = @undone", ("@undone", undone));
        database.Run("update main.tp_check_result set complete = 0 where run_id = @undone", ("@undone", undone));
        database.Run(
            "delete from main.tp_replaced where pipeline = @pipeline and partition = @partition", ("@pipeline", run.Pipeline), ("@partition", run.Partition.Key));
        return true;
    }
}
