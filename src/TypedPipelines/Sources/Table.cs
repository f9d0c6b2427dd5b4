namespace TypedPipelines;

/// <summary>
/// The rows of a table in the destination: what another pipeline loaded. As a source it is read row by row; a SQL step takes it as a
/// parameter, and its name in the statement is that of the table.
/// </summary>
/// <typeparam name="TRow">The table's row contract.</typeparam>
public sealed class Table<TRow>
{
    private Table(Partition? partition) => Partition = partition;

    /// <summary>The partition whose window is read; null for all rows.</summary>
    internal Partition? Partition { get; }

    /// <summary>All rows of the table.</summary>
    public static Table<TRow> All { get; } = new(null);

    /// <summary>The rows in a partition's window, by the table's partition column.</summary>
    /// <param name="partition">The partition.</param>
    public static Table<TRow> In(Partition partition)
    {
        ArgumentNullException.ThrowIfNull(partition);
        return new Table<TRow>(partition);
    }
}
