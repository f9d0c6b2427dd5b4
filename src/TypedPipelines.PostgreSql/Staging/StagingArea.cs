namespace TypedPipelines.PostgreSql;

/// <summary>
/// The staging tables of one session. They share a connection, since temporary tables belong to one, and a connection has one
/// COPY at a time: it stays open, so that the server takes rows in while the next are made, until another table's turn comes.
/// Few rows need no such table: they are held here, and go straight into their own when they are published.
/// </summary>
internal sealed class StagingArea(PostgreSqlDatabase database)
{
    /// <summary>What is worth sending.</summary>
    private const int Enough = 128 * 1024;

    /// <summary>What is worth ending another table's COPY for, which costs a round trip.</summary>
    private const int EnoughToChange = 1024 * 1024;

    /// <summary>How much is held here of a table's rows before they are staged at the server.</summary>
    private const int Few = 4 * 1024 * 1024;

    private readonly List<IBufferedTable> _tables = [];
    private readonly HashSet<IBufferedTable> _staged = [];
    private IBufferedTable? _turn;
    private CopyIn? _copy;

    /// <summary>The tables, in the order in which they were opened.</summary>
    internal IReadOnlyList<IBufferedTable> Tables => _tables;

    internal async Task AddAsync(IBufferedTable table, CancellationToken cancellationToken)
    {
        _tables.Add(table);
        if (table.Plan.Copy is null)
        {
            await CreateAsync(table, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Whether a table's rows are all here, and go straight into it.</summary>
    internal bool Holds(IBufferedTable table) => !_staged.Contains(table);

    /// <summary>Sends a table's rows when there are enough of them.</summary>
    internal ValueTask OfferAsync(IBufferedTable table, CancellationToken cancellationToken) =>
        table.Waiting.Length >= (Holds(table) ? Few : _turn is null || _turn == table ? Enough : EnoughToChange)
            ? SendAsync(table, cancellationToken)
            : ValueTask.CompletedTask;

    /// <summary>Sends what waits, but for rows that can go straight into their table, and ends the COPY: then the connection is free for statements.</summary>
    internal async Task CompleteAsync(CancellationToken cancellationToken)
    {
        foreach (IBufferedTable table in _tables)
        {
            if (!Holds(table) || !table.IsFreeOfDuplicates)
            {
                await SendAsync(table, cancellationToken).ConfigureAwait(false);
            }
        }

        await EndCopyAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Stages at the server what was to go straight into its table.</summary>
    internal async Task StageAsync(IBufferedTable table, CancellationToken cancellationToken)
    {
        await SendAsync(table, cancellationToken).ConfigureAwait(false);
        await EndCopyAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Copies the rows held of a table into it. They stay here, for a publish that is tried again.</summary>
    internal async Task CopyAsync(IBufferedTable table, CancellationToken cancellationToken)
    {
        try
        {
            _copy = await CopyIn.BeginAsync(database, table.Plan.Copy!, cancellationToken).ConfigureAwait(false);
            await _copy.WriteAsync(table.Waiting.Content, cancellationToken).ConfigureAwait(false);
            await EndCopyAsync(cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await AbandonCopyAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Gives up what was staged.</summary>
    internal async Task AbandonAsync()
    {
        await AbandonCopyAsync().ConfigureAwait(false);
        foreach (IBufferedTable table in _tables)
        {
            table.Dispose();
        }
    }

    private async Task AbandonCopyAsync()
    {
        if (_copy is { } copy)
        {
            _copy = null;
            _turn = null;
            await copy.AbandonAsync().ConfigureAwait(false);
        }
    }

    private async Task CreateAsync(IBufferedTable table, CancellationToken cancellationToken)
    {
        await EndCopyAsync(cancellationToken).ConfigureAwait(false);
        await database.RunAsync(table.Plan.CreateStaging, cancellationToken).ConfigureAwait(false);
        _staged.Add(table);
    }

    private async ValueTask SendAsync(IBufferedTable table, CancellationToken cancellationToken)
    {
        if (Holds(table))
        {
            await CreateAsync(table, cancellationToken).ConfigureAwait(false);
        }

        if (table.Waiting.Length == 0)
        {
            return;
        }

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
