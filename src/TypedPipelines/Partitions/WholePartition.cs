namespace TypedPipelines;

/// <summary>The one partition of a pipeline that has no windows: all there is.</summary>
public sealed class WholePartition : Partition
{
    internal WholePartition()
        : base("all", DateTimeOffset.MinValue, DateTimeOffset.MaxValue, DateTime.MinValue, DateTime.MaxValue.Date)
    {
    }

    internal override bool HasWindow => false;
}
