namespace TypedPipelines.Ledger;

/// <summary>What the ledger says of a partition.</summary>
public enum PartitionState
{
    /// <summary>Its last run published, after the window had ended.</summary>
    Complete,

    /// <summary>Its last run published while the window was still open.</summary>
    Partial,

    /// <summary>Its last run failed. Rows of an earlier run, where there was one, are untouched.</summary>
    Failed,

    /// <summary>It is loaded, but what it was made from has changed since: it is to be run again.</summary>
    Stale,
}
