namespace TypedPipelines.Testing;

/// <summary>What a table holds.</summary>
/// <param name="Name">The table's name.</param>
/// <param name="Shape">How its rows are compared.</param>
/// <param name="Rows">Its rows, by column.</param>
internal sealed record TableContent(string Name, RowShape<object?[]> Shape, IReadOnlyList<object?[]> Rows)
{
    /// <summary>The same without some columns.</summary>
    internal TableContent Without(IReadOnlySet<string> columns)
    {
        int[] kept = [.. Enumerable.Range(0, Shape.Columns.Count).Where(i => !columns.Contains(Shape.Columns[i]))];
        return kept.Length == Shape.Columns.Count
            ? this
            : new TableContent(
                Name,
                new RowShape<object?[]>([.. kept.Select(i => Shape.Columns[i])], [.. Enumerable.Range(0, kept.Length).Where(i => Shape.Keys.Contains(kept[i]))], static row => row),
                [.. Rows.Select(row => kept.Select(i => row[i]).ToArray())]);
    }

    /// <summary>In what tables differ, as people read it; null where they do not.</summary>
    internal static string? Difference(IReadOnlyList<TableContent> expected, IReadOnlyList<TableContent> actual)
    {
        string[] texts =
        [
            .. expected.Zip(actual)
                .Select(tables => (tables.First, Difference: TableDifference.Between(tables.First.Shape, tables.First.Rows, tables.Second.Rows, 0)))
                .Where(table => !table.Difference.IsNone)
                .Select(table => DifferenceText.Of(table.First.Name, table.First.Shape.Columns, table.Difference)),
        ];
        return texts.Length == 0 ? null : string.Join(Environment.NewLine, texts);
    }
}
