using TypedPipelines.Destinations;
using TypedPipelines.Ledger;

namespace TypedPipelines.SqlServer;

/// <summary>Writes a run's entries into the ledger, inside a transaction that its caller has begun.</summary>
internal sealed class LedgerEntries(SqlServerDatabase database, RunIdentity run) : ILedgerEntries
{
    internal const string AbandonDeadRuns = """
        update typed_pipelines.run
        set outcome = N'abandoned', finished_at = @now
        where pipeline = @pipeline and [partition] = @partition and outcome = N'running'
        """;

    internal const string NoteStart = """
        insert into typed_pipelines.run (run_id, pipeline, [partition], outcome, started_at, worker)
        values (@run, @pipeline, @partition, N'running', @started, @worker)
        """;

    internal const string NoteEnd = """
        update typed_pipelines.run
        set outcome = @outcome,
            finished_at = @finished,
            rows_read = @read,
            rows_loaded = @loaded,
            rows_dropped = @dropped,
            rows_rejected = @rejected,
            failure_kind = @kind,
            error = @error
        where run_id = @run and outcome in (N'running', N'abandoned')
        """;

    /// <summary>Two statements need no more: whoever writes the row has locked the partition.</summary>
    internal const string NoteLoaded = """
        update typed_pipelines.[partition]
        set state = @state,
            run_id = @run,
            rows_read = @read,
            rows_loaded = @loaded,
            rows_dropped = @dropped,
            rows_rejected = @rejected,
            finished_at = @finished,
            loaded_run_id = @run,
            error = null,
            content_hash = @content,
            fingerprint = @fingerprint,
            cut = @cut,
            tables = @tables
        where pipeline = @pipeline and [partition] = @partition;
        if @@rowcount = 0
            insert into typed_pipelines.[partition] (
                pipeline, [partition], state, run_id,
                rows_read, rows_loaded, rows_dropped, rows_rejected, finished_at, loaded_run_id, error, content_hash, fingerprint, cut, tables
            )
            values (@pipeline, @partition, @state, @run, @read, @loaded, @dropped, @rejected, @finished, @run, null, @content, @fingerprint, @cut, @tables)
        """;

    /// <summary>Looks without a lock first: from the second partition on, the logic is there, and runs beside each other need not wait for its row.</summary>
    internal const string NoteLogic = """
        if not exists (select 1 from typed_pipelines.logic where fingerprint = @fingerprint)
            insert into typed_pipelines.logic (fingerprint, parts)
            select @fingerprint, @parts
            where not exists (select 1 from typed_pipelines.logic with (updlock, holdlock) where fingerprint = @fingerprint)
        """;

    /// <summary>
    /// Waits for the publishes of these partitions that are under way, which hold their rows, and keeps others from beginning. With row
    /// versions a statement that waits would still see the rest as it was when it began: so what was loaded is asked after it.
    /// </summary>
    internal const string Hold = """
        select token
        from typed_pipelines.[lock] with (repeatableread)
        where pipeline = @pipeline and [partition] >= @first and (@last is null or [partition] <= @last)
        """;

    /// <summary>The same on Babelfish, which does not heed hints: who has written a row keeps it.</summary>
    internal const string HoldByWriting = """
        update typed_pipelines.[lock]
        set token = token
        where pipeline = @pipeline and [partition] >= @first and (@last is null or [partition] <= @last)
        """;

    internal const string FindLoadedOfSpan = """
        select [partition], loaded_run_id
        from typed_pipelines.[partition]
        where pipeline = @pipeline and [partition] >= @first and (@last is null or [partition] <= @last) and loaded_run_id is not null
        """;

    internal const string FindLoaded = "select [partition] from typed_pipelines.[partition] where pipeline = @pipeline and loaded_run_id is not null";

    internal const string NoteFailed = """
        update typed_pipelines.[partition]
        set state = N'failed',
            run_id = @run,
            finished_at = @finished,
            error = @error
        where pipeline = @pipeline and [partition] = @partition;
        if @@rowcount = 0
            insert into typed_pipelines.[partition] (
                pipeline, [partition], state, run_id,
                rows_read, rows_loaded, rows_dropped, rows_rejected, finished_at, loaded_run_id, error
            )
            values (@pipeline, @partition, N'failed', @run, 0, 0, 0, 0, @finished, null, @error)
        """;

    /// <summary>The partition's entry; null where it was never run.</summary>
    internal async Task<PartitionEntry?> FindPartitionAsync(CancellationToken cancellationToken)
    {
        List<PartitionEntry> found = await database.QueryAsync(
            LedgerRows.OnePartition, LedgerRows.Partition, cancellationToken, ("@pipeline", run.Pipeline), ("@partition", run.Partition.Key)).ConfigureAwait(false);
        return found.Count == 0 ? null : found[0];
    }

    /// <summary>Notes that runs of the partition which never ended will not end any more: this run holds its lock.</summary>
    internal Task AbandonDeadRunsAsync(DateTimeOffset now, CancellationToken cancellationToken) => database.RunAsync(
        AbandonDeadRuns, cancellationToken, ("@now", now), ("@pipeline", run.Pipeline), ("@partition", run.Partition.Key));

    internal Task NoteStartAsync(string worker, CancellationToken cancellationToken) => database.RunAsync(
        NoteStart,
        cancellationToken,
        ("@run", run.RunId),
        ("@pipeline", run.Pipeline),
        ("@partition", run.Partition.Key),
        ("@started", run.StartedAt),
        ("@worker", worker));

    public async Task<bool> NoteEndAsync(RunEnd end, CancellationToken cancellationToken)
    {
        long noted = await database.RunAsync(
            NoteEnd,
            cancellationToken,
            ("@outcome", LedgerText.Of(end.Outcome)),
            ("@finished", end.FinishedAt),
            ("@read", end.Counts.Read),
            ("@loaded", end.Counts.Loaded),
            ("@dropped", end.Counts.Dropped),
            ("@rejected", end.Counts.Rejected),
            ("@kind", end.FailureKind?.ToString()),
            ("@error", LedgerText.Kept(end.Error)),
            ("@run", run.RunId)).ConfigureAwait(false);
        if (noted > 0)
        {
            await new RejectEntries(database, run).NoteAsync(end.Rejects, cancellationToken).ConfigureAwait(false);
            if (end is { Outcome: RunOutcome.Succeeded, MayResolveRejects: true })
            {
                await new RejectEntries(database, run).ResolveAsync(cancellationToken).ConfigureAwait(false);
            }

            await CheckEntries.NoteAsync(database, run, end, cancellationToken).ConfigureAwait(false);
        }

        return noted > 0;
    }

    public async Task<bool> NotePublishedAsync(PartitionState state, RunEnd end, CancellationToken cancellationToken)
    {
        await NotePartitionAsync(state, end, cancellationToken).ConfigureAwait(false);
        if (end.Logic is { } logic)
        {
            await NoteLogicAsync(logic, cancellationToken).ConfigureAwait(false);
        }

        return await NoteEndAsync(end, cancellationToken).ConfigureAwait(false);
    }

    private async Task NoteLogicAsync(PipelineLogic logic, CancellationToken cancellationToken)
    {
        try
        {
            await database.RunAsync(
                NoteLogic, cancellationToken, ("@fingerprint", logic.Fingerprint), ("@parts", LogicText.Of(logic))).ConfigureAwait(false);
        }
        catch (PipelineException e) when (SqlServerFailure.Reported(e)?.Number == ErrorNumbers.UniqueConstraint)
        {
            throw new PipelineException(e.Kind, e.What, e.Next, new LogicNotedException(e.InnerException));
        }
    }

    private Task NotePartitionAsync(PartitionState state, RunEnd end, CancellationToken cancellationToken) => database.RunAsync(
        NoteLoaded,
        cancellationToken,
        ("@pipeline", run.Pipeline),
        ("@partition", run.Partition.Key),
        ("@state", LedgerText.Of(state)),
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

    /// <summary>
    /// First the rows that publishing runs hold, of all pipelines; then what a publish takes for itself before it notes anything: it holds back those that have never been run, which have no
    /// row yet. In this order nobody who has the second waits for the first.
    /// </summary>
    public async Task HoldLoadersAsync(IReadOnlyList<KeySpan> spans, CancellationToken cancellationToken)
    {
        foreach (KeySpan span in spans)
        {
            if (database.Traits.IsBabelfish)
            {
                await database.RunAsync(HoldByWriting, cancellationToken, Values(span)).ConfigureAwait(false);
            }
            else
            {
                await database.FindsAsync(Hold, cancellationToken, Values(span)).ConfigureAwait(false);
            }
        }

        foreach (string name in spans.Select(span => LockName.OfReaders(span.Pipeline)).Order(StringComparer.Ordinal))
        {
            await AppLock.ShareAsync(database, name, cancellationToken).ConfigureAwait(false);
        }
    }

    public Task HoldReadersAsync(CancellationToken cancellationToken) => AppLock.TakeAsync(database, LockName.OfReaders(run.Pipeline), cancellationToken);

    public async Task<IReadOnlyList<(string Partition, Guid Run)>> FindLoadedAsync(KeySpan span, CancellationToken cancellationToken) =>
        await database.QueryAsync(FindLoadedOfSpan, static row => (row.GetString(0), row.GetGuid(1)), cancellationToken, Values(span)).ConfigureAwait(false);

    private static (string, object?)[] Values(KeySpan span) => [("@pipeline", span.Pipeline), ("@first", span.First), ("@last", span.Last)];

    public async Task<IReadOnlyList<string>> FindLoadedAsync(string pipeline, CancellationToken cancellationToken) =>
        await database.QueryAsync(FindLoaded, static row => row.GetString(0), cancellationToken, ("@pipeline", pipeline)).ConfigureAwait(false);

    public Task NoteStaleAsync(IReadOnlyList<StalePartition> partitions, CancellationToken cancellationToken) =>
        new StaleEntries(database).NoteAsync(partitions, cancellationToken);

    public Task NoteFailedAsync(RunEnd end, CancellationToken cancellationToken) => database.RunAsync(
        NoteFailed,
        cancellationToken,
        ("@pipeline", run.Pipeline),
        ("@partition", run.Partition.Key),
        ("@run", run.RunId),
        ("@finished", end.FinishedAt),
        ("@error", LedgerText.Kept(end.Error)));
}
