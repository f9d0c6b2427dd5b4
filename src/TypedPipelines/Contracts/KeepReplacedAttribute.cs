namespace TypedPipelines;

/// <summary>
/// Keeps the rows that the last load of each partition replaced, beside the table, so that <c>undo</c> can put them back. For
/// <see cref="ReplacePartitionAttribute"/>, <see cref="SnapshotAttribute"/>, <see cref="ReplaceRunAttribute"/>, <see cref="ReplaceFileAttribute"/>
/// and <see cref="ReplaceTableAttribute"/>; what a merge, a history or an append did, no kept row undoes.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, Inherited = false)]
public sealed class KeepReplacedAttribute : Attribute;
