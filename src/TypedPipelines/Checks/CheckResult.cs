namespace TypedPipelines;

/// <summary>What came of one check in one run.</summary>
/// <param name="Table">The table whose rows were checked.</param>
/// <param name="Check">The check's name.</param>
/// <param name="Severity">What it does where it is not passed.</param>
/// <param name="Outcome">What came of it.</param>
/// <param name="Expected">What it asks for, as the end of a sentence that begins with "expected".</param>
public sealed record CheckResult(string Table, string Check, CheckSeverity Severity, CheckOutcome Outcome, string Expected)
{
    /// <summary>What was counted or measured: rows that break it, a number of rows, a share, a mean; null where nothing was.</summary>
    public double? Observed { get; init; }

    /// <summary>What was found, as a sentence without its full stop; null where there is nothing to say.</summary>
    public string? Finding { get; init; }

    /// <summary>Some of the rows that break it, one in a line; null where there are none.</summary>
    public string? Sample { get; init; }

    /// <summary>How long it took; zero for a check of single rows, which is made while they pass.</summary>
    public TimeSpan Duration { get; init; }
}
