namespace TypedPipelines.SqlServer;

/// <summary>What the rows that a publishing statement touches count as.</summary>
public enum SqlServerEffect
{
    /// <summary>Inserted.</summary>
    Insert,

    /// <summary>Updated.</summary>
    Update,

    /// <summary>Deleted.</summary>
    Delete,

    /// <summary>Nothing: they are rows of the staging table.</summary>
    None,
}
