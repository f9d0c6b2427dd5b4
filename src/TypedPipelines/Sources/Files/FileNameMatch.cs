namespace TypedPipelines;

/// <summary>A file's name that fits its pattern.</summary>
/// <param name="Values">What stands in the place of the placeholders.</param>
/// <param name="Moment">The date, and the time where there is one; the smallest where the pattern has no date.</param>
internal sealed record FileNameMatch(IReadOnlyList<NameValue> Values, DateTime Moment);
