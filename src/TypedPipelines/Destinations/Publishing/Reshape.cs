namespace TypedPipelines.Destinations;

/// <summary>
/// A table that is replaced as a whole may take another shape with its rows: in the publishing transaction, between the last old row and
/// the first new one. So its columns are not held against the contract before.
/// </summary>
internal static class Reshape
{
    /// <summary>Whether a table takes its contract's shape when it is loaded. Where nobody loads it, it must have it.</summary>
    internal static bool Awaits(TableContract contract, string? loader) => contract.Strategy == LoadStrategy.ReplaceTable && loader is not null;

    /// <summary>The failure of a swap whose table could not be given its new shape.</summary>
    /// <param name="contract">The table.</param>
    /// <param name="database">Where it is, for people.</param>
    /// <param name="column">The column.</param>
    /// <param name="statement">What was refused.</param>
    /// <param name="reason">Why, as the database says.</param>
    /// <param name="cause">The database's failure.</param>
    internal static PipelineException Refused(TableContract contract, string database, string column, string statement, string reason, Exception? cause) => new(
        FailureKind.Schema,
        $"the table {contract.DisplayName} of {database} cannot take the shape of its contract: column {column}: {reason.TrimEnd('.')}; the statement was: {statement}",
        "Nothing was changed, neither the table's shape nor a row of it. Remove what stands in the way, or have somebody who may run the statement; then run again. Or let the contract be as the table is; or drop the table, which a run makes anew with all its rows, but without its grants and other indexes.",
        cause);
}
