namespace TypedPipelines.SqlServer;

/// <summary>The columns that a contract has gained since its table was made, and that may be added without asking: those that may be null, but for the end of a history's versions, without which every one of them is current.</summary>
internal static class ColumnAdditions
{
    /// <summary>What was loaded before does not have them, and is to be loaded again.</summary>
    internal const string MakeStale = """
        update typed_pipelines.[partition]
        set state = N'stale', error = @reason
        where pipeline = @pipeline and state in (N'complete', N'partial')
        """;

    /// <summary>The columns that are missing, each with the statement that adds it; none where the table itself is missing.</summary>
    internal static async Task<IReadOnlyList<(string Name, string Sql)>> OfAsync(
        SqlServerDatabase database, TableContract contract, SqlServerLoadPlan plan, CancellationToken cancellationToken)
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
                && found.Column(name) is null)
            {
                missing.Add((name, $"alter table {plan.Table} add [{name.Replace("]", "]]", StringComparison.Ordinal)}] {definition}"));
            }
        }

        return missing;
    }
}
