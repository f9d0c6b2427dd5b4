using TypedPipelines.Ledger;

namespace TypedPipelines.Cli.Rendering;

/// <summary>Checks as people read them: what came of each, what it found, and what it expected.</summary>
internal static class CheckText
{
    /// <summary>The word for how a run ended: that it stopped before bad data was published is no failure like another.</summary>
    internal static string OutcomeOf(RunEntry run) => run is { Outcome: RunOutcome.Failed, FailureKind: nameof(FailureKind.Check) } ? "checks failed" : run.Outcome.ToString().ToLowerInvariant();

    internal static string Of(CheckResult result)
    {
        string finding = result.Finding is null ? "" : $": {result.Finding}";
        string expected = result.Outcome is CheckOutcome.Passed or CheckOutcome.Skipped ? "" : $" (expected {result.Expected})";
        return Visible.Of($"{WordOf(result.Outcome)}  {result.Check} of {result.Table}{finding}{expected}");
    }

    /// <summary>The lines of a check as <c>checks</c> shows it: with some of the rows that break it.</summary>
    internal static void Write(TextWriter writer, CheckEntry entry)
    {
        writer.WriteLine($"{Visible.Of($"{entry.Pipeline} {entry.Partition}")}  {Of(entry.Result)}");
        foreach (string row in entry.Result.Sample?.Split('\n') ?? [])
        {
            writer.WriteLine($"    {Visible.Of(row)}");
        }
    }

    private static string WordOf(CheckOutcome outcome) => outcome switch
    {
        CheckOutcome.NotEnoughHistory => "not enough history",
        CheckOutcome.Failed => "FAILED",
        _ => outcome.ToString().ToLowerInvariant(),
    };
}
