using TypedPipelines.Ledger;

namespace TypedPipelines.Destinations;

/// <summary>A database that pipelines load into. Implementations hold no state of a run: that is the session's.</summary>
public interface IDestination
{
    /// <summary>The name in configuration and on the command line, such as <c>sqlite</c>.</summary>
    string Name { get; }

    /// <summary>Where the rows go, for people: a file or a server and database, never a password.</summary>
    string DisplayName { get; }

    /// <summary>What tables of it are called outside, by OpenLineage's rules.</summary>
    DatasetNames Datasets => new($"{Name}://{DisplayName}", null);

    /// <summary>The ledger, for reading.</summary>
    ILedger Ledger { get; }

    /// <summary>
    /// Creates what is missing of the ledger and of the tables, and checks that the tables have the shape of their contracts.
    /// Changes nothing where all is there. Where a table has to be created, what the ledger says of the pipeline that loads it is no
    /// longer so: in the transaction that creates the table, its partitions' entries are taken back, and all are missing again.
    /// </summary>
    /// <param name="tables">The contracts of the tables about to be loaded.</param>
    /// <param name="loaderOf">The name of the pipeline that loads a table; null for none.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="PipelineException">A table has another shape, or the destination cannot be reached.</exception>
    Task PrepareAsync(IReadOnlyList<TableContract> tables, Func<TableContract, string?> loaderOf, CancellationToken cancellationToken);

    /// <summary>
    /// Looks for a table: one that was dropped, or that is another than the one that was loaded, makes what the ledger says of its partitions
    /// untrue. Changes nothing.
    /// </summary>
    /// <param name="table">The table's contract.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    /// <returns>The table as the destination calls it, whatever the contract does; null where there is none.</returns>
    Task<string?> FindTableAsync(TableContract table, CancellationToken cancellationToken);

    /// <summary>Looks for the pipeline that loaded a table last, by the name that it had then. Changes nothing.</summary>
    /// <param name="table">The table's contract.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    /// <returns>The pipeline's name; null where nobody has loaded it, or nobody knows.</returns>
    Task<string?> FindLoaderAsync(TableContract table, CancellationToken cancellationToken) => Task.FromResult<string?>(null);

    /// <summary>Has the statement of a SQL step read and described, without running it. All tables that it reads are there.</summary>
    /// <param name="query">The statement.</param>
    /// <param name="contract">The contract of its rows.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="PipelineException">The destination refuses the statement, or its columns are not those of the contract.</exception>
    Task CheckAsync(SqlQuery query, IRowContract contract, CancellationToken cancellationToken) => throw RunsNoSql();

    /// <summary>
    /// Takes a partition for a run: waits for its lock, then notes the run in the ledger. What a dead process left behind is
    /// cleared away.
    /// </summary>
    /// <param name="run">The run.</param>
    /// <param name="lockWait">How long to wait for another run of the partition; zero fails at once.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <exception cref="PipelineException">Another run holds the partition, and the message names it.</exception>
    Task<IPartitionSession> BeginAsync(RunIdentity run, TimeSpan lockWait, CancellationToken cancellationToken);

    internal static PipelineException RunsNoSql() => new(
        FailureKind.Usage, "this destination runs no SQL steps", "Write the step in C#, as a [Step] that takes the rows of a [Source].");
}
