using System.ComponentModel.DataAnnotations;
using TypedPipelines.Functional.Tests.Harness;

namespace TypedPipelines.Functional.Tests.Pipelines;

/// <summary>Values that a round trip could bend: a null, a moment, many digits, bytes, text with quotes.</summary>
[ReplacePartition(nameof(Day))]
[KeepReplaced]
public sealed record Fare([property: Key] DateOnly Day, [property: Key] int Number, string? Note, [property: Precision(28, 10)] decimal Amount, DateTimeOffset At, byte[] Seal);

[Pipeline("fares")]
[DailyPartitions("2026-01-01")]
public sealed partial class FaresPipeline
{
    [Source]
    static IEnumerable<Fare> All(DayPartition day) => Feed.Take<Fare>(day);
}

[ReplacePartition(nameof(Day))]
public sealed record FareDay([property: Key] DateOnly Day, long Fares);

[Pipeline("fare-days")]
[DailyPartitions("2026-01-01")]
public sealed partial class FareDaysPipeline
{
    [SqlStep]
    static Sql<FareDay> Count(Table<Fare> fares, DayPartition day) => $"select day, count(*) as fares from {fares} where day = {day.Date} group by day";
}

[Snapshot(nameof(AsOf))]
[KeepReplaced]
public sealed record Census([property: Key] int Age, long People)
{
    public DateOnly AsOf { get; init; }
}

[Pipeline("census")]
public sealed partial class CensusPipeline
{
    [Source]
    static IEnumerable<Census> All(Partition partition) => Feed.Take<Census>(partition);
}

[ReplaceTable]
[KeepReplaced]
public sealed record Harbour([property: Key] int Id, string Name);

[Pipeline("harbours")]
public sealed partial class HarboursPipeline
{
    [Source]
    static IEnumerable<Harbour> All(Partition partition) => Feed.Take<Harbour>(partition);
}

[ReplaceRun(nameof(LoadedBy))]
[KeepReplaced]
public sealed record Click(int Place)
{
    public string LoadedBy { get; init; } = "";
}

/// <summary>Two tables in one run.</summary>
[ReplacePartition(nameof(Day))]
[KeepReplaced]
public sealed record ClickDay([property: Key] DateOnly Day, int Clicks);

[Pipeline("clicks")]
[DailyPartitions("2026-01-01")]
public sealed partial class ClicksPipeline
{
    [Source]
    static IEnumerable<Click> All(DayPartition day) => Feed.Take<Click>(day);

    [Step]
    static IEnumerable<ClickDay> Sum(IEnumerable<Click> clicks, DayPartition day) => [new ClickDay(day.Date, clicks.Count())];
}
