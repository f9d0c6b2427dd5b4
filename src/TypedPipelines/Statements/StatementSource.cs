namespace TypedPipelines;

/// <summary>The rows of a SQL step's statement: what goes wrong with them names the step.</summary>
internal sealed class StatementSource<TRow>(SqlQuery query, IRowSource<TRow> rows) : IRowSource<TRow>
{
    public async ValueTask<bool> ReadAsync(RowBatch<TRow> batch, CancellationToken cancellationToken)
    {
        try
        {
            return await rows.ReadAsync(batch, cancellationToken).ConfigureAwait(false);
        }
        catch (PipelineException e)
        {
            throw query.Failure(e);
        }
    }

    public ValueTask DisposeAsync() => rows.DisposeAsync();
}
