namespace TypedPipelines.Running;

/// <summary>Lets an observer hear of partitions that are loaded at the same time one thing after the other.</summary>
internal sealed class OneAtATime(IRunObserver observer) : IRunObserver
{
    private readonly Lock _lock = new();

    public void Started(PlannedPartition planned)
    {
        lock (_lock)
        {
            observer.Started(planned);
        }
    }

    public void RowsRead(PlannedPartition planned, long rows)
    {
        lock (_lock)
        {
            observer.RowsRead(planned, rows);
        }
    }

    public void Finished(PartitionResult result)
    {
        lock (_lock)
        {
            observer.Finished(result);
        }
    }
}
