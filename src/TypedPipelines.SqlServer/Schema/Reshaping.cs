using TypedPipelines.Destinations;

namespace TypedPipelines.SqlServer;

/// <summary>
/// Gives an empty table the shape of its contract, column by column, inside the transaction that replaces its rows. What SQL Server cannot
/// change, such as the type of a column that an index or a constraint has, it refuses.
/// </summary>
internal static class Reshaping
{
    /// <summary>What makes the found table the contract's, a statement for each column.</summary>
    internal static IReadOnlyList<(string Column, string Sql)> Of(TableContract contract, SqlServerLoadPlan plan, FoundTable found)
    {
        var steps = new List<(string, string)>();
        for (int i = 0; i < contract.Columns.Count; i++)
        {
            string name = contract.Columns[i].Name;
            TableColumn? column = found.Column(name);
            if (contract.Columns[i].Stored && column?.Is(plan.Definitions[i]) != true)
            {
                // Of a table without rows no new column needs a default, and no value has to fit a new type.
                string definition = column is not null && found.Traits.IsBabelfish ? column.ChangeOfType(plan.Definitions[i]) : plan.Definitions[i];
                steps.Add((name, $"alter table {plan.Table} {(column is null ? "add" : "alter column")} [{name.Replace("]", "]]", StringComparison.Ordinal)}] {definition}"));
            }
        }

        return steps;
    }

    /// <summary>What would make the table the contract's; nothing where there is no table.</summary>
    internal static async Task<IReadOnlyList<(string Column, string Sql)>> FindAsync(
        SqlServerDatabase database, TableContract contract, SqlServerLoadPlan plan, CancellationToken cancellationToken) =>
        await FoundTable.FindAsync(database, plan.Table, cancellationToken).ConfigureAwait(false) is { IsTable: true } found ? Of(contract, plan, found) : [];

    internal static async Task ApplyAsync(SqlServerDatabase database, TableContract contract, SqlServerLoadPlan plan, CancellationToken cancellationToken)
    {
        IReadOnlyList<(string Column, string Sql)> steps = await FindAsync(database, contract, plan, cancellationToken).ConfigureAwait(false);
        foreach ((string column, string sql) in steps)
        {
            await RunAsync(database, contract, column, sql, cancellationToken).ConfigureAwait(false);
        }

        foreach (TableIndex index in steps.Count == 0 ? [] : plan.CreateIndexes)
        {
            if (!await FoundTable.HasIndexAsync(database, contract, index.Name, cancellationToken).ConfigureAwait(false))
            {
                await RunAsync(database, contract, steps[0].Column, index.Sql, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static async Task RunAsync(SqlServerDatabase database, TableContract contract, string column, string sql, CancellationToken cancellationToken)
    {
        try
        {
            await database.RunAsync(sql, cancellationToken).ConfigureAwait(false);
        }
        catch (PipelineException e) when (SqlServerFailure.Reported(e) is { } reported && !SqlServerFailure.IsPassing(e) && database.IsOpen)
        {
            // The first error names what hangs on the column; those behind it say that the statement failed.
            throw Reshape.Refused(contract, database.Name, column, sql, reported.Errors[0].Message, e.InnerException);
        }
    }
}
