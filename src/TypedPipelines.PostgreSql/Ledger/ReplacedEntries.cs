using Npgsql;
using TypedPipelines.Destinations;
using TypedPipelines.Ledger;

namespace TypedPipelines.PostgreSql;

/// <summary>The ledger's memory of what the last load of each partition replaced, for tables that keep that.</summary>
internal static class ReplacedEntries
{
    internal const string Find = "select run_id, state, loaded_run_id, rows_loaded from typed_pipelines.replaced where pipeline = $1 and partition = $2";

    internal static ReplacedLoad Read(NpgsqlDataReader row) => new(
        row.GetGuid(0),
        row.IsDBNull(1) ? null : LedgerText.Word<PartitionState>(row.GetString(1)),
        row.IsDBNull(2) ? null : row.GetGuid(2),
        row.IsDBNull(3) ? 0 : row.GetInt64(3));

    /// <summary>Notes the partition's entry as it is now, before the run's own takes its place.</summary>
    internal static Task NoteAsync(PostgreSqlDatabase database, RunIdentity run, string tables, CancellationToken cancellationToken) => database.RunAsync(
        """
        insert into typed_pipelines.replaced (
            pipeline, partition, run_id, tables, state, before_run_id,
            rows_read, rows_loaded, rows_dropped, rows_rejected, finished_at, loaded_run_id, error, content_hash, fingerprint, cut, before_tables
        )
        select
            $1::text, $2::text, $3::uuid, $4::text, p.state, p.run_id,
            p.rows_read, p.rows_loaded, p.rows_dropped, p.rows_rejected, p.finished_at, p.loaded_run_id, p.error, p.content_hash, p.fingerprint, p.cut, p.tables
        from (select 1) as one
        left join typed_pipelines.partition as p
        on p.pipeline = $1 and p.partition = $2
        on conflict (pipeline, partition) do update
        set run_id = excluded.run_id,
            tables = excluded.tables,
            state = excluded.state,
            before_run_id = excluded.before_run_id,
            rows_read = excluded.rows_read,
            rows_loaded = excluded.rows_loaded,
            rows_dropped = excluded.rows_dropped,
            rows_rejected = excluded.rows_rejected,
            finished_at = excluded.finished_at,
            loaded_run_id = excluded.loaded_run_id,
            error = excluded.error,
            content_hash = excluded.content_hash,
            fingerprint = excluded.fingerprint,
            cut = excluded.cut,
            before_tables = excluded.before_tables
        """,
        cancellationToken,
        run.Pipeline,
        run.Partition.Key,
        run.RunId,
        tables);

    internal static Task ForgetAsync(PostgreSqlDatabase database, string table, CancellationToken cancellationToken) => database.RunAsync(
        "delete from typed_pipelines.replaced where $1 = any (string_to_array(tables, E'\\n'))", cancellationToken, table);

    /// <summary>A partition that failed after the load stays failed, and one that is stale for what it was made from, stale: the rows put back were made from it, too.</summary>
    internal static async Task<bool> NoteUndoneAsync(PostgreSqlDatabase database, RunIdentity run, Guid undone, CancellationToken cancellationToken)
    {
        (string pipeline, string partition) = (run.Pipeline, run.Partition.Key);
        if (!await database.FindsAsync(
            "select 1 from typed_pipelines.replaced where pipeline = $1 and partition = $2 and run_id = $3 for update", cancellationToken, pipeline, partition, undone).ConfigureAwait(false))
        {
            return false;
        }

        await database.RunAsync(
            """
            delete from typed_pipelines.partition as p
            using typed_pipelines.replaced as r
            where p.pipeline = $1 and p.partition = $2 and p.state <> 'failed'
            and r.pipeline = p.pipeline and r.partition = p.partition and r.state is null
            """,
            cancellationToken,
            pipeline,
            partition).ConfigureAwait(false);
        await database.RunAsync(
            """
            update typed_pipelines.partition as p
            set run_id = case when p.state = 'failed' then p.run_id else r.before_run_id end,
                finished_at = case when p.state = 'failed' then p.finished_at else r.finished_at end,
                error = case when p.state = 'failed' or (p.state = 'stale' and r.state <> 'failed') then p.error else r.error end,
                state = case when p.state = 'failed' or (p.state = 'stale' and r.state <> 'failed') then p.state else r.state end,
                rows_read = coalesce(r.rows_read, 0),
                rows_loaded = coalesce(r.rows_loaded, 0),
                rows_dropped = coalesce(r.rows_dropped, 0),
                rows_rejected = coalesce(r.rows_rejected, 0),
                loaded_run_id = r.loaded_run_id,
                content_hash = r.content_hash,
                fingerprint = r.fingerprint,
                cut = r.cut,
                tables = r.before_tables
            from typed_pipelines.replaced as r
            where p.pipeline = $1 and p.partition = $2 and r.pipeline = p.pipeline and r.partition = p.partition
            """,
            cancellationToken,
            pipeline,
            partition).ConfigureAwait(false);
        await database.RunAsync("update typed_pipelines.run set outcome = 'undone' where run_id = $1", cancellationToken, undone).ConfigureAwait(false);
        await database.RunAsync("update typed_pipelines.reject set resolved_by = null where resolved_by = $1", cancellationToken, undone).ConfigureAwait(false);
        await database.RunAsync("update typed_pipelines.check_result set complete = false where run_id = $1", cancellationToken, undone).ConfigureAwait(false);
        await database.RunAsync("delete from typed_pipelines.replaced where pipeline = $1 and partition = $2", cancellationToken, pipeline, partition).ConfigureAwait(false);
        return true;
    }
}
