namespace TypedPipelines.Destinations;

/// <summary>The staging of one table in one run: rows wait there, out of every reader's sight, until the publish.</summary>
/// <typeparam name="TRow">The row type.</typeparam>
public interface IStaging<TRow>
{
    /// <summary>Stages rows.</summary>
    /// <param name="rows">Rows that keep their contract.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="RowWriteException">The destination cannot hold a value exactly.</exception>
    ValueTask AddAsync(ReadOnlyMemory<TRow> rows, CancellationToken cancellationToken);
}
