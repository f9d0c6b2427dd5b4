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

    /// <summary>
    /// Deleted, since the batch does not have them. This and <see cref="CloseMissing"/> are left out where the run left rows out, and where
    /// <see cref="DeleteLimits.OnlyByLatest"/> says so.
    /// </summary>
    DeleteMissing,

    /// <summary>Updated: versions that end, since the batch does not have their keys.</summary>
    CloseMissing,

    /// <summary>Nothing: they are rows of the staging table, or a question.</summary>
    None,
}
