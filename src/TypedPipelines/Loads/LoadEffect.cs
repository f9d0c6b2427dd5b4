namespace TypedPipelines;

/// <summary>What the rows that a publishing statement touches count as.</summary>
public enum LoadEffect
{
    /// <summary>Inserted.</summary>
    Insert,

    /// <summary>Updated.</summary>
    Update,

    /// <summary>Deleted.</summary>
    Delete,

    /// <summary>Deleted, since the batch does not have them: left out where <see cref="DeleteLimits.OnlyByLatest"/> says so.</summary>
    DeleteMissing,

    /// <summary>Nothing: they are rows of the staging table, or a question.</summary>
    None,
}
