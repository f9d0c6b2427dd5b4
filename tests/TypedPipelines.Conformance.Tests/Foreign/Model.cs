namespace TypedPipelines.Conformance.Tests.Foreign;

/// <summary>A row, of the table or of a batch.</summary>
internal sealed record Row(string K, int Day, long? V)
{
    internal object?[] Values => [K, new DateOnly(2024, 3, Day), V];
}

/// <summary>What a load does to a table: the rows inserted, updated (before and after) and deleted, and all rows then.</summary>
internal sealed record Change(IReadOnlyList<Row> Inserted, IReadOnlyList<(Row Old, Row New)> Updated, IReadOnlyList<Row> Deleted, IReadOnlyList<Row> Rows)
{
    /// <summary>The rows written, and each in the form in which it was given.</summary>
    internal IEnumerable<Row> Written => Inserted.Concat(Updated.Select(row => row.New));

    /// <summary>What an audit of rows sees.</summary>
    internal IEnumerable<string> Events =>
        Inserted.Select(row => $"insert {row.K}").Concat(Updated.Select(row => $"update {row.New.K}")).Concat(Deleted.Select(row => $"delete {row.K}"));
}

/// <summary>What the contract says that a load does, row by row, to a table with something on it.</summary>
internal static class Model
{
    internal static Change Of(Way way, ForeignObject thing, IReadOnlyList<Row> rows, int day, IReadOnlyList<Row> batch)
    {
        Row[] hidden = [.. rows.Where(thing.Hides)];
        Row[] table = [.. rows.Except(hidden)];
        Row[] taken = [.. batch.Where(row => !thing.LeavesOut(row.V))];
        if (way.Strategy != LoadStrategy.Merge)
        {
            Row[] deleted = [.. table.Where(row => way.Strategy == LoadStrategy.ReplaceTable || row.Day == day)];
            return new Change(taken, [], deleted, [.. hidden, .. table.Except(deleted), .. taken.Select(Kept)]);
        }

        Row[] inserted = [.. taken.Where(row => table.All(there => there.K != row.K))];
        (Row Old, Row New)[] updated =
        [
            .. from row in taken
               join there in table on row.K equals there.K
               where row != there
               select (there, row),
        ];
        return new Change(inserted, updated, [], [.. hidden, .. table.Except(updated.Select(row => row.Old)), .. updated.Select(row => Kept(row.New)), .. inserted.Select(Kept)]);

        Row Kept(Row row) => row with { V = thing.Stored(row.V) };
    }
}
