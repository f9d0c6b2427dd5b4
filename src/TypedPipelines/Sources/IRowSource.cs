namespace TypedPipelines;

/// <summary>An open source of rows, read in batches.</summary>
/// <typeparam name="TRow">The row type.</typeparam>
public interface IRowSource<TRow> : IAsyncDisposable
{
    /// <summary>Fills a batch with the next rows.</summary>
    /// <param name="batch">The batch; its former rows are gone.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    /// <returns>Whether there may be more rows. A batch can be empty before the end.</returns>
    /// <exception cref="PipelineException">The source cannot be read.</exception>
    ValueTask<bool> ReadAsync(RowBatch<TRow> batch, CancellationToken cancellationToken);
}
