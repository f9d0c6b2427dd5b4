using TypedPipelines.Alerts;

namespace TypedPipelines.SqlServer;

/// <summary>Which alerts were sent: one row each, until it is resolved.</summary>
internal sealed class SentAlerts(SqlServerServer server) : IAlertMemory
{
    internal const string Exists = "select 1 where object_id(N'typed_pipelines.alert') is not null";

    /// <summary>The statement that makes the table; for those who may not, it stands in docs/alerts.md. Its key has 840 bytes of the 900 that a clustered one may have.</summary>
    internal const string Create =
        """
        create table typed_pipelines.alert (
            pipeline nvarchar(200) collate Latin1_General_100_BIN2 not null,
            [partition] nvarchar(200) collate Latin1_General_100_BIN2 not null,
            reason nvarchar(20) collate Latin1_General_100_BIN2 not null,
            state nvarchar(64) not null,
            sent_at datetimeoffset(7) not null,
            primary key (pipeline, [partition], reason)
        )
        """;

    internal const string Select = "select [partition], reason, state from typed_pipelines.alert where pipeline = @pipeline";

    internal const string Change =
        """
        update typed_pipelines.alert set state = @state, sent_at = @at
        where pipeline = @pipeline and [partition] = @partition and reason = @reason and state <> @state
        """;

    internal const string Insert =
        """
        insert into typed_pipelines.alert (pipeline, [partition], reason, state, sent_at)
        select @pipeline, @partition, @reason, @state, @at
        where not exists (
            select 1 from typed_pipelines.alert
            where pipeline = @pipeline and [partition] = @partition and reason = @reason
        )
        """;

    internal const string Delete = "delete from typed_pipelines.alert where pipeline = @pipeline and [partition] = @partition and reason = @reason";

    public Task<IReadOnlyList<AlertNote>> ReadAsync(string pipeline, CancellationToken cancellationToken) => AskAsync<IReadOnlyList<AlertNote>>(
        async database => await database.FindsAsync(Exists, cancellationToken).ConfigureAwait(false)
            ? await database.QueryAsync(Select, row => new AlertNote(pipeline, row.GetString(0), row.GetString(1), row.GetString(2)), cancellationToken, ("@pipeline", pipeline)).ConfigureAwait(false)
            : [],
        cancellationToken);

    public Task<bool> NoteAsync(AlertNote note, DateTimeOffset at, CancellationToken cancellationToken) => AskAsync(
        async database =>
        {
            (string Name, object? Value)[] values = [.. KeyOf(note), ("@state", note.State), ("@at", at)];
            if (!await database.FindsAsync(Exists, cancellationToken).ConfigureAwait(false))
            {
                // Somebody may ask what is late before anything was loaded, and there is no ledger yet.
                if (!await FoundTable.SchemaExistsAsync(database, LedgerTables.Schema, cancellationToken).ConfigureAwait(false))
                {
                    await database.RunAsync(LedgerTables.CreateSchema, cancellationToken).ConfigureAwait(false);
                }

                await database.RunAsync(Create, cancellationToken).ConfigureAwait(false);
            }

            try
            {
                return await database.RunAsync(Change, cancellationToken, values).ConfigureAwait(false) > 0
                    || await database.RunAsync(Insert, cancellationToken, values).ConfigureAwait(false) > 0;
            }
            catch (PipelineException e) when (ConstraintFailure.Is(e))
            {
                return false; // Another process has noted the same in between, and told of it.
            }
        },
        cancellationToken);

    public Task ForgetAsync(AlertNote note, CancellationToken cancellationToken) => AskAsync(
        async database => await database.FindsAsync(Exists, cancellationToken).ConfigureAwait(false)
            && await database.RunAsync(Delete, cancellationToken, KeyOf(note)).ConfigureAwait(false) > 0,
        cancellationToken);

    private static (string Name, object? Value)[] KeyOf(AlertNote note) => [("@pipeline", note.Pipeline), ("@partition", note.Partition), ("@reason", note.Reason)];

    private async Task<T> AskAsync<T>(Func<SqlServerDatabase, Task<T>> ask, CancellationToken cancellationToken)
    {
        SqlServerDatabase database = await server.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (database.ConfigureAwait(false))
        {
            return await ask(database).ConfigureAwait(false);
        }
    }
}
