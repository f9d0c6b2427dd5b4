namespace TypedPipelines.Running;

/// <summary>Why a partition stands in a plan.</summary>
public enum PlanReason
{
    /// <summary>It is complete, and nothing is to be done.</summary>
    UpToDate,

    /// <summary>It was never loaded.</summary>
    Missing,

    /// <summary>Its last run failed.</summary>
    Failed,

    /// <summary>It was loaded before its window had ended.</summary>
    Partial,

    /// <summary>It was loaded, and what it was made from has changed since: see <see cref="PlannedPartition.Detail"/>.</summary>
    Stale,

    /// <summary>It was loaded, and a new window is planned whose pipeline looks back so far.</summary>
    LookBack,

    /// <summary>It is a file, and its content is not what was loaded.</summary>
    Changed,

    /// <summary>It was loaded, and a table that it was loaded into is gone.</summary>
    TableGone,

    /// <summary>
    /// It is complete, and its pipeline's logic has changed since: see <see cref="PlannedPartition.Detail"/>. It is loaded again only where
    /// stale partitions are asked for, since most changes of code are not about the past.
    /// </summary>
    LogicChanged,

    /// <summary>It is asked for by name or by <c>--force</c>, whatever its state.</summary>
    Asked,
}
