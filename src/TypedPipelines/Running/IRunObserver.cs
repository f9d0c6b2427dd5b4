namespace TypedPipelines.Running;

/// <summary>Watches a run. Calls come one at a time, from any of the run's threads, and hold it up.</summary>
public interface IRunObserver
{
    /// <summary>A partition begins.</summary>
    /// <param name="planned">The partition.</param>
    void Started(PlannedPartition planned);

    /// <summary>A batch of rows was read from a source.</summary>
    /// <param name="planned">The partition.</param>
    /// <param name="rows">How many.</param>
    void RowsRead(PlannedPartition planned, long rows);

    /// <summary>A partition ended, in whatever way.</summary>
    /// <param name="result">How.</param>
    void Finished(PartitionResult result);
}
