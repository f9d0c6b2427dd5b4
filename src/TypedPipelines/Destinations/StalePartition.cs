namespace TypedPipelines.Destinations;

/// <summary>A partition that was made from what a run has changed.</summary>
/// <param name="Pipeline">Its pipeline's name.</param>
/// <param name="Partition">Its key.</param>
/// <param name="Reason">Why it is to be run again, as the end of a sentence that begins with the partition.</param>
public sealed record StalePartition(string Pipeline, string Partition, string Reason)
{
    /// <summary>The reason where a table has gained columns.</summary>
    /// <param name="table">The table.</param>
    /// <param name="columns">The columns.</param>
    public static string ColumnsAdded(TableContract table, IReadOnlyCollection<string> columns)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(columns);
        return $"the {(columns.Count == 1 ? "column" : "columns")} {string.Join(", ", columns)} {(columns.Count == 1 ? "was" : "were")} added to {table.DisplayName} after it was loaded";
    }

    /// <summary>The reason where a table that is replaced as a whole takes a new shape with its next rows.</summary>
    /// <param name="table">The table.</param>
    /// <param name="columns">The columns that are added or become others.</param>
    public static string ShapeChanges(TableContract table, IReadOnlyCollection<string> columns)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(columns);
        return $"the contract of {table.DisplayName} has changed in the {(columns.Count == 1 ? "column" : "columns")} {string.Join(", ", columns)}, and the table takes that shape when it is loaded";
    }
}
