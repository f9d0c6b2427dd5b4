using System.ComponentModel.DataAnnotations;
using TypedPipelines.Functional.Tests.Harness;

namespace TypedPipelines.Functional.Tests.Pipelines;

public sealed record Measured([property: Key, MaxLength(50)] string Sensor, DateOnly Day, double Value);

[ReplacePartition(nameof(Day), Table = "measure")]
public sealed record KeptMeasure([property: Key, MaxLength(50)] string Sensor, [property: Key] DateOnly Day, double Value);

[Pipeline("traced")]
[DailyPartitions("2026-01-01")]
public sealed partial class TracedPipeline
{
    [Source]
    static IEnumerable<Measured> All(DayPartition day) => Feed.Take<Measured>(day);

    [Step]
    static KeptMeasure? Keep(Measured measured) => measured.Value < 0 ? null : new KeptMeasure(measured.Sensor, measured.Day, 100 / (int)measured.Value);
}

[ReplacePartition(nameof(Day))]
[RowCount(Minimum = 1)]
public sealed record Level([property: MaxLength(50)] string Tank, DateOnly Day, [property: Steady, MaxNullShare(0.1, Severity = CheckSeverity.Warn)] double? Height)
{
    /// <summary>A tank stands on the ground.</summary>
    [Check]
    internal static bool NotBelowGround(Level level) => level.Height is null or >= 0;

    [Check(Severity = CheckSeverity.Warn)]
    internal static Sql Tanks(Staged<Level> staged) => $"select tank from {staged} where tank in ('b', 'c')";
}

[Pipeline("levels")]
[DailyPartitions("2026-01-01")]
public sealed partial class LevelsPipeline
{
    [Source]
    static IEnumerable<Level> All(DayPartition day) => Feed.Take<Level>(day);
}
