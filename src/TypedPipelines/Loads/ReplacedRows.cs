namespace TypedPipelines;

/// <summary>
/// The load SQL of a table that keeps what its loads replace, in a table beside it: of each partition the rows that were there before its
/// last load. The statements' parameters are those of a publish.
/// </summary>
public sealed record ReplacedRows
{
    /// <summary>The table of kept rows, quoted.</summary>
    public required string Table { get; init; }

    /// <summary>Creates it: the contract's columns in order, no keys.</summary>
    public required string Create { get; init; }

    /// <summary>Creates the index by which the rows of a partition are found; null where all rows are of one.</summary>
    public string? CreateIndex { get; init; }

    /// <summary>Forgets what was kept of the partition.</summary>
    public required LoadStatement Forget { get; init; }

    /// <summary>Keeps the rows of the table that the publish is about to delete.</summary>
    public required LoadStatement Keep { get; init; }

    /// <summary>Selects the contract's columns of the kept rows of the partition.</summary>
    public required LoadStatement Read { get; init; }
}
