namespace TypedPipelines;

/// <summary>
/// Cuts a pipeline's work into windows of time: the units of loading, of re-running and of the ledger. Windows are
/// half-open, <c>[start, end)</c>, and tile the time line without gap or overlap.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public abstract class PartitionsAttribute : Attribute
{
    private protected PartitionsAttribute(string start) => Start = start;

    /// <summary>The first partition.</summary>
    public string Start { get; }

    /// <summary>The first partition that is no longer planned; null for a pipeline without an end.</summary>
    public string? End { get; set; }

    /// <summary>The IANA name of the time zone whose calendar and clock are meant. UTC unless set.</summary>
    public string TimeZone { get; set; } = "UTC";

    /// <summary>
    /// Whether a window that has not ended may be loaded. The ledger then calls it partial, and it is planned again.
    /// </summary>
    public bool AllowPartial { get; set; }

    /// <summary>
    /// How long after the end of its window a partition is to be loaded, such as <c>06:00:00</c> or <c>2.00:00:00</c>: one that is not by then is late, which
    /// alerts tell of. Null, which it is unless set, for never.
    /// </summary>
    public string? DueWithin { get; set; }

    /// <summary>
    /// How many of the last complete windows are loaded again when a new one is, for rows that arrive late. None unless set.
    /// </summary>
    public int LookBack { get; set; }
}
