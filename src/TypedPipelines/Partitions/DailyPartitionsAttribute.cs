namespace TypedPipelines;

/// <summary>One partition a day of the time zone: sources and steps get a <see cref="DayPartition"/>.</summary>
/// <param name="start">The first day, such as <c>2001-01-01</c> (<c>yyyy-MM-dd</c>).</param>
public sealed class DailyPartitionsAttribute(string start) : PartitionsAttribute(start);
