using TypedPipelines.Destinations;

namespace TypedPipelines.SqlServer;

/// <summary>Looks for the unique index that a load by key relies on, and for those that leave rows out instead of refusing them.</summary>
internal static class KeyCheck
{
    internal const string Find = """
        select i.index_id, c.name
        from sys.indexes as i
        join sys.index_columns as k
        on k.object_id = i.object_id and k.index_id = i.index_id
        join sys.columns as c
        on c.object_id = k.object_id and c.column_id = k.column_id
        where i.object_id = object_id(@table) and i.is_unique = 1 and i.has_filter = 0 and i.is_disabled = 0 and k.is_included_column = 0
        """;

    internal const string FindPassing = "select name from sys.indexes where object_id = object_id(@table) and ignore_dup_key = 1";

    /// <exception cref="PipelineException">There is no unique index on the key, or one that has IGNORE_DUP_KEY.</exception>
    internal static async Task CheckAsync(SqlServerDatabase database, TableContract contract, SqlServerLoadPlan plan, CancellationToken cancellationToken)
    {
        List<string> passing = await database.QueryAsync(FindPassing, static row => row.GetString(0), cancellationToken, ("@table", plan.Table)).ConfigureAwait(false);
        if (passing.Count > 0)
        {
            throw new PipelineException(
                FailureKind.Schema,
                $"the table {contract.DisplayName} of {database.Name} would leave rows out without an error: its index {passing[0]} has IGNORE_DUP_KEY",
                $"Nothing was changed. Have it refuse such rows, which fails a load and says why, with: alter index {ShapeCheck.Quote(passing[0])} on {plan.Table} set (ignore_dup_key = off)");
        }

        if (TableKey.Of(contract) is not { } key)
        {
            return;
        }

        List<(int Index, string Column)> unique = await database.QueryAsync(
            Find, static row => (row.GetInt32(0), row.GetString(1)), cancellationToken, ("@table", plan.Table)).ConfigureAwait(false);
        if (!unique.GroupBy(part => part.Index).Any(index => index.All(part => key.Contains(part.Column, database.Traits.Names))))
        {
            throw TableKey.Missing(contract, database.Name, $"create unique index {ShapeCheck.Quote($"ux_{contract.Table}_key")} on {plan.Table} ({string.Join(", ", key.Select(ShapeCheck.Quote))})");
        }
    }
}
