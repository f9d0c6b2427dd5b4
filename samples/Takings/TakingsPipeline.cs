using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using TypedPipelines;

namespace Takings;

/// <summary>What a till of the shop has taken on one day. A load can be undone: `undo takings --partition 2026-01-02` puts back what was there before it.</summary>
[Table("takings")]
[ReplacePartition(nameof(Day))]
[KeepReplaced]
[RowCount(Minimum = 1, Description = "The shop is open every day.", Remedy = "Ask the shop to close its tills, then run the day again with the new file.")]
public sealed record Taking(
    [property: Key] DateOnly Day,
    [property: Key, Range(1, 99)] int Till,
    [Precision(12, 2), Range(0, 100_000)] decimal Amount);

/// <summary>Each day's takings as the tills write them at closing time.</summary>
[Pipeline("takings", Owner = "shop")]
[DailyPartitions("2026-01-01", End = "2026-01-04", TimeZone = "Europe/Berlin", DueWithin = "08:00:00")]
[Schedule("30 6 * * *", TimeZone = "Europe/Berlin")]
public sealed partial class TakingsPipeline
{
    [Source]
    static CsvFiles<Taking> Tills(DayPartition day) => new($"landing/{day:yyyy-MM-dd}.csv");
}
