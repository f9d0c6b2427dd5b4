using TypedPipelines.Destinations;
using TypedPipelines.Ledger;

namespace TypedPipelines.Sqlite;

/// <summary>Writes a run's entries into the ledger, inside a transaction that its caller has begun.</summary>
internal sealed class LedgerEntries(SqliteDatabase database, RunIdentity run) : ILedgerEntries
{
    /// <summary>The partition's entry; null where it was never run.</summary>
    internal PartitionEntry? FindPartition()
    {
        using SqliteQuery query = database.Prepare(LedgerRows.OnePartition, ("@pipeline", run.Pipeline), ("@partition", run.Partition.Key));
        return query.Step() ? LedgerRows.Partition(query) : null;
    }

    /// <summary>Notes that runs of the partition which never ended will not end any more: this run holds its lock.</summary>
    internal void AbandonDeadRuns(DateTimeOffset now) => database.Run(
        """
        update main.tp_run
        set outcome = 'abandoned', finished_at = @now
        where pipeline = @pipeline and partition = @partition and outcome = 'running'
        """,
        ("@now", now),
        ("@pipeline", run.Pipeline),
        ("@partition", run.Partition.Key));

    internal void NoteStart(string worker) => database.Run(
        """
        insert into main.tp_run (run_id, pipeline, partition, outcome, started_at, worker)
        values (@run, @pipeline, @partition, 'running', @started, @worker)
        """,
        ("@run", run.RunId),
        ("@pipeline", run.Pipeline),
        ("@partition", run.Partition.Key),
        ("@started", run.StartedAt),
        ("@worker", worker));

    public Task<bool> NoteEndAsync(RunEnd end, CancellationToken cancellationToken)
    {
        int noted = database.Run(
            """
            update main.tp_run
            set outcome = @outcome,
                finished_at = @finished,
                rows_read = @read,
                rows_loaded = @loaded,
                rows_dropped = @dropped,
                rows_rejected = @rejected,
                failure_kind = @kind,
                error = @error
            where run_id = @run
            """,
            ("@outcome", SqliteText.Of(end.Outcome)),
            ("@finished", end.FinishedAt),
            ("@read", end.Counts.Read),
            ("@loaded", end.Counts.Loaded),
            ("@dropped", end.Counts.Dropped),
            ("@rejected", end.Counts.Rejected),
            ("@kind", end.FailureKind?.ToString()),
            ("@error", end.Error),
            ("@run", run.RunId));
        NoteRejects(end.Rejects);
        if (end is { Outcome: RunOutcome.Succeeded, MayResolveRejects: true })
        {
            ResolveRejects();
        }

        CheckEntries.Note(database, run, end);
        return Task.FromResult(noted > 0);
    }

    public Task<bool> NotePublishedAsync(PartitionState state, RunEnd end, CancellationToken cancellationToken)
    {
        database.Run(
            """
            insert into main.tp_partition (
                pipeline, partition, state, run_id,
                rows_read, rows_loaded, rows_dropped, rows_rejected, finished_at, loaded_run_id, error, content_hash, fingerprint, cut, tables
            )
            values (@pipeline, @partition, @state, @run, @read, @loaded, @dropped, @rejected, @finished, @run, null, @content, @fingerprint, @cut, @tables)
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
            """,
            ("@pipeline", run.Pipeline),
            ("@partition", run.Partition.Key),
            ("@state", SqliteText.Of(state)),
            ("@run", run.RunId),
            ("@read", end.Counts.Read),
            ("@loaded", end.Counts.Loaded),
            ("@dropped", end.Counts.Dropped),
            ("@rejected", end.Counts.Rejected),
            ("@finished", end.FinishedAt),
            ("@content", end.ContentHash),
            ("@fingerprint", end.Logic?.Fingerprint),
            ("@cut", run.Partition.Cut),
            ("@tables", end.Tables));
        if (end.Logic is { } logic)
        {
            database.Run(
                "insert into main.tp_logic (fingerprint, parts) values (@fingerprint, @parts) on conflict do nothing",
                ("@fingerprint", logic.Fingerprint),
                ("@parts", LogicText.Of(logic)));
        }

        return NoteEndAsync(end, cancellationToken);
    }

    /// <summary>The transaction is the only one that writes: nobody can publish beside it.</summary>
    public Task HoldLoadersAsync(IReadOnlyList<KeySpan> spans, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc cref="HoldLoadersAsync"/>
    public Task HoldReadersAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<IReadOnlyList<(string Partition, Guid Run)>> FindLoadedAsync(KeySpan span, CancellationToken cancellationToken)
    {
        var loaded = new List<(string, Guid)>();
        using SqliteQuery query = database.Prepare(
            """
            select partition, loaded_run_id
            from main.tp_partition
            where pipeline = @pipeline and partition >= @first and (@last is null or partition <= @last) and loaded_run_id is not null
            """,
            ("@pipeline", span.Pipeline),
            ("@first", span.First),
            ("@last", span.Last));
        while (query.Step())
        {
            loaded.Add((query.Text(0)!, query.Id(1)!.Value));
        }

        return Task.FromResult<IReadOnlyList<(string, Guid)>>(loaded);
    }

    public Task<IReadOnlyList<string>> FindLoadedAsync(string pipeline, CancellationToken cancellationToken)
    {
        var loaded = new List<string>();
        using SqliteQuery query = database.Prepare(
            "select partition from main.tp_partition where pipeline = @pipeline and loaded_run_id is not null", ("@pipeline", pipeline));
        while (query.Step())
        {
            loaded.Add(query.Text(0)!);
        }

        return Task.FromResult<IReadOnlyList<string>>(loaded);
    }

    public Task NoteStaleAsync(IReadOnlyList<StalePartition> partitions, CancellationToken cancellationToken)
    {
        foreach (StalePartition stale in partitions)
        {
            database.Run(
                """
                update main.tp_partition
                set state = 'stale', error = @reason
                where pipeline = @pipeline and partition = @partition and state in ('complete', 'partial')
                """,
                ("@reason", stale.Reason),
                ("@pipeline", stale.Pipeline),
                ("@partition", stale.Partition));
        }

        return Task.CompletedTask;
    }

    public Task NoteFailedAsync(RunEnd end, CancellationToken cancellationToken)
    {
        database.Run(
            """
            insert into main.tp_partition (
                pipeline, partition, state, run_id,
                rows_read, rows_loaded, rows_dropped, rows_rejected, finished_at, loaded_run_id, error
            )
            values (@pipeline, @partition, 'failed', @run, 0, 0, 0, 0, @finished, null, @error)
            on conflict (pipeline, partition) do update
            set state = excluded.state,
                run_id = excluded.run_id,
                finished_at = excluded.finished_at,
                error = excluded.error
            """,
            ("@pipeline", run.Pipeline),
            ("@partition", run.Partition.Key),
            ("@run", run.RunId),
            ("@finished", end.FinishedAt),
            ("@error", end.Error));
        return Task.CompletedTask;
    }

    /// <summary>What an earlier run of the partition rejected, and this one does not, has been let through.</summary>
    private void ResolveRejects() => database.Run(
        """
        update main.tp_reject as old
        set resolved_by = @run
        where old.resolved_by is null
        and old.run_id in (select run_id from main.tp_run where pipeline = @pipeline and partition = @partition and run_id <> @run)
        and not exists (
            select 1
            from main.tp_reject as new
            where new.run_id = @run and new.source = old.source and new.origin is old.origin and new.line is old.line
        )
        """,
        ("@run", run.RunId),
        ("@pipeline", run.Pipeline),
        ("@partition", run.Partition.Key));

    private void NoteRejects(IReadOnlyList<Reject> rejects)
    {
        if (rejects.Count == 0)
        {
            return;
        }

        using SqliteQuery insert = database.Prepare(
            """
            insert into main.tp_reject (run_id, number, source, origin, line, column_name, value, raw, reason)
            values (@run, @number, @source, @origin, @line, @column, @value, @raw, @reason)
            """,
            ("@run", run.RunId));
        for (int i = 0; i < rejects.Count; i++)
        {
            Reject reject = rejects[i];
            insert.Bind("@number", i + 1);
            insert.Bind("@source", reject.Source);
            insert.Bind("@origin", reject.Origin);
            insert.Bind("@line", reject.Line);
            insert.Bind("@column", reject.Column);
            insert.Bind("@value", reject.Value);
            insert.Bind("@raw", reject.Raw);
            insert.Bind("@reason", reject.Reason);
            insert.Step();
            insert.Reset();
        }
    }
}
