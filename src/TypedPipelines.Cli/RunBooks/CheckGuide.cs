namespace TypedPipelines.Cli.RunBooks;

/// <summary>What a check that is not passed comes to, and what to do about it where its author has not said so: sentences in Markdown.</summary>
internal static class CheckGuide
{
    internal static string Consequence(CheckSeverity severity) => severity switch
    {
        CheckSeverity.Fail => "the run fails with exit code 3, and the rows that were there before stay.",
        CheckSeverity.Quarantine => "the rows that break it are kept out, as [rejects](#rejects), and the others are loaded.",
        _ => "the rows are loaded all the same, and it is told in the log, in the ledger and by an alert.",
    };

    internal static string Remedy(TableCheck check)
    {
        string look = check switch
        {
            RowCountCheck => "see whether the source has delivered everything, and once. If so many rows are right, the bounds of the check are wrong.",
            StatementCheck => "look at the rows that its statement found, which `checks` shows, and mend them at their source.",
            RowCheck => "look at the rows that break it, with their file and line, and mend them at their source or in a step.",
            FreshCheck => "see whether the source is still being written to, and ask whoever writes it.",
            NullShareCheck => "see whether the source has stopped to fill in the value, or has renamed it.",
            SteadyCheck => "compare the figure with those of earlier days: another unit, rows that are there twice, or a part of the source that is missing.",
            DeclaredCheck { Other: { } other } => $"load {Markdown.Code(other)} first; a value that is still missing there is wrong in the source, or new.",
            DeclaredCheck => "find out whether the source has delivered rows twice; where two may be right, what is unique is another thing.",
            _ => "look at what it found.",
        };
        string after = check.Severity == CheckSeverity.Warn ? "Where the rows were wrong, mend them and run the partition again." : "Then run the partition again; `retry` does so.";
        return char.ToUpperInvariant(look[0]) + look[1..] + " " + after;
    }
}
