namespace TypedPipelines;

/// <summary>How the values of a JSON file stand in it.</summary>
public enum JsonForm
{
    /// <summary>JSON Lines: a value on each line; a file without lines has no rows.</summary>
    Lines,

    /// <summary>One array of values; a file without rows is <c>[]</c>, and never empty.</summary>
    Array,
}
