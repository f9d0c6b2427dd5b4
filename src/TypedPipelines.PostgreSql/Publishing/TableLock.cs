using Npgsql;
using TypedPipelines.Destinations;

namespace TypedPipelines.PostgreSql;

/// <summary>What a publish locks of a table besides the rows that it changes. Readers wait for nobody.</summary>
internal static class TableLock
{
    private const string Alone = "select pg_advisory_xact_lock($1, to_regclass($2)::oid::integer)";

    private const string SharedByLoaders = """
        select pg_advisory_xact_lock_shared($1, to_regclass($2)::oid::integer)
        from typed_pipelines.loaded_table
        where table_name = $3 and loaded_by = $4
        """;

    internal const string LoadedBy = "select loaded_by from typed_pipelines.loaded_table where table_name = $1";

    private const string NoteLoader = """
        insert into typed_pipelines.loaded_table (table_name, loaded_by)
        select $1, $2
        where not exists (select 1 from typed_pipelines.loaded_table where table_name = $1 and loaded_by = $2)
        on conflict (table_name) do update set loaded_by = excluded.loaded_by
        """;

    /// <summary>
    /// Runs take turns where they could touch the same rows of a table. Of a merge those are any: else two would insert one new key, or
    /// each wait for the other. Windows that are replaced never overlap where one pipeline cuts them one way: its runs share the table.
    /// A pipeline of another name, or one that cuts another way, has it alone: else each would delete what the other is replacing,
    /// see nothing of what it inserts, and the rows would be there twice.
    /// </summary>
    /// <param name="database">The connection, in the publishing transaction.</param>
    /// <param name="table">The table.</param>
    /// <param name="name">Its name as the server has it: contracts may call one table by several.</param>
    /// <param name="run">The run.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <returns>Who loaded the table before; null for nobody.</returns>
    internal static async Task<string?> TakeAsync(
        PostgreSqlDatabase database, IStagedTable<PostgreSqlLoadPlan> table, string name, RunIdentity run, CancellationToken cancellationToken)
    {
        string called = table.Plan.Table;
        string loader = TableLoader.Of(run);
        if (TableLoader.KeepsRunsApart(table.Contract) && await TakeSharedAsync(database, called, name, loader, cancellationToken).ConfigureAwait(false))
        {
            return loader;
        }

        // Where another took the table over between the two questions, both may wait for each other: then the server ends one, which tries again.
        StatementBatch alone = database.Batch().Add(Alone, LockKey.Tables, called).Add(LoadedBy, name).Add(NoteLoader, name, loader);
        await using (alone.ConfigureAwait(false))
        {
            return (string?)(await alone.ReadAsync(cancellationToken, static _ => true, Loader).ConfigureAwait(false))[1];
        }
    }

    /// <summary>
    /// Begins the publishing transaction where the partition still is the run's, and shares the first table with other runs of its loader's, in one round trip.
    /// </summary>
    /// <returns>Whether the partition is the run's; and whether it shares the table: asked again under the lock, for which it may have waited.</returns>
    internal static async Task<(bool Held, bool Shared)> BeginSharedAsync(
        PostgreSqlDatabase database, PartitionLock partitionLock, IStagedTable<PostgreSqlLoadPlan> table, string name, RunIdentity run, CancellationToken cancellationToken)
    {
        string loader = TableLoader.Of(run);
        StatementBatch batch = AddShared(partitionLock.BeginHeld(database), table.Plan.Table, name, loader);
        await using (batch.ConfigureAwait(false))
        {
            object?[] found = await batch.ReadAsync(cancellationToken, static _ => true, static _ => true, Loader).ConfigureAwait(false);
            return (found[0] is true, IsShared(found[1], found[2], loader));
        }
    }

    private static async Task<bool> TakeSharedAsync(PostgreSqlDatabase database, string called, string name, string loader, CancellationToken cancellationToken)
    {
        StatementBatch shared = AddShared(database.Batch().Keep(), called, name, loader);
        await using (shared.ConfigureAwait(false))
        {
            object?[] found = await shared.ReadAsync(cancellationToken, static _ => true, Loader).ConfigureAwait(false);
            return IsShared(found[0], found[1], loader);
        }
    }

    private static StatementBatch AddShared(StatementBatch batch, string called, string name, string loader) =>
        batch.Add(SharedByLoaders, LockKey.Tables, called, name, loader).Add(LoadedBy, name);

    private static bool IsShared(object? taken, object? by, string loader) => taken is true && by is string loadedBy && loadedBy == loader;

    private static object Loader(NpgsqlDataReader row) => row.GetString(0);
}
