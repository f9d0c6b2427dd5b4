namespace TypedPipelines.Sqlite;

/// <summary>
/// The load SQL of one table for SQLite, written by the source generator as readable constants. Staging is a table of the
/// connection's private <c>temp</c> schema, so its name is unique per run without being odd, and the operating system clears
/// it away whatever happens to the process.
/// </summary>
public sealed record SqliteLoadPlan : LoadPlan
{
    /// <inheritdoc/>
    public override string Destination => "sqlite";

    /// <summary>Creates the indexes that the load needs, where they are missing.</summary>
    public required IReadOnlyList<string> CreateIndexes { get; init; }

    /// <summary>Inserts one row into the staging table; parameter ?n is column n of the contract, from 1.</summary>
    public required string Stage { get; init; }
}
