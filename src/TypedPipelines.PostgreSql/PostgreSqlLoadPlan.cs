namespace TypedPipelines.PostgreSql;

/// <summary>
/// The load SQL of one table for PostgreSQL, written by the source generator as readable constants. Staging is a temporary
/// table: it belongs to its connection, so its name is unique per run without being odd, and it goes when the connection goes.
/// </summary>
public sealed class PostgreSqlLoadPlan : ServerLoadPlan
{
    /// <inheritdoc/>
    public override string Destination => "postgresql";

    /// <summary>Begins the binary COPY of the contract's columns into the staging table.</summary>
    public required string Stage { get; init; }
}
