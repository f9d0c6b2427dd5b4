namespace TypedPipelines;

/// <summary>One partition a calendar year of the time zone: sources and steps get a <see cref="YearPartition"/>.</summary>
/// <param name="start">The first year, such as <c>2001</c> (<c>yyyy</c>).</param>
public sealed class YearlyPartitionsAttribute(string start) : PartitionsAttribute(start);
