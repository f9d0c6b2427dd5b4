namespace TypedPipelines.Running;

/// <summary>What a check says of the rows of a run.</summary>
/// <param name="Outcome">What comes of it.</param>
/// <param name="Observed">What was counted or measured.</param>
/// <param name="Finding">What was found, as a sentence without its full stop.</param>
internal readonly record struct CheckVerdict(CheckOutcome Outcome, double? Observed, string? Finding = null)
{
    /// <summary>Some of the rows that break it.</summary>
    internal IReadOnlyList<string> Sample { get; init; } = [];
}
