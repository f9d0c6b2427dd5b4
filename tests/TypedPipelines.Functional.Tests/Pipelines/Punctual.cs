using System.ComponentModel.DataAnnotations;
using TypedPipelines.Functional.Tests.Harness;

namespace TypedPipelines.Functional.Tests.Pipelines;

public sealed record RawTide(DateOnly Day, int Number, int Height);

/// <summary>A tide of the day.</summary>
[ReplacePartition(nameof(Day), Table = "tide")]
[RowCount(Minimum = 1, Description = "There are tides every day.")]
public sealed record Tide([property: Key] DateOnly Day, [property: Key] int Number, int Height)
{
    /// <summary>No tide is higher than the wall.</summary>
    [Check(Severity = CheckSeverity.Warn)]
    internal static bool IsBelowTheWall(Tide row) => row.Height < 100;
}

/// <summary>Tides, due by six.</summary>
[Pipeline("tides", Owner = "harbour <&> master")]
[DailyPartitions("2026-02-27", DueWithin = "06:00:00")]
public sealed partial class TidesPipeline
{
    [Source]
    static IEnumerable<RawTide> Landing(DayPartition day) => Feed.Take<RawTide>(day);

    [Step]
    static Tide Measure(RawTide raw) => new(raw.Day, raw.Number, raw.Height != 0 ? raw.Height : throw new InvalidOperationException("secret height"));
}
