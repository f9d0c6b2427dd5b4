using TypedPipelines.Destinations;
using TypedPipelines.Ledger;

namespace TypedPipelines.PostgreSql;

/// <summary>Writes a run's entries into the ledger, inside a transaction that its caller has begun.</summary>
internal sealed class LedgerEntries(PostgreSqlDatabase database, RunIdentity run) : ILedgerEntries
{
    private const string NoteEnd = """
        update typed_pipelines.run
        set outcome = $1,
            finished_at = $2,
            rows_read = $3,
            rows_loaded = $4,
            rows_dropped = $5,
            rows_rejected = $6,
            failure_kind = $7,
            error = $8
        where run_id = $9 and outcome in ('running', 'abandoned')
        returning 1
        """;

    private const string HoldRows = "select 1 from typed_pipelines.lock where pipeline = $1 and partition >= $2 and ($3::text is null or partition <= $3) order by partition for share";

    private const string NoteLoaded = """
        with known as (
            insert into typed_pipelines.logic (fingerprint, parts)
            select $11::text, $12::text
            where $11::text is not null
            on conflict do nothing
        )
        insert into typed_pipelines.partition (
            pipeline, partition, state, run_id,
            rows_read, rows_loaded, rows_dropped, rows_rejected, finished_at, loaded_run_id, error, content_hash, fingerprint, cut, tables
        )
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $4, null, $10, $11, $13, $14)
        on conflict (pipeline, partition) do update
        set state = excluded.state,
            run_id = excluded.run_id,
            rows_read = excluded.rows_read,
            rows_loaded = excluded.rows_loaded,
            rows_dropped = excluded.rows_dropped,
            rows_rejected = excluded.rows_rejected,
            finished_at = excluded.finished_at,
            loaded_run_id = excluded.loaded_run_id,
            error = null,
            content_hash = excluded.content_hash,
            fingerprint = excluded.fingerprint,
            cut = excluded.cut,
            tables = excluded.tables
        """;

    /// <summary>Notes that runs of the partition which never ended will not end any more: this run holds its lock.</summary>
    internal void AbandonDeadRuns(StatementBatch batch, DateTimeOffset now) => batch.Add(
        """
        update typed_pipelines.run
        set outcome = 'abandoned', finished_at = $1
        where pipeline = $2 and partition = $3 and outcome = 'running'
        """,
        now,
        run.Pipeline,
        run.Partition.Key);

    internal void NoteStart(StatementBatch batch, string worker) => batch.Add(
        """
        insert into typed_pipelines.run (run_id, pipeline, partition, outcome, started_at, worker)
        values ($1, $2, $3, 'running', $4, $5)
        """,
        run.RunId,
        run.Pipeline,
        run.Partition.Key,
        run.StartedAt,
        worker);

    public async Task<bool> NoteEndAsync(RunEnd end, CancellationToken cancellationToken)
    {
        StatementBatch batch = database.Batch().Keep();
        await using (batch.ConfigureAwait(false))
        {
            return await EndAsync(batch, end, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>With the logic, where that is not known yet; in one round trip.</summary>
    public async Task<bool> NotePublishedAsync(PartitionState state, RunEnd end, CancellationToken cancellationToken)
    {
        StatementBatch batch = database.Batch().Keep().Add(
            NoteLoaded,
            run.Pipeline,
            run.Partition.Key,
            LedgerText.Of(state),
            run.RunId,
            end.Counts.Read,
            end.Counts.Loaded,
            end.Counts.Dropped,
            end.Counts.Rejected,
            end.FinishedAt,
            end.ContentHash,
            end.Logic?.Fingerprint,
            end.Logic is { } logic ? LogicText.Of(logic) : null,
            run.Partition.Cut,
            end.Tables);
        await using (batch.ConfigureAwait(false))
        {
            return await EndAsync(batch, end, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Notes the end after what a batch does first.</summary>
    private async Task<bool> EndAsync(StatementBatch batch, RunEnd end, CancellationToken cancellationToken)
    {
        batch.Add(
            NoteEnd,
            LedgerText.Of(end.Outcome),
            end.FinishedAt,
            end.Counts.Read,
            end.Counts.Loaded,
            end.Counts.Dropped,
            end.Counts.Rejected,
            end.FailureKind?.ToString(),
            LedgerText.Kept(end.Error),
            run.RunId);
        if ((await batch.ReadAsync(cancellationToken, static _ => true).ConfigureAwait(false))[0] is null)
        {
            return false;
        }

        if (end.Rejects.Count > 0)
        {
            await NoteRejectsAsync(end.Rejects, cancellationToken).ConfigureAwait(false);
        }

        if (end is { Outcome: RunOutcome.Succeeded, MayResolveRejects: true })
        {
            await ResolveRejectsAsync(cancellationToken).ConfigureAwait(false);
        }

        await CheckEntries.NoteAsync(database, run, end, cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <summary>
    /// First the rows that publishing runs hold, of all pipelines; then what a publish takes for itself before it notes anything: it holds back those that have never been run, which have no
    /// row yet. In this order nobody who has the second waits for the first.
    /// </summary>
    public async Task HoldLoadersAsync(IReadOnlyList<KeySpan> spans, CancellationToken cancellationToken)
    {
        StatementBatch batch = database.Batch();
        await using (batch.ConfigureAwait(false))
        {
            foreach (KeySpan span in spans)
            {
                batch.Add(HoldRows, span.Pipeline, span.First, span.Last);
            }

            foreach (long key in spans.Select(span => LockKey.OfReaders(span.Pipeline)).Order())
            {
                batch.Add("select pg_advisory_xact_lock_shared($1)", key);
            }

            await batch.RunAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public Task HoldReadersAsync(CancellationToken cancellationToken) =>
        database.FindsAsync("select pg_advisory_xact_lock($1)", cancellationToken, LockKey.OfReaders(run.Pipeline));

    /// <summary>A statement of its own: one that waits would still see the rest as it was when it began.</summary>
    public async Task<IReadOnlyList<(string Partition, Guid Run)>> FindLoadedAsync(KeySpan span, CancellationToken cancellationToken) => await database.QueryAsync(
        """
        select partition, loaded_run_id
        from typed_pipelines.partition
        where pipeline = $1 and partition >= $2 and ($3::text is null or partition <= $3) and loaded_run_id is not null
        """,
        static row => (row.GetString(0), row.GetGuid(1)),
        cancellationToken,
        span.Pipeline,
        span.First,
        span.Last).ConfigureAwait(false);

    public async Task<IReadOnlyList<string>> FindLoadedAsync(string pipeline, CancellationToken cancellationToken) => await database.QueryAsync(
        "select partition from typed_pipelines.partition where pipeline = $1 and loaded_run_id is not null",
        static row => row.GetString(0),
        cancellationToken,
        pipeline).ConfigureAwait(false);

    public async Task NoteStaleAsync(IReadOnlyList<StalePartition> partitions, CancellationToken cancellationToken)
    {
        if (partitions.Count > 0)
        {
            await database.RunAsync(
                """
                update typed_pipelines.partition as p
                set state = 'stale', error = s.reason
                from unnest($1::text[], $2::text[], $3::text[]) as s (pipeline, partition, reason)
                where p.pipeline = s.pipeline and p.partition = s.partition and p.state in ('complete', 'partial')
                """,
                cancellationToken,
                partitions.Select(stale => stale.Pipeline).ToArray(),
                partitions.Select(stale => stale.Partition).ToArray(),
                partitions.Select(stale => stale.Reason).ToArray()).ConfigureAwait(false);
        }
    }

    public Task NoteFailedAsync(RunEnd end, CancellationToken cancellationToken) => database.RunAsync(
        """
        insert into typed_pipelines.partition (
            pipeline, partition, state, run_id,
            rows_read, rows_loaded, rows_dropped, rows_rejected, finished_at, loaded_run_id, error
        )
        values ($1, $2, 'failed', $3, 0, 0, 0, 0, $4, null, $5)
        on conflict (pipeline, partition) do update
        set state = excluded.state,
            run_id = excluded.run_id,
            finished_at = excluded.finished_at,
            error = excluded.error
        """,
        cancellationToken,
        run.Pipeline,
        run.Partition.Key,
        run.RunId,
        end.FinishedAt,
        LedgerText.Kept(end.Error));

    /// <summary>What an earlier run of the partition rejected, and this one does not, has been let through.</summary>
    private Task ResolveRejectsAsync(CancellationToken cancellationToken) => database.RunAsync(
        """
        update typed_pipelines.reject as old
        set resolved_by = $1
        where old.resolved_by is null
        and old.run_id in (select run_id from typed_pipelines.run where pipeline = $2 and partition = $3 and run_id <> $1)
        and not exists (
            select 1
            from typed_pipelines.reject as new
            where new.run_id = $1 and new.source = old.source and new.origin is not distinct from old.origin and new.line is not distinct from old.line
        )
        """,
        cancellationToken,
        run.RunId,
        run.Pipeline,
        run.Partition.Key);

    private Task NoteRejectsAsync(IReadOnlyList<Reject> rejects, CancellationToken cancellationToken) => database.RunAsync(
        """
        insert into typed_pipelines.reject (run_id, number, source, origin, line, column_name, value, raw, reason)
        select $1, number, source, origin, line::bigint, column_name, value, raw, reason
        from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[])
            with ordinality as rejects (source, origin, line, column_name, value, raw, reason, number)
        """,
        cancellationToken,
        run.RunId,
        Each(rejects, static reject => reject.Source),
        Each(rejects, static reject => reject.Origin),
        Each(rejects, static reject => reject.Line?.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        Each(rejects, static reject => reject.Column),
        Each(rejects, static reject => reject.Value),
        Each(rejects, static reject => reject.Raw),
        Each(rejects, static reject => reject.Reason));

    private static string?[] Each(IReadOnlyList<Reject> rejects, Func<Reject, string?> text) => [.. rejects.Select(reject => LedgerText.Kept(text(reject)))];
}
