namespace TypedPipelines.Destinations;

/// <summary>A partition that was made from what a run has changed.</summary>
/// <param name="Pipeline">Its pipeline's name.</param>
/// <param name="Partition">Its key.</param>
/// <param name="Reason">Why it is to be run again, as the end of a sentence that begins with the partition.</param>
public sealed record StalePartition(string Pipeline, string Partition, string Reason);
