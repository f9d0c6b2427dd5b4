namespace TypedPipelines.SqlServer;

/// <summary>
/// The load SQL of one table for SQL Server, written by the source generator as readable constants. Staging is a temporary
/// table: it belongs to its connection, so its name is unique per run without being odd, and it goes when the connection goes.
/// </summary>
public sealed record SqlServerLoadPlan : ServerLoadPlan
{
    /// <inheritdoc/>
    public override string Destination => "sqlserver";

    /// <summary>The most bytes that an entry of the key's index can have; 0 where the table has no key.</summary>
    public required int KeyBytes { get; init; }

    /// <summary>Drops the staging table, so that a pooled connection is given back without it.</summary>
    public required string DropStaging { get; init; }
}
