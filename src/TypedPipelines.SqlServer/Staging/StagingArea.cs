namespace TypedPipelines.SqlServer;

/// <summary>
/// The staging tables of one session. They share its connection, since temporary tables belong to one. Rows go out in bulk copies of
/// many, of one table at a time, so that between two of them the connection is free for statements.
/// </summary>
internal sealed class StagingArea(SqlServerDatabase database)
{
    private readonly List<IBufferedTable> _tables = [];

    /// <summary>The tables, in the order in which they were opened.</summary>
    internal IReadOnlyList<IBufferedTable> Tables => _tables;

    internal async Task AddAsync(IBufferedTable table, CancellationToken cancellationToken)
    {
        await database.RunAsync(table.Plan.CreateStaging, cancellationToken).ConfigureAwait(false);
        _tables.Add(table);
    }

    /// <summary>Sends a table's rows when there are enough of them.</summary>
    internal ValueTask OfferAsync(IBufferedTable table, CancellationToken cancellationToken) =>
        table.Waiting.IsEnough ? new ValueTask(SendAsync(table, cancellationToken)) : ValueTask.CompletedTask;

    /// <summary>Sends what waits.</summary>
    internal async Task CompleteAsync(CancellationToken cancellationToken)
    {
        foreach (IBufferedTable table in _tables)
        {
            if (table.Waiting.Count > 0)
            {
                await SendAsync(table, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Clears the tables away, so that whoever gets the connection next does not find them.</summary>
    internal async Task DropAsync()
    {
        foreach (IBufferedTable table in _tables)
        {
            await database.RunAsync(table.Plan.DropStaging, CancellationToken.None).ConfigureAwait(false);
        }
    }

    private async Task SendAsync(IBufferedTable table, CancellationToken cancellationToken)
    {
        await database.CopyAsync(table.Plan.Staging, new StagedRows(table.Waiting), cancellationToken).ConfigureAwait(false);
        table.Waiting.Clear();
    }
}
