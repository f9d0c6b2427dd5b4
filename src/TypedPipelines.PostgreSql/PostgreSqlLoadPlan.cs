namespace TypedPipelines.PostgreSql;

/// <summary>
/// The load SQL of one table for PostgreSQL, written by the source generator as readable constants. Staging is a temporary
/// table: it belongs to its connection, so its name is unique per run without being odd, and it goes when the connection goes.
/// </summary>
public sealed record PostgreSqlLoadPlan : ServerLoadPlan
{
    /// <inheritdoc/>
    public override string Destination => "postgresql";

    /// <summary>Begins the binary COPY of the contract's columns into the staging table.</summary>
    public required string Stage { get; init; }

    /// <summary>Counts, of the first two hundred staged rows, those that the table has as they are; null without <see cref="LoadPlan.Upsert"/>.</summary>
    public string? CountUnchanged { get; init; }

    /// <summary>Selects the contract's columns of the staged row with the longest key; null where no column of the key has a length.</summary>
    public string? FindLongest { get; init; }

    /// <summary>Begins the binary COPY of the contract's columns into the table itself; null where staged rows are merged with the table's.</summary>
    public string? Copy { get; init; }
}
