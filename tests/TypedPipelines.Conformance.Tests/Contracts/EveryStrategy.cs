namespace TypedPipelines.Tests.Contracts;

/// <summary>One table of every strategy over the same columns, with the columns that a strategy asks for besides.</summary>
/// <param name="Table">The table.</param>
/// <param name="Filled">What the load fills into the columns added.</param>
internal sealed record EveryStrategy(TestContract Table, object?[] Filled)
{
    /// <summary>The tables, each numbered for its strategy.</summary>
    /// <param name="name">How the names of tables and added columns begin.</param>
    /// <param name="columns">The columns.</param>
    /// <param name="day">The column of dates among them.</param>
    /// <param name="partition">The partition that is loaded.</param>
    /// <param name="nullKeysMatch">Whether null is a key.</param>
    internal static IEnumerable<EveryStrategy> Over(string name, IReadOnlyList<Column> columns, string day, Partition partition, bool nullKeysMatch = false)
    {
        string added = name + "_added";
        foreach (LoadStrategy strategy in Enum.GetValues<LoadStrategy>())
        {
            string table = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{name} {(int)strategy}");
            yield return strategy switch
            {
                LoadStrategy.ReplacePartition or LoadStrategy.Snapshot => new(new TestContract(table, strategy, columns, day, nullKeysMatch: nullKeysMatch), []),
                LoadStrategy.ReplaceRun or LoadStrategy.ReplaceFile => new(
                    new TestContract(table, strategy, [.. columns, Col.Value(added, ColumnType.String, nullable: false)], nullKeysMatch: nullKeysMatch, runColumn: added),
                    [partition.Key]),
                LoadStrategy.History => new(
                    new TestContract(table, strategy, [.. columns, Col.Value(added, ColumnType.Date)], day, nullKeysMatch: nullKeysMatch, validTo: added), [null]),
                _ => new(new TestContract(table, strategy, columns, nullKeysMatch: nullKeysMatch), []),
            };
        }
    }

    /// <summary>A row as a step gives it: what the load fills in is left out.</summary>
    internal object?[] Row(object?[] row) => [.. row, .. Filled.Select(object? (_) => null)];

    /// <summary>The same row as the table has it.</summary>
    internal object?[] Loaded(object?[] row) => [.. row, .. Filled];
}
