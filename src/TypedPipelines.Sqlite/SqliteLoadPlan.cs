namespace TypedPipelines.Sqlite;

/// <summary>
/// The load SQL of one table for SQLite, written by the source generator as readable constants. Staging is a table of the
/// connection's private <c>temp</c> schema, so its name is unique per run without being odd, and the operating system clears
/// it away whatever happens to the process.
/// </summary>
public sealed class SqliteLoadPlan : ILoadPlan
{
    /// <inheritdoc/>
    public string Destination => "sqlite";

    /// <summary>Creates the table where it is missing.</summary>
    public required string CreateTable { get; init; }

    /// <summary>Creates the indexes that the load needs, where they are missing.</summary>
    public required IReadOnlyList<string> CreateIndexes { get; init; }

    /// <summary>Creates the staging table: the contract's columns, no keys.</summary>
    public required string CreateStaging { get; init; }

    /// <summary>Inserts one row into the staging table; parameter ?n is column n of the contract, from 1.</summary>
    public required string Stage { get; init; }

    /// <summary>Creates an index on the staged rows; null where the load does not look them up by their key.</summary>
    public string? IndexStaging { get; init; }

    /// <summary>
    /// Selects the contract's columns of two staged rows that have one key; null where the contract has no key, or keeps the
    /// latest.
    /// </summary>
    public string? FindDuplicates { get; init; }

    /// <summary>Deletes the staged rows that give way to a later one with the same key; null where the contract does not keep the latest.</summary>
    public string? KeepLatest { get; init; }

    /// <summary>
    /// Selects, inside the publishing transaction, the contract's columns of a staged row and then of the row in the table that has its
    /// key and version and is another; null where the contract has no version, or says what is to happen.
    /// </summary>
    public string? FindConflict { get; init; }

    /// <summary>
    /// Counts, inside the publishing transaction, the table's rows in scope and those of them that the batch does not have; null where the
    /// contract deletes none for that.
    /// </summary>
    public string? CountMissing { get; init; }

    /// <summary>
    /// Makes the staged rows the table's content, statement by statement, inside the publishing transaction. <c>@start</c> and
    /// <c>@end</c> are the run's window in the form of the column that goes by it, <c>@partition</c> is the partition's key.
    /// </summary>
    public required IReadOnlyList<SqliteStatement> Publish { get; init; }

    /// <summary>Selects the contract's columns of all rows.</summary>
    public required string Read { get; init; }

    /// <summary>Selects the contract's columns of the rows in a window, <c>@start</c> to <c>@end</c>; null where there is no partition column.</summary>
    public string? ReadWindow { get; init; }
}
