using TypedPipelines.Destinations;

namespace TypedPipelines.SqlServer;

/// <summary>What a publish locks of its tables besides the rows that it changes.</summary>
internal static class TableLocks
{
    /// <summary>
    /// In one order for all. Runs of different partitions take turns where they could touch the same rows of a table: else both would
    /// insert one new key, or each wait for the other. And where readers see rows as they are, a table is theirs or the publish's: else a
    /// reader that has passed some rows before they change, and comes to others after the commit, would see a mix.
    /// </summary>
    internal static async Task TakeAsync(SqlServerDatabase database, IReadOnlyList<IStagedTable<SqlServerLoadPlan>> tables, CancellationToken cancellationToken)
    {
        foreach (IStagedTable<SqlServerLoadPlan> table in tables.OrderBy(table => table.Plan.Table, StringComparer.Ordinal))
        {
            if (table.Contract.Strategy is LoadStrategy.Merge or LoadStrategy.ReplaceTable or LoadStrategy.History)
            {
                await AppLock.TakeTableAsync(database, table.Plan.Table, cancellationToken).ConfigureAwait(false);
            }

            if (!database.Traits.ReadersSeeVersions)
            {
                await database.FindsAsync(Exclude(table.Plan.Table), cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Waits for the statements that read a table, and keeps others out until the end of the transaction.</summary>
    internal static string Exclude(string table) => $"select top (1) 1 from {table} with (tablockx, holdlock)";
}
