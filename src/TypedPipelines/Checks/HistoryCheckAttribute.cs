namespace TypedPipelines;

/// <summary>What the checks that compare a run with earlier loads have in common. The run under test is never among those.</summary>
public abstract class HistoryCheckAttribute : SetCheckAttribute
{
    /// <summary>With how many loads a run is compared unless the check says otherwise.</summary>
    public const int DefaultHistory = 28;

    /// <summary>How many loads there must be unless the check says otherwise.</summary>
    public const int DefaultMinHistory = 5;

    private protected HistoryCheckAttribute()
    {
    }

    /// <summary>With how many earlier loads, at the most, a run is compared: those of the windows before its own, or else the last ones. 28 unless set.</summary>
    public int History { get; set; } = DefaultHistory;

    /// <summary>How many of them there must be: with fewer the check says nothing, and the ledger says that there were not enough. 5 unless set.</summary>
    public int MinHistory { get; set; } = DefaultMinHistory;

    /// <summary>Whether only windows of the same day of the week are compared, and of the same hour where they are hours.</summary>
    public bool SameWeekday { get; set; }
}
