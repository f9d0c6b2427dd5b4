namespace TypedPipelines.Destinations;

/// <summary>A connection of a destination, as far as transactions go.</summary>
internal interface ITransactions
{
    /// <summary>Whether the connection still stands, as far as the driver has noticed.</summary>
    bool IsOpen { get; }

    /// <summary>Begins a writing transaction, of an isolation that no setting of the destination decides.</summary>
    Task BeginAsync(CancellationToken cancellationToken);

    /// <summary>Commits. Nothing cancels that: whoever cancelled it would not know what has happened.</summary>
    Task CommitAsync();

    /// <summary>Ends a transaction, where there is one and a connection that could have it.</summary>
    Task RollBackAsync();
}
