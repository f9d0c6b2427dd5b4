namespace TypedPipelines.Running;

/// <summary>Where a generated loop stands, so that an exception can be traced to its row and step.</summary>
public sealed class StepCursor
{
    /// <summary>The position of the row in its batch.</summary>
    public int Row;

    /// <summary>The position of the step in the list of the loop's steps.</summary>
    public int Step;
}
