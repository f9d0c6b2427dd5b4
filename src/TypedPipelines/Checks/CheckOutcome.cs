namespace TypedPipelines;

/// <summary>What came of a check in one run. The names are stable: they stand in the ledger and in <c>--json</c> output.</summary>
public enum CheckOutcome
{
    /// <summary>Nothing is wrong.</summary>
    Passed,

    /// <summary>Something is, and was loaded all the same: the check only warns, or no more rows break it than it tolerates.</summary>
    Warned,

    /// <summary>The rows that break it were put into quarantine, and the others loaded.</summary>
    Quarantined,

    /// <summary>Something is wrong, and the run failed for it.</summary>
    Failed,

    /// <summary>There are too few earlier loads to compare with: the check said nothing.</summary>
    NotEnoughHistory,

    /// <summary>The run ended before the check could be made.</summary>
    Skipped,
}
