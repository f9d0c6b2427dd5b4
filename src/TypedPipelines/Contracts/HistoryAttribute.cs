namespace TypedPipelines;

/// <summary>
/// Keeps every version of a row with the time for which it holds (a slowly changing dimension of type 2): a row that differs
/// from its current version closes that and opens a new one; an unchanged row changes nothing. The key is the members marked
/// <see cref="System.ComponentModel.DataAnnotations.KeyAttribute"/>. A re-run takes back what its window did before, so that what
/// makes it re-runnable is the key with the time.
/// </summary>
/// <param name="validFrom">
/// The member from which on a version holds, a <see cref="DateOnly"/>, <see cref="DateTime"/> (UTC) or
/// <see cref="DateTimeOffset"/>; write <c>nameof(...)</c>. A row that leaves it at its default holds from the start of the run's
/// window; one that says when it changed must lie in the window.
/// </param>
/// <param name="validTo">
/// The member until which it holds, exclusive: of the same type, and nullable, for the current version has none. The load fills it in.
/// </param>
public sealed class HistoryAttribute(string validFrom, string validTo) : LoadStrategyAttribute
{
    /// <summary>The member from which on a version holds.</summary>
    public string ValidFrom { get; } = validFrom;

    /// <summary>The member until which a version holds, exclusive.</summary>
    public string ValidTo { get; } = validTo;

    /// <summary>
    /// A <see cref="bool"/> member that says whether the row was deleted at its source: then its current version is closed, and
    /// none opened. It is no column of the table. Write <c>nameof(...)</c>; null, the default, for none.
    /// </summary>
    public string? DeleteMarker { get; set; }

    /// <summary>
    /// Whether the first value of a column that the table has gained is a change. Unless set it is none: a version that was written
    /// before the column was added says nothing of it, and a row that differs from it in that alone opens no version. A window
    /// that is loaded again says it of its own versions.
    /// </summary>
    public bool NewColumnsOpenVersions { get; set; }
}
