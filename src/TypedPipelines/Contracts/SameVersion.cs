namespace TypedPipelines;

/// <summary>What happens to a row whose key and version are those of another row that is in the table.</summary>
public enum SameVersion
{
    /// <summary>It is an error that stops the run and names both rows.</summary>
    Fail,

    /// <summary>The row that is there stays.</summary>
    Keep,

    /// <summary>The row that came takes its place.</summary>
    Overwrite,
}
