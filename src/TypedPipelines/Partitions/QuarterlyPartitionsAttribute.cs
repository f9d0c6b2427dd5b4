namespace TypedPipelines;

/// <summary>One partition a calendar quarter of the time zone: sources and steps get a <see cref="QuarterPartition"/>.</summary>
/// <param name="start">The first quarter, such as <c>2001-Q1</c> (<c>yyyy-Q</c> and 1 to 4).</param>
public sealed class QuarterlyPartitionsAttribute(string start) : PartitionsAttribute(start);
