namespace TypedPipelines;

/// <summary>The typed parser of one row type for CSV. The source generator writes one for every row type that <see cref="CsvFiles{TRow}"/> reads.</summary>
/// <typeparam name="TRow">The row type.</typeparam>
public abstract class CsvContract<TRow>
{
    /// <summary>The columns, in the order in which <see cref="TryParse"/> asks for them, by the names looked for in the header.</summary>
    public abstract IReadOnlyList<string> Columns { get; }

    /// <summary>
    /// Parses a record. Where a field cannot be read, the record itself remembers which and why
    /// (<see cref="CsvRecord.FailedColumn"/>), and the result is false.
    /// </summary>
    /// <param name="record">The record.</param>
    /// <param name="row">The row.</param>
    public abstract bool TryParse(ref CsvRecord record, out TRow row);
}
