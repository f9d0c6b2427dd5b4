namespace TypedPipelines;

/// <summary>What a check that is not passed does.</summary>
public enum CheckSeverity
{
    /// <summary>The run fails before anything is published: the tables stay as they were.</summary>
    Fail,

    /// <summary>The rows that break it are kept out, as rejects with their reason, and the others are loaded. For checks of single rows.</summary>
    Quarantine,

    /// <summary>The rows are loaded all the same, and the ledger and the log say so.</summary>
    Warn,
}
