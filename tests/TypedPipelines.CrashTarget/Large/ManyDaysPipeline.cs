using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;

namespace TypedPipelines.CrashTarget;

/// <summary>A row of one of many days.</summary>
[Table("many_days")]
[ReplacePartition(nameof(Day))]
public sealed record DayOfMany([property: Key] DateOnly Day, [property: Key] int Number, long Value);

/// <summary>A year of small days.</summary>
[Pipeline("many-days", Owner = "tests")]
[DailyPartitions("2023-01-01", End = "2024-01-01")]
public sealed partial class ManyDaysPipeline
{
    [Source]
    static IEnumerable<DayOfMany> Rows(DayPartition day) =>
        Enumerable.Range(1, 20).Select(number => new DayOfMany(day.Date, number, (day.Date.DayOfYear * 1000L) + number));
}
