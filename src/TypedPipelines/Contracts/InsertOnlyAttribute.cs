namespace TypedPipelines;

/// <summary>
/// A column of a <see cref="MergeAttribute"/> that keeps the value with which its row was first inserted, over any number of
/// merges; a row that differs in it alone has not changed.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class InsertOnlyAttribute : Attribute;
