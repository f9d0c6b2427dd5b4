namespace TypedPipelines.PostgreSql;

/// <summary>
/// The staging tables of one session. They share a connection, since temporary tables belong to one, and a connection has one
/// COPY at a time: it stays open, so that the server takes rows in while the next are made, until another table's turn comes.
/// </summary>
internal sealed class StagingArea(PostgreSqlDatabase database)
{
    /// <summary>What is worth sending.</summary>
    private const int Enough = 128 * 1024;

    /// <summary>What is worth ending another table's COPY for, which costs a round trip.</summary>
    private const int EnoughToChange = 1024 * 1024;

    private readonly List<IBufferedTable> _tables = [];
    private IBufferedTable? _turn;
    private CopyIn? _copy;

    /// <summary>The tables, in the order in which they were opened.</summary>
    internal IReadOnlyList<IBufferedTable> Tables => _tables;

    internal async Task AddAsync(IBufferedTable table, CancellationToken cancellationToken)
    {
        await EndCopyAsync(cancellationToken).ConfigureAwait(false);
        await database.RunAsync(table.Plan.CreateStaging, cancellationToken).ConfigureAwait(false);
        _tables.Add(table);
    }

    /// <summary>Sends a table's rows when there are enough of them.</summary>
    internal ValueTask OfferAsync(IBufferedTable table, CancellationToken cancellationToken) =>
        table.Waiting.Length >= (_turn is null || _turn == table ? Enough : EnoughToChange)
            ? SendAsync(table, cancellationToken)
            : ValueTask.CompletedTask;

    /// <summary>Sends what waits and ends the COPY: then the connection is free for statements.</summary>
    internal async Task CompleteAsync(CancellationToken cancellationToken)
    {
        foreach (IBufferedTable table in _tables)
        {
            if (table.Waiting.Length > 0)
            {
                await SendAsync(table, cancellationToken).ConfigureAwait(false);
            }
        }

        await EndCopyAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Gives up what was staged.</summary>
    internal async Task AbandonAsync()
    {
        if (_copy is { } copy)
        {
            _copy = null;
            await copy.AbandonAsync().ConfigureAwait(false);
        }

        foreach (IBufferedTable table in _tables)
        {
            table.Dispose();
        }
    }

    private async ValueTask SendAsync(IBufferedTable table, CancellationToken cancellationToken)
    {
        if (_turn != table)
        {
            await EndCopyAsync(cancellationToken).ConfigureAwait(false);
            _copy = await CopyIn.BeginAsync(database, table.Plan.Stage, cancellationToken).ConfigureAwait(false);
            _turn = table;
        }

        await _copy!.WriteAsync(table.Waiting.Content, cancellationToken).ConfigureAwait(false);
        table.Waiting.Length = 0;
    }

    private async Task EndCopyAsync(CancellationToken cancellationToken)
    {
        if (_copy is { } copy)
        {
            _turn = null;
            await copy.CompleteAsync(cancellationToken).ConfigureAwait(false);
            _copy = null;
        }
    }
}
