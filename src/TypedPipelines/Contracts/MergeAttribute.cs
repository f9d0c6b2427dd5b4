namespace TypedPipelines;

/// <summary>
/// Inserts the rows whose key is new and updates those that changed. The key is the members marked
/// <see cref="System.ComponentModel.DataAnnotations.KeyAttribute"/>; it is what makes the load re-runnable.
/// </summary>
public sealed class MergeAttribute : LoadStrategyAttribute
{
    /// <summary>What null in a key member means. The default, <see cref="NullKeys.Fail"/>, stops the run and names the row.</summary>
    public NullKeys NullKeys { get; set; }
}
