namespace TypedPipelines;

/// <summary>
/// Marks a method that brings rows into a pipeline. It returns <see cref="CsvFiles{TRow}"/>, <see cref="JsonFiles{TRow}"/>,
/// <see cref="HttpPages{TRow}"/>, <see cref="Table{TRow}"/>, <see cref="IEnumerable{T}"/>, <see cref="IAsyncEnumerable{T}"/> or another
/// <see cref="ISource{TRow}"/>, and may take the partition, the <see cref="RunContext"/> and a <see cref="CancellationToken"/>, in any order.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SourceAttribute : Attribute
{
    /// <summary>
    /// The share of the rows read, 0 to 1, that may be rejected as malformed or unparsable before the run is stopped.
    /// Rejected rows are kept in quarantine either way. 0, the default, stops the run at the first of them.
    /// </summary>
    public double MaxRejectedShare { get; set; }
}
