namespace TypedPipelines.Running;

/// <summary>The declared checks of one load: those of single rows are made while the rows pass, and what those of all rows ask for is added up.</summary>
/// <typeparam name="TRow">The row type.</typeparam>
internal sealed class LoadChecks<TRow>
{
    private readonly TableContract<TRow> _contract;
    private readonly IRejectSink _rejects;

    internal LoadChecks(TableContract<TRow> contract, IRejectSink rejects)
    {
        _contract = contract;
        _rejects = rejects;
        Tallies = [.. contract.Checks.Select(static _ => new RowTally())];
        Measures = [.. contract.Checks.Select(static _ => new CheckMeasure())];
        AreOfRows = contract.Checks.Any(static check => check is RowCheck);
    }

    /// <summary>Whether there are checks of single rows.</summary>
    internal bool AreOfRows { get; }

    /// <summary>Rows of which those were made.</summary>
    internal long Asked { get; private set; }

    internal RowTally[] Tallies { get; }

    internal CheckMeasure[] Measures { get; }

    internal void Measure(ReadOnlySpan<TRow> rows) => _contract.Measure(rows, Measures);

    /// <summary>Makes the checks of a row, up to the first that it breaks.</summary>
    /// <returns>That one's place; -1 where it passes.</returns>
    internal int FindFailed(in TRow row, out string? reason)
    {
        Asked++;
        return _contract.FindFailedCheck(in row, 0, out reason);
    }

    /// <summary>Counts a row for each check that it breaks, up to the one that keeps it out.</summary>
    /// <param name="row">The row.</param>
    /// <param name="check">The first one.</param>
    /// <param name="reason">What that says of it.</param>
    /// <param name="position">Where the row came from.</param>
    /// <returns>Whether it stays: a check that fails the run does so at the end, when all that break it have been counted.</returns>
    internal bool Keeps(in TRow row, int check, string? reason, RowPosition position)
    {
        string shown = _contract.Show(in row);
        while (check >= 0)
        {
            TableCheck broken = _contract.Checks[check];
            Tallies[check].Add($"{position}: {(reason is null ? "" : $"{reason}: ")}{shown}");
            if (broken.Severity == CheckSeverity.Quarantine)
            {
                _rejects.Add(new Reject(_contract.DisplayName, position.Origin, position.Line, null, null, shown, Reason(broken, reason)));
                return false;
            }

            check = _contract.FindFailedCheck(in row, check + 1, out reason);
        }

        return true;
    }

    private static string Reason(TableCheck check, string? reason) => reason is null ? $"does not pass the check {check.Name}" : $"does not pass the check {check.Name}: {reason}";
}
