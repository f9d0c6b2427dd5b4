namespace TypedPipelines.PostgreSql;

/// <summary>What the rows that a publishing statement touches count as.</summary>
public enum PostgreSqlEffect
{
    /// <summary>Inserted.</summary>
    Insert,

    /// <summary>Updated.</summary>
    Update,

    /// <summary>Deleted.</summary>
    Delete,
}
