using TypedPipelines.Destinations;

namespace TypedPipelines.PostgreSql;

/// <summary>What a publish locks of a table besides the rows that it changes. Readers wait for nobody.</summary>
internal static class TableLock
{
    private const string Alone = "select pg_advisory_xact_lock($1, to_regclass($2)::oid::integer)";
    private const string Shared = "select pg_advisory_xact_lock_shared($1, to_regclass($2)::oid::integer)";
    private const string LoadedBy = "select 1 from typed_pipelines.loaded_table where table_name = $1 and loaded_by = $2";

    private const string NoteLoader = """
        insert into typed_pipelines.loaded_table (table_name, loaded_by) values ($1, $2)
        on conflict (table_name) do update set loaded_by = excluded.loaded_by
        """;

    /// <summary>
    /// Runs take turns where they could touch the same rows of a table. Of a merge those are any: else two would insert one new key, or
    /// each wait for the other. Windows that are replaced never overlap where one pipeline cuts them one way: its runs share the table.
    /// A pipeline of another name, or one that cuts another way, has it alone: else each would delete what the other is replacing,
    /// see nothing of what it inserts, and the rows would be there twice.
    /// </summary>
    internal static async Task TakeAsync(PostgreSqlDatabase database, IStagedTable<PostgreSqlLoadPlan> table, RunIdentity run, CancellationToken cancellationToken)
    {
        if (table.Contract.Strategy == LoadStrategy.Append)
        {
            return; // It deletes nothing, and is twice in the table however it is run.
        }

        string name = table.Plan.Table;
        string loader = $"{run.Pipeline} {run.Partition.Cut}";
        bool replacesOwn = table.Contract.Strategy is LoadStrategy.ReplacePartition or LoadStrategy.Snapshot or LoadStrategy.ReplaceRun or LoadStrategy.ReplaceFile;
        bool isLoaders = await database.FindsAsync(LoadedBy, cancellationToken, name, loader).ConfigureAwait(false);
        if (replacesOwn && isLoaders)
        {
            await database.RunAsync(Shared, cancellationToken, LockKey.Tables, name).ConfigureAwait(false);
            if (await database.FindsAsync(LoadedBy, cancellationToken, name, loader).ConfigureAwait(false))
            {
                return;
            }
        }

        // Where another took the table over between the two questions, both may wait for each other: then the server ends one, which tries again.
        await database.RunAsync(Alone, cancellationToken, LockKey.Tables, name).ConfigureAwait(false);
        if (!isLoaders)
        {
            await database.RunAsync(NoteLoader, cancellationToken, name, loader).ConfigureAwait(false);
        }
    }
}
