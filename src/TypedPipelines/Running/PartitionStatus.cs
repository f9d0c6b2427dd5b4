namespace TypedPipelines.Running;

/// <summary>How a planned partition ended.</summary>
public enum PartitionStatus
{
    /// <summary>It was loaded.</summary>
    Loaded,

    /// <summary>It is up to date, before this run or by another that came first; nothing was done.</summary>
    UpToDate,

    /// <summary>It failed; its old rows are as they were.</summary>
    Failed,

    /// <summary>It was not tried: what it reads has not been loaded, or the destination refuses the pipeline's table or SQL step.</summary>
    Blocked,

    /// <summary>It was cancelled; its old rows are as they were.</summary>
    Cancelled,
}
