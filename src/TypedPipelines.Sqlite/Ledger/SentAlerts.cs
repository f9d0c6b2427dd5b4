using Microsoft.Extensions.Logging;
using TypedPipelines.Alerts;

namespace TypedPipelines.Sqlite;

/// <summary>Which alerts were sent: one row each, until it is resolved.</summary>
internal sealed class SentAlerts(SqliteLocation location, ILogger logger) : IAlertMemory
{
    private const string Create =
        """
        create table if not exists main.tp_alert (
            pipeline text not null,
            partition text not null,
            reason text not null,
            state text not null,
            sent_at text not null,
            primary key (pipeline, partition, reason)
        ) without rowid
        """;

    private const string Exists = "select 1 from main.sqlite_master where type = 'table' and name = 'tp_alert'";

    public Task<IReadOnlyList<AlertNote>> ReadAsync(string pipeline, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var notes = new List<AlertNote>();
        if (location.Exists)
        {
            using SqliteDatabase database = SqliteDatabase.OpenForReading(location, logger);
            if (database.Find(Exists) is not null)
            {
                using SqliteQuery query = database.Prepare("select partition, reason, state from main.tp_alert where pipeline = @pipeline", ("@pipeline", pipeline));
                while (query.Step())
                {
                    notes.Add(new AlertNote(pipeline, query.Text(0)!, query.Text(1)!, query.Text(2)!));
                }
            }
        }

        return Task.FromResult<IReadOnlyList<AlertNote>>(notes);
    }

    public Task<bool> NoteAsync(AlertNote note, DateTimeOffset at, CancellationToken cancellationToken) => WriteAsync(
        database =>
        {
            database.Run(Create);
            return database.Run(
                """
                insert into main.tp_alert (pipeline, partition, reason, state, sent_at)
                values (@pipeline, @partition, @reason, @state, @at)
                on conflict (pipeline, partition, reason) do update set state = excluded.state, sent_at = excluded.sent_at
                where state <> excluded.state
                """,
                ("@pipeline", note.Pipeline),
                ("@partition", note.Partition),
                ("@reason", note.Reason),
                ("@state", note.State),
                ("@at", at)) > 0;
        },
        cancellationToken);

    public Task ForgetAsync(AlertNote note, CancellationToken cancellationToken) => WriteAsync(
        database => database.Find(Exists) is not null && database.Run(
            "delete from main.tp_alert where pipeline = @pipeline and partition = @partition and reason = @reason",
            ("@pipeline", note.Pipeline),
            ("@partition", note.Partition),
            ("@reason", note.Reason)) > 0,
        cancellationToken);

    private async Task<bool> WriteAsync(Func<SqliteDatabase, bool> write, CancellationToken cancellationToken)
    {
        using SqliteDatabase database = SqliteDatabase.OpenForWriting(location, logger);
        await database.BeginWriteAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            bool changed = write(database);
            database.Commit();
            return changed;
        }
        catch
        {
            database.RollBack();
            throw;
        }
    }
}
