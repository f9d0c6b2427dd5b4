using TypedPipelines.Destinations;

namespace TypedPipelines.PostgreSql;

/// <summary>
/// Gives an empty table the shape of its contract, column by column, inside the transaction that replaces its rows. PostgreSQL keeps or
/// rebuilds what hangs on a column; what it cannot, such as a view that selects one whose type changes, it refuses.
/// </summary>
internal static class Reshaping
{
    private const string NotNull = " not null";

    /// <summary>What makes the found table the contract's, a statement for each step.</summary>
    internal static IReadOnlyList<(string Column, string Sql)> Of(TableContract contract, PostgreSqlLoadPlan plan, FoundTable found)
    {
        var steps = new List<(string, string)>();
        for (int i = 0; i < contract.Columns.Count; i++)
        {
            string name = contract.Columns[i].Name;
            string expected = plan.Definitions[i];
            TableColumn? column = found.Columns.FirstOrDefault(column => column.Name == name);
            if (!contract.Columns[i].Stored || column?.Is(expected, contract.Columns[i].Key) == true)
            {
                continue;
            }

            string quoted = $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
            if (column is null)
            {
                steps.Add((name, $"alter table {plan.Table} add column {quoted} {expected}"));
                continue;
            }

            bool notNull = expected.EndsWith(NotNull, StringComparison.Ordinal);
            string type = notNull ? expected[..^NotNull.Length] : expected;
            if (!(column with { NotNull = false }).Is(type, contract.Columns[i].Key))
            {
                // There is no row whose value would have to be turned into the new type.
                steps.Add((name, $"alter table {plan.Table} alter column {quoted} type {type} using null"));
            }

            if (column.NotNull != notNull)
            {
                steps.Add((name, $"alter table {plan.Table} alter column {quoted} {(notNull ? "set" : "drop")} not null"));
            }
        }

        return steps;
    }

    /// <summary>What would make the table the contract's; nothing where there is no table.</summary>
    internal static async Task<IReadOnlyList<(string Column, string Sql)>> FindAsync(
        PostgreSqlDatabase database, TableContract contract, PostgreSqlLoadPlan plan, CancellationToken cancellationToken) =>
        await FoundTable.FindAsync(database, plan.Table, cancellationToken).ConfigureAwait(false) is { IsTable: true } found ? Of(contract, plan, found) : [];

    internal static async Task ApplyAsync(PostgreSqlDatabase database, TableContract contract, PostgreSqlLoadPlan plan, CancellationToken cancellationToken)
    {
        IReadOnlyList<(string Column, string Sql)> steps = await FindAsync(database, contract, plan, cancellationToken).ConfigureAwait(false);
        if (steps.Count == 0)
        {
            return;
        }

        // A deferred trigger on the rows that were deleted would keep the table from being changed until the commit.
        await database.RunAsync("set constraints all immediate", cancellationToken).ConfigureAwait(false);
        foreach ((string column, string sql) in steps)
        {
            await RunAsync(database, contract, column, sql, cancellationToken).ConfigureAwait(false);
        }

        foreach (TableIndex index in plan.CreateIndexes)
        {
            if (!await FoundTable.HasIndexAsync(database, plan.Table, index.Name, cancellationToken).ConfigureAwait(false))
            {
                await RunAsync(database, contract, steps[0].Column, index.Sql, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static async Task RunAsync(PostgreSqlDatabase database, TableContract contract, string column, string sql, CancellationToken cancellationToken)
    {
        try
        {
            await database.RunAsync(sql, cancellationToken).ConfigureAwait(false);
        }
        catch (PipelineException e) when (PostgreSqlFailure.Reported(e) is { } reported && !PostgreSqlFailure.IsPassing(e) && database.IsOpen)
        {
            throw Reshape.Refused(contract, database.Name, column, sql, reported.MessageText, e.InnerException);
        }
    }
}
