namespace TypedPipelines.Ledger;

/// <summary>What a check observed of a load that is complete.</summary>
/// <param name="Partition">The partition's key.</param>
/// <param name="Observed">What was counted or measured.</param>
public sealed record CheckObservation(string Partition, double Observed);

/// <summary>Which observations of a check are asked for.</summary>
/// <param name="Pipeline">The pipeline's name.</param>
/// <param name="Table">The table, as <see cref="TableContract.DisplayName"/> gives it.</param>
/// <param name="Check">The check's name.</param>
/// <param name="Partition">The partition that is compared with them, which is none of them.</param>
/// <param name="Kind">Which loads they are of.</param>
public sealed record ObservationsOf(string Pipeline, string Table, string Check, string Partition, ObservationKind Kind);

/// <summary>Which loads a run is compared with.</summary>
public enum ObservationKind
{
    /// <summary>The loads of windows before its own whose rows are in the table, nearest first.</summary>
    EarlierWindows,

    /// <summary>The loads of other partitions whose rows are in the table, latest first.</summary>
    OtherPartitions,

    /// <summary>The earlier runs of the partition itself, latest first: there is no other.</summary>
    EarlierRuns,
}
