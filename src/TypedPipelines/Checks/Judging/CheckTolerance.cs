namespace TypedPipelines.Running;

/// <summary>How many rows may break a check.</summary>
/// <param name="MaxRows">So many; null for no such number.</param>
/// <param name="MaxShare">Such a share of those asked; null for none.</param>
internal readonly record struct CheckTolerance(long? MaxRows, double? MaxShare)
{
    private bool IsDeclared => MaxRows is not null || MaxShare is not null;

    /// <summary>What comes of a check that some rows break.</summary>
    internal CheckOutcome Judge(CheckSeverity severity, long broken, long asked)
    {
        if (broken == 0)
        {
            return CheckOutcome.Passed;
        }

        bool exceeded = broken > MaxRows || broken > MaxShare * asked;
        return severity switch
        {
            CheckSeverity.Quarantine => exceeded ? CheckOutcome.Failed : CheckOutcome.Quarantined,
            CheckSeverity.Warn => exceeded || !IsDeclared ? CheckOutcome.Warned : CheckOutcome.Passed,
            _ => exceeded || !IsDeclared ? CheckOutcome.Failed : CheckOutcome.Warned,
        };
    }

    internal string Describe(CheckSeverity severity)
    {
        string[] limits =
        [
            .. MaxRows is { } rows ? [CheckNumber.Rows(rows)] : Array.Empty<string>(),
            .. MaxShare is { } share ? [CheckNumber.Percent(share) + " of the rows"] : Array.Empty<string>(),
        ];
        return limits.Length > 0 ? $"at most {string.Join(" and ", limits)} to break it"
            : severity == CheckSeverity.Quarantine ? "no row to break it; those that do are kept out"
            : "no row to break it";
    }
}
