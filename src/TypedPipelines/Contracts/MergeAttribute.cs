namespace TypedPipelines;

/// <summary>
/// Inserts the rows whose key is new and updates those that changed. The key is the members marked
/// <see cref="System.ComponentModel.DataAnnotations.KeyAttribute"/>; it is what makes the load re-runnable.
/// </summary>
public sealed class MergeAttribute : LoadStrategyAttribute
{
    /// <summary>What null in a key member means. The default, <see cref="NullKeys.Fail"/>, stops the run and names the row.</summary>
    public NullKeys NullKeys { get; set; }

    /// <summary>
    /// The member that says which of two rows with one key is the newer, such as the time of its last change: an older row then
    /// never overwrites a newer one, so that an old partition can be run again. A whole number, decimal, date or instant, never null; write
    /// <c>nameof(...)</c>. Null, the default, for none: then the last run wins.
    /// </summary>
    public string? Version { get; set; }

    /// <summary>
    /// What happens to a row that has the version of the row that is there, and is another. The default,
    /// <see cref="SameVersion.Fail"/>, stops the run and names both.
    /// </summary>
    public SameVersion OnSameVersion { get; set; }

    /// <summary>
    /// A <see cref="bool"/> member that says whether the row was deleted at its source: then the row with its key is deleted. It is
    /// no column of the table. Write <c>nameof(...)</c>; null, the default, for none.
    /// </summary>
    public string? DeleteMarker { get; set; }
}
