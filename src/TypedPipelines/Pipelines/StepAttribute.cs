namespace TypedPipelines;

/// <summary>
/// Marks a method as one logical unit of transformation. Its form follows from its signature, with <c>T</c> the
/// row type that comes in and <c>U</c> the one that goes out:
/// <list type="bullet">
/// <item><description>map: <c>U F(T)</c></description></item>
/// <item><description>filter-map: <c>U? F(T)</c>; null drops the row, and it is counted</description></item>
/// <item><description>filter: <c>bool F(T)</c></description></item>
/// <item><description>expand: <c>IEnumerable&lt;U&gt; F(T)</c></description></item>
/// <item><description>whole set: <c>IEnumerable&lt;U&gt; F(IEnumerable&lt;T&gt;)</c>, or with <c>IAsyncEnumerable</c> for both</description></item>
/// <item><description>asynchronous map and filter-map: <c>ValueTask&lt;U&gt; F(T, CancellationToken)</c>, or <c>Task&lt;U&gt;</c>; it is called for
/// several rows at a time, see <see cref="MaxConcurrency"/>, and the rows keep their order</description></item>
/// </list>
/// After the row come, in any order: the partition (such as <see cref="DayPartition"/>), <see cref="RunContext"/>,
/// <see cref="CancellationToken"/>, and <see cref="RowLookup{TKey, TRow}"/> for the other side of a join.
/// A method that is not static is called on an object of the pipeline's class, one for each run of a partition, whose constructor gets its
/// parameters from the host's services. Steps are wired by row type; see <see cref="FromAttribute"/> where that is ambiguous.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class StepAttribute : Attribute
{
    /// <summary>For an asynchronous step: for how many rows it may be under way at one time, from 1.</summary>
    public int MaxConcurrency { get; set; } = 8;
}
