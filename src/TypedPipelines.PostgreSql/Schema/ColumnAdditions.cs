namespace TypedPipelines.PostgreSql;

/// <summary>The columns that a contract has gained since its table was made, and that may be added without asking: those that may be null, but for the end of a history's versions, without which every one of them is current.</summary>
internal static class ColumnAdditions
{
    /// <summary>The columns that are missing, each with the statement that adds it; none where the table itself is missing.</summary>
    internal static async Task<IReadOnlyList<(string Name, string Sql)>> OfAsync(
        PostgreSqlDatabase database, TableContract contract, PostgreSqlLoadPlan plan, CancellationToken cancellationToken)
    {
        if (await FoundTable.FindAsync(database, plan.Table, cancellationToken).ConfigureAwait(false) is not { IsTable: true } found)
        {
            return [];
        }

        var missing = new List<(string, string)>();
        for (int i = 0; i < contract.Columns.Count; i++)
        {
            string name = contract.Columns[i].Name;
            string definition = plan.Definitions[i];
            if (contract.Columns[i].Stored
                && i != contract.EndColumn
                && !definition.EndsWith(" not null", StringComparison.Ordinal)
                && found.Columns.All(column => column.Name != name))
            {
                missing.Add((name, $"alter table {plan.Table} add column \"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\" {definition}"));
            }
        }

        return missing;
    }
}
