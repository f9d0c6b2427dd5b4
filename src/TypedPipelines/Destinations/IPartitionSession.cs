using TypedPipelines.Ledger;

namespace TypedPipelines.Destinations;

/// <summary>
/// A run's hold on its partition: rows are staged, then published together with the ledger's entry in one transaction.
/// Disposing it without a publish leaves the tables as they were, and gives the partition free. Used by one thread at a time.
/// </summary>
public interface IPartitionSession : IAsyncDisposable
{
    /// <summary>The ledger's entry of the partition, as it was when the lock was taken; null where it was never run.</summary>
    PartitionEntry? Before { get; }

    /// <summary>Opens the staging of a table. What is staged is published in the order in which tables were opened.</summary>
    /// <typeparam name="TRow">The row type.</typeparam>
    /// <param name="contract">The table's contract.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    Task<IStaging<TRow>> StageAsync<TRow>(TableContract<TRow> contract, CancellationToken cancellationToken);

    /// <summary>Opens the rows of a table for reading, as of one moment.</summary>
    /// <typeparam name="TRow">The row type.</typeparam>
    /// <param name="contract">The table's contract.</param>
    /// <param name="partition">The partition whose window is read; null for all rows.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    Task<IRowSource<TRow>> ReadAsync<TRow>(TableContract<TRow> contract, Partition? partition, CancellationToken cancellationToken);

    /// <summary>Runs the statement of a SQL step, which reads the tables as of one moment and changes nothing, and opens its rows.</summary>
    /// <typeparam name="TRow">The row type.</typeparam>
    /// <param name="query">The statement.</param>
    /// <param name="contract">The contract of its rows.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="PipelineException">A table is not there, the destination refuses the statement, or its columns are not those of the contract.</exception>
    Task<IRowSource<TRow>> QueryAsync<TRow>(SqlQuery query, IRowContract<TRow> contract, CancellationToken cancellationToken) => throw IDestination.RunsNoSql();

    /// <summary>Opens the rows that the partition's last load replaced in a table that keeps them, as of one moment.</summary>
    /// <typeparam name="TRow">The row type.</typeparam>
    /// <param name="contract">The table's contract, whose plan has <see cref="LoadPlan.Replaced"/>.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    Task<IRowSource<TRow>> ReadReplacedAsync<TRow>(TableContract<TRow> contract, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>
    /// Checks what is staged (duplicate keys), then publishes it: in one transaction, after checking that the partition is
    /// still this run's, the tables' rows, the partition's entry, the run's end and its rejects. The counts of rows loaded and
    /// superseded are the destination's to fill in.
    /// </summary>
    /// <param name="end">How the run ended: <see cref="RunOutcome.Succeeded"/>, or <see cref="RunOutcome.Restored"/> where it undoes a load.</param>
    /// <param name="cancellationToken">Stops the work; nothing is published then.</param>
    /// <returns>What was done to each table, in the order of staging.</returns>
    /// <exception cref="PipelineException">
    /// Two staged rows have one key; the run lost its lock; a constraint of the table refused a row. Nothing was published.
    /// </exception>
    Task<IReadOnlyList<LoadedTable>> PublishAsync(RunEnd end, CancellationToken cancellationToken);

    /// <summary>
    /// Notes in the ledger, in a transaction of its own, that the run ended without a publish, with its rejects. Only
    /// <see cref="RunOutcome.Failed"/> changes the partition's entry.
    /// </summary>
    /// <param name="end">How the run ended.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    Task FailAsync(RunEnd end, CancellationToken cancellationToken);
}
