namespace TypedPipelines;

/// <summary>The load strategies, as data.</summary>
public enum LoadStrategy
{
    /// <summary>See <see cref="ReplacePartitionAttribute"/>.</summary>
    ReplacePartition,

    /// <summary>See <see cref="MergeAttribute"/>.</summary>
    Merge,

    /// <summary>See <see cref="ReplaceTableAttribute"/>.</summary>
    ReplaceTable,

    /// <summary>See <see cref="AppendAttribute"/>.</summary>
    Append,

    /// <summary>See <see cref="SnapshotAttribute"/>.</summary>
    Snapshot,

    /// <summary>See <see cref="ReplaceRunAttribute"/>.</summary>
    ReplaceRun,

    /// <summary>See <see cref="ReplaceFileAttribute"/>.</summary>
    ReplaceFile,

    /// <summary>See <see cref="HistoryAttribute"/>.</summary>
    History,
}
