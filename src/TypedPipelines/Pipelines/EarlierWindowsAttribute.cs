namespace TypedPipelines;

/// <summary>
/// Says of a table that a SQL step reads that its statement looks at earlier windows, too, as an average over a week does: those must have
/// been loaded, and when one of them is loaded again, the rows that were made of it become stale.
/// </summary>
/// <param name="count">How many windows of the pipeline that loads the table, before those that overlap with the step's own; <see cref="All"/> for all there are.</param>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class EarlierWindowsAttribute(int count) : Attribute
{
    /// <summary>All earlier windows.</summary>
    public const int All = int.MaxValue;

    /// <summary>How many.</summary>
    public int Count { get; } = count;
}
