namespace TypedPipelines.SqlServer;

/// <summary>
/// The load SQL of one table for SQL Server, written by the source generator as readable constants. Staging is a temporary
/// table: it belongs to its connection, so its name is unique per run without being odd, and it goes when the connection goes.
/// </summary>
public sealed class SqlServerLoadPlan : ILoadPlan
{
    /// <inheritdoc/>
    public string Destination => "sqlserver";

    /// <summary>The table, quoted, with its schema where the contract names one.</summary>
    public required string Table { get; init; }

    /// <summary>Creates the schema that the contract names; null where it names none. Run only where the schema is missing.</summary>
    public string? CreateSchema { get; init; }

    /// <summary>Creates the table. Run only where it is missing.</summary>
    public required string CreateTable { get; init; }

    /// <summary>The indexes that the load needs. Created only where they are missing.</summary>
    public required IReadOnlyList<SqlServerIndex> CreateIndexes { get; init; }

    /// <summary>Type, collation and null-ness of each column, in the contract's order: what the table's columns are held against.</summary>
    public required IReadOnlyList<string> Definitions { get; init; }

    /// <summary>The staging table, quoted.</summary>
    public required string Staging { get; init; }

    /// <summary>Creates the staging table: the contract's columns first and in order, no keys.</summary>
    public required string CreateStaging { get; init; }

    /// <summary>Drops the staging table, so that a pooled connection is given back without it.</summary>
    public required string DropStaging { get; init; }

    /// <summary>Creates an index on the staged rows; null where the load does not look them up by their key, or no index can hold that.</summary>
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
    public required IReadOnlyList<SqlServerStatement> Publish { get; init; }

    /// <summary>Selects the contract's columns of all rows.</summary>
    public required string Read { get; init; }

    /// <summary>Selects the contract's columns of the rows in a window, <c>@start</c> to <c>@end</c>; null where there is no partition column.</summary>
    public string? ReadWindow { get; init; }
}
