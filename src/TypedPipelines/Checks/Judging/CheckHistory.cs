using TypedPipelines.Ledger;

namespace TypedPipelines.Running;

/// <summary>What checks observed of earlier loads of a table: of the windows before the run's own, nearest first, or else of the last loads. Never of the partition under test.</summary>
internal sealed class CheckHistory(ILedger ledger, PipelineDescriptor pipeline, Partition partition, TableContract contract)
{
    private const int DaysOfWeek = 7;
    private const int HoursOfWeek = 24 * DaysOfWeek;

    internal async Task<IReadOnlyList<double>> FindAsync(HistoryCheck check, CancellationToken cancellationToken)
    {
        bool byWeekday = check.SameWeekday && partition.HasWindow;
        int most = check.History * (!byWeekday ? 1 : partition is HourPartition ? HoursOfWeek : DaysOfWeek);
        IReadOnlyList<CheckObservation> observed = await ledger.GetObservationsAsync(
            new ObservationsOf(pipeline.Name, contract.DisplayName, check.Name, partition.Key, Kind()), most, cancellationToken).ConfigureAwait(false);
        return [.. observed.Where(each => !byWeekday || IsSameWeekday(each.Partition)).Take(check.History).Select(each => each.Observed)];
    }

    private ObservationKind Kind() => partition switch
    {
        { HasWindow: true } => ObservationKind.EarlierWindows,
        WholePartition => ObservationKind.EarlierRuns,
        _ => ObservationKind.OtherPartitions,
    };

    private bool IsSameWeekday(string key)
    {
        // Null for one of a range that the pipeline no longer has.
        return pipeline.Partitions.TryParse(key) is { } other
            && other.Window.StartDate.DayOfWeek == partition.Window.StartDate.DayOfWeek && (partition is not HourPartition || $"{other:HH}" == $"{partition:HH}");
    }
}
