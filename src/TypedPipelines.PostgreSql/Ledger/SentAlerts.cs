using TypedPipelines.Alerts;

namespace TypedPipelines.PostgreSql;

/// <summary>Which alerts were sent: one row each, until it is resolved.</summary>
internal sealed class SentAlerts(PostgreSqlServer server) : IAlertMemory
{
    private const string Exists = "select 1 where to_regclass('typed_pipelines.alert') is not null";

    /// <summary>The statement that makes the table; for those who may not, it stands in docs/alerts.md.</summary>
    private const string Create =
        """
        create table if not exists typed_pipelines.alert (
            pipeline text collate "C" not null,
            partition text collate "C" not null,
            reason text collate "C" not null,
            state text not null,
            sent_at timestamptz not null,
            primary key (pipeline, partition, reason)
        )
        """;

    public Task<IReadOnlyList<AlertNote>> ReadAsync(string pipeline, CancellationToken cancellationToken) => AskAsync<IReadOnlyList<AlertNote>>(
        async database => await database.FindsAsync(Exists, cancellationToken).ConfigureAwait(false)
            ? await database.QueryAsync(
                "select partition, reason, state from typed_pipelines.alert where pipeline = $1",
                row => new AlertNote(pipeline, row.GetString(0), row.GetString(1), row.GetString(2)),
                cancellationToken,
                pipeline).ConfigureAwait(false)
            : [],
        cancellationToken);

    public Task<bool> NoteAsync(AlertNote note, DateTimeOffset at, CancellationToken cancellationToken) => AskAsync(
        async database =>
        {
            if (!await database.FindsAsync(Exists, cancellationToken).ConfigureAwait(false))
            {
                await CreateAsync(database, cancellationToken).ConfigureAwait(false);
            }

            return await database.RunAsync(
                """
                insert into typed_pipelines.alert as known (pipeline, partition, reason, state, sent_at)
                values ($1, $2, $3, $4, $5)
                on conflict (pipeline, partition, reason) do update set state = excluded.state, sent_at = excluded.sent_at
                where known.state <> excluded.state
                """,
                cancellationToken,
                note.Pipeline,
                note.Partition,
                note.Reason,
                note.State,
                at).ConfigureAwait(false) > 0;
        },
        cancellationToken);

    public Task ForgetAsync(AlertNote note, CancellationToken cancellationToken) => AskAsync(
        async database => await database.FindsAsync(Exists, cancellationToken).ConfigureAwait(false) && await database.RunAsync(
            "delete from typed_pipelines.alert where pipeline = $1 and partition = $2 and reason = $3", cancellationToken, note.Pipeline, note.Partition, note.Reason).ConfigureAwait(false) > 0,
        cancellationToken);

    /// <summary>Somebody may ask what is late before anything was loaded, and there is no ledger yet.</summary>
    private static async Task CreateAsync(PostgreSqlDatabase database, CancellationToken cancellationToken)
    {
        if (!await database.FindsAsync("select 1 from pg_catalog.pg_namespace where nspname = 'typed_pipelines'", cancellationToken).ConfigureAwait(false))
        {
            await database.RunAsync("create schema if not exists typed_pipelines", cancellationToken).ConfigureAwait(false);
        }

        await database.RunAsync(Create, cancellationToken).ConfigureAwait(false);
    }

    private async Task<T> AskAsync<T>(Func<PostgreSqlDatabase, Task<T>> ask, CancellationToken cancellationToken)
    {
        PostgreSqlDatabase database = await server.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (database.ConfigureAwait(false))
        {
            return await ask(database).ConfigureAwait(false);
        }
    }
}
