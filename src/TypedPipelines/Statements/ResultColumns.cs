namespace TypedPipelines;

/// <summary>Where each column of a row contract stands in the result of a statement: they are matched by name, in any order.</summary>
internal sealed class ResultColumns
{
    private readonly int[] _positions;

    private ResultColumns(SqlQuery query, IRowContract contract, int[] positions, IReadOnlyList<Column> found)
    {
        Query = query;
        Contract = contract;
        _positions = positions;
        Found = found;
    }

    internal SqlQuery Query { get; }

    internal IRowContract Contract { get; }

    /// <summary>The contract's columns, in the order of the result.</summary>
    internal IReadOnlyList<Column> Found { get; }

    /// <summary>Where a column of the contract stands; -1 where the load fills it in, and the statement leaves it out.</summary>
    internal int this[int column] => _positions[column];

    /// <summary>Matches the columns that a statement gives.</summary>
    /// <param name="query">The statement.</param>
    /// <param name="contract">The contract of its rows.</param>
    /// <param name="names">The names of the columns that it gives, in order.</param>
    /// <exception cref="PipelineException">They are not those of the contract.</exception>
    internal static ResultColumns Match(SqlQuery query, IRowContract contract, IReadOnlyList<string> names)
    {
        int[] positions = new int[contract.Columns.Count];
        Array.Fill(positions, -1);
        var found = new Column[names.Count];
        var wrong = new List<string>();
        for (int i = 0; i < names.Count; i++)
        {
            int column = Find(contract, names[i]);
            if (column < 0)
            {
                wrong.Add(names[i].Length == 0 ? $"its column {i + 1} has no name" : $"{contract.DisplayName} has no column {Quote.Text(names[i])}");
            }
            else if (positions[column] >= 0)
            {
                wrong.Add($"it gives {names[i]} twice");
            }
            else
            {
                positions[column] = i;
                found[i] = contract.Columns[column];
            }
        }

        wrong.AddRange(contract.Columns.Where((_, i) => positions[i] < 0 && !query.Filled.Contains(i)).Select(column => $"it lacks {column.Name}"));
        return wrong.Count == 0
            ? new ResultColumns(query, contract, positions, found)
            : throw new PipelineException(
                FailureKind.Schema,
                $"the columns of its statement are not those of {contract.DisplayName}: {string.Join(", ", wrong)}",
                $"Nothing was changed. Name each column as the contract does: {string.Join(", ", contract.Columns.Select(column => column.Name))}.");
    }

    /// <summary>A value or type that a column of the contract cannot be read from.</summary>
    internal PipelineException Unreadable(Column column, string found) => new(
        FailureKind.Schema,
        $"column {column.Name} of its statement {found}, which is no {column.Type}",
        "Nothing was changed. Cast it in the statement, or correct the contract.");

    private static int Find(IRowContract contract, string name)
    {
        for (int i = 0; i < contract.Columns.Count; i++)
        {
            if (string.Equals(contract.Columns[i].Name, name, StringComparison.OrdinalIgnoreCase))
            {
                return i;
            }
        }

        return -1;
    }
}
