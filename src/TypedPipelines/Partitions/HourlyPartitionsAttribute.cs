namespace TypedPipelines;

/// <summary>One partition an hour of the time zone: sources and steps get a <see cref="HourPartition"/>.</summary>
/// <param name="start">The first date, such as <c>2001-01-01</c> (<c>yyyy-MM-dd</c>). Its midnight, in the time zone, begins the first hour.</param>
public sealed class HourlyPartitionsAttribute(string start) : PartitionsAttribute(start);
