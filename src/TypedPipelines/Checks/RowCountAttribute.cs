namespace TypedPipelines;

/// <summary>Checks how many rows a run loads: against numbers, and against the median of earlier loads.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, Inherited = false, AllowMultiple = true)]
public sealed class RowCountAttribute : HistoryCheckAttribute
{
    /// <summary>The fewest rows. Below zero, which it is unless set, for no such number.</summary>
    public long Minimum { get; set; } = -1;

    /// <summary>The most rows. Below zero, which it is unless set, for no such number.</summary>
    public long Maximum { get; set; } = -1;

    /// <summary>The smallest share of the median of earlier loads, such as 0.5 for half of it. Below zero, which it is unless set, for none.</summary>
    public double MinShareOfMedian { get; set; } = -1;

    /// <summary>The greatest share of the median of earlier loads, such as 2 for twice. Below zero, which it is unless set, for none.</summary>
    public double MaxShareOfMedian { get; set; } = -1;
}
