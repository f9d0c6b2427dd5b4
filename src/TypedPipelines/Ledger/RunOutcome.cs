namespace TypedPipelines.Ledger;

/// <summary>How a run ended.</summary>
public enum RunOutcome
{
    /// <summary>It has not ended; or its process died, and no later run has taken its place.</summary>
    Running,

    /// <summary>It published.</summary>
    Succeeded,

    /// <summary>It failed and changed nothing.</summary>
    Failed,

    /// <summary>It was cancelled and changed nothing.</summary>
    Cancelled,

    /// <summary>Another run loaded the partition while this one waited for it: there was nothing left to do.</summary>
    Superfluous,

    /// <summary>Its process died, and a later run took its place. It changed nothing.</summary>
    Abandoned,

    /// <summary>It published, and its load was undone since: what it replaced is in the tables again.</summary>
    Undone,

    /// <summary>It undid the load of another run.</summary>
    Restored,
}
