namespace TypedPipelines;

/// <summary>One partition a month of the time zone: sources and steps get a <see cref="MonthPartition"/>.</summary>
/// <param name="start">The first month, such as <c>2001-01</c> (<c>yyyy-MM</c>).</param>
public sealed class MonthlyPartitionsAttribute(string start) : PartitionsAttribute(start);
