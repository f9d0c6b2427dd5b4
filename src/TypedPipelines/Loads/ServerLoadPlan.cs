namespace TypedPipelines;

/// <summary>The load SQL of one table for a database server, which has schemas, and a catalog to hold a table against.</summary>
public abstract record ServerLoadPlan : LoadPlan
{
    /// <summary>For a destination's kind of plan.</summary>
    protected ServerLoadPlan()
    {
    }

    /// <summary>The table, quoted, with its schema where the contract names one.</summary>
    public required string Table { get; init; }

    /// <summary>Creates the schema that the contract names; null where it names none. Run only where the schema is missing.</summary>
    public string? CreateSchema { get; init; }

    /// <summary>The indexes that the load needs. Created only where they are missing.</summary>
    public required IReadOnlyList<TableIndex> CreateIndexes { get; init; }

    /// <summary>Type, collation and null-ness of each column, in the contract's order: what the table's columns are held against.</summary>
    public required IReadOnlyList<string> Definitions { get; init; }

    /// <summary>The staging table, quoted.</summary>
    public required string Staging { get; init; }
}
