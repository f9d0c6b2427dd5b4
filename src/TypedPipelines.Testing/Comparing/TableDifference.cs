namespace TypedPipelines.Testing;

/// <summary>In what two sets of rows differ.</summary>
/// <param name="Missing">Rows that were expected and are not there.</param>
/// <param name="Extra">Rows that are there and were not expected.</param>
/// <param name="Changed">Rows that are there with other values.</param>
/// <param name="Same">How many are as expected.</param>
internal sealed record TableDifference(
    IReadOnlyList<object?[]> Missing, IReadOnlyList<object?[]> Extra, IReadOnlyList<ChangedRow> Changed, int Same)
{
    internal bool IsNone => Missing.Count == 0 && Extra.Count == 0 && Changed.Count == 0;

    /// <summary>Pairs the rows that are the same, then those with one key, or, where there is none, those that have most values in common.</summary>
    internal static TableDifference Between<T>(RowShape<T> shape, IReadOnlyList<T> expected, IReadOnlyList<T> actual, double tolerance)
    {
        var cells = new CellComparer(tolerance);
        int columns = shape.Columns.Count;
        List<object?[]> missing = [.. expected.Select(shape.ValuesOf)];
        List<object?[]> extra = [.. actual.Select(shape.ValuesOf)];
        int same = Pair(missing, extra, (left, right) => cells.CountSame(left, right) == columns, static (_, _) => { });
        var changed = new List<ChangedRow>();
        void Change(object?[] left, object?[] right) =>
            changed.Add(new ChangedRow(left, right, [.. Enumerable.Range(0, columns).Where(i => !cells.AreSame(left[i], right[i]))]));

        if (shape.Keys.Count > 0)
        {
            Pair(missing, extra, (left, right) => shape.Keys.All(key => cells.AreSame(left[key], right[key])), Change);
        }
        else
        {
            // Half of the values, and one at the least, or it is another row.
            for (int common = columns - 1; common > 0 && common * 2 >= columns; common--)
            {
                Pair(missing, extra, (left, right) => cells.CountSame(left, right) == common, Change);
            }
        }

        return new TableDifference(missing, extra, changed, same);
    }

    /// <summary>Takes out of both what goes together.</summary>
    /// <returns>How many pairs there are.</returns>
    private static int Pair(List<object?[]> expected, List<object?[]> actual, Func<object?[], object?[], bool> fits, Action<object?[], object?[]> found)
    {
        int pairs = 0;
        for (int i = 0; i < expected.Count;)
        {
            int at = actual.FindIndex(row => fits(expected[i], row));
            if (at < 0)
            {
                i++;
                continue;
            }

            found(expected[i], actual[at]);
            expected.RemoveAt(i);
            actual.RemoveAt(at);
            pairs++;
        }

        return pairs;
    }
}

/// <summary>A row that is there with other values than expected.</summary>
/// <param name="Expected">The values expected.</param>
/// <param name="Actual">The values found.</param>
/// <param name="Columns">The positions of those that differ.</param>
internal sealed record ChangedRow(object?[] Expected, object?[] Actual, IReadOnlyList<int> Columns);
