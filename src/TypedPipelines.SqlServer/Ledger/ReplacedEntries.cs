using Microsoft.Data.SqlClient;
using TypedPipelines.Destinations;
using TypedPipelines.Ledger;

namespace TypedPipelines.SqlServer;

/// <summary>The ledger's memory of what the last load of each partition replaced, for tables that keep that.</summary>
internal static class ReplacedEntries
{
    internal const string Find = "select run_id, state, loaded_run_id, rows_loaded from typed_pipelines.replaced where pipeline = @pipeline and [partition] = @partition";

    /// <summary>Notes the partition's entry as it is now, before the run's own takes its place.</summary>
    internal const string Note = """
        delete from typed_pipelines.replaced
        where pipeline = @pipeline and [partition] = @partition;
        insert into typed_pipelines.replaced (
            pipeline, [partition], run_id, tables, state, before_run_id,
            rows_read, rows_loaded, rows_dropped, rows_rejected, finished_at, loaded_run_id, error, content_hash, fingerprint, cut, before_tables
        )
        select
            @pipeline, @partition, @run, @tables, p.state, p.run_id,
            p.rows_read, p.rows_loaded, p.rows_dropped, p.rows_rejected, p.finished_at, p.loaded_run_id, p.error, p.content_hash, p.fingerprint, p.cut, p.tables
        from (select 1 as one) as one
        left join typed_pipelines.[partition] as p
        on p.pipeline = @pipeline and p.[partition] = @partition
        """;

    internal const string Forget =
        "delete from typed_pipelines.replaced where charindex(concat(nchar(10), @table, nchar(10)), concat(nchar(10), tables, nchar(10))) > 0";

    /// <summary>Writes to the row that it looks for, so that it is the run's until its end.</summary>
    internal const string Hold = """
        update typed_pipelines.replaced
        set tables = tables
        where pipeline = @pipeline and [partition] = @partition and run_id = @undone
        """;

    internal const string ForgetFirst = """
        delete from typed_pipelines.[partition]
        where pipeline = @pipeline and [partition] = @partition and state <> N'failed'
        and exists (
            select 1
            from typed_pipelines.replaced as r
            where r.pipeline = @pipeline and r.[partition] = @partition and r.state is null
        )
        """;

    internal const string PutBack = """
        update p
        set run_id = case when p.state = N'failed' then p.run_id else r.before_run_id end,
            finished_at = case when p.state = N'failed' then p.finished_at else r.finished_at end,
            error = case when p.state = N'failed' or (p.state = N'stale' and r.state <> N'failed') then p.error else r.error end,
            state = case when p.state = N'failed' or (p.state = N'stale' and r.state <> N'failed') then p.state else r.state end,
            rows_read = coalesce(r.rows_read, 0),
            rows_loaded = coalesce(r.rows_loaded, 0),
            rows_dropped = coalesce(r.rows_dropped, 0),
            rows_rejected = coalesce(r.rows_rejected, 0),
            loaded_run_id = r.loaded_run_id,
            content_hash = r.content_hash,
            fingerprint = r.fingerprint,
            cut = r.cut,
            tables = r.before_tables
        from typed_pipelines.[partition] as p
        join typed_pipelines.replaced as r
        on r.pipeline = p.pipeline and r.[partition] = p.[partition]
        where p.pipeline = @pipeline and p.[partition] = @partition
        """;

    internal const string NoteUndone = """
        update typed_pipelines.run set outcome = N'undone' where run_id = @undone;
        update typed_pipelines.reject set resolved_by = null where resolved_by = @undone;
        update typed_pipelines.check_result set complete = 0 where run_id = @undone;
        delete from typed_pipelines.replaced where pipeline = @pipeline and [partition] = @partition
        """;

    internal static ReplacedLoad Read(SqlDataReader row) => new(
        row.GetGuid(0),
        row.IsDBNull(1) ? null : LedgerText.Word<PartitionState>(row.GetString(1)),
        row.IsDBNull(2) ? null : row.GetGuid(2),
        row.IsDBNull(3) ? 0 : row.GetInt64(3));

    internal static Task NoteAsync(SqlServerDatabase database, RunIdentity run, string tables, CancellationToken cancellationToken) => database.RunAsync(
        Note, cancellationToken, ("@pipeline", run.Pipeline), ("@partition", run.Partition.Key), ("@run", run.RunId), ("@tables", tables));

    internal static Task ForgetAsync(SqlServerDatabase database, string table, CancellationToken cancellationToken) =>
        database.RunAsync(Forget, cancellationToken, ("@table", table));

    /// <summary>A partition that failed after the load stays failed, and one that is stale for what it was made from, stale: the rows put back were made from it, too.</summary>
    internal static async Task<bool> NoteUndoneAsync(SqlServerDatabase database, RunIdentity run, Guid undone, CancellationToken cancellationToken)
    {
        (string, object?)[] partition = [("@pipeline", run.Pipeline), ("@partition", run.Partition.Key)];
        if (await database.RunAsync(Hold, cancellationToken, [.. partition, ("@undone", undone)]).ConfigureAwait(false) == 0)
        {
            return false;
        }

        await database.RunAsync(ForgetFirst, cancellationToken, partition).ConfigureAwait(false);
        await database.RunAsync(PutBack, cancellationToken, partition).ConfigureAwait(false);
        await database.RunAsync(NoteUndone, cancellationToken, [.. partition, ("@undone", undone)]).ConfigureAwait(false);
        return true;
    }
}
