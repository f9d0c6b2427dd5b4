using System.ComponentModel.DataAnnotations;
using TypedPipelines.Functional.Tests.Harness;

namespace TypedPipelines.Functional.Tests.Pipelines;

/// <summary>What can be said of bad rows is said of one kind only, so that the hint at the other shows.</summary>
[ReplacePartition(nameof(Day), OnInvalid = RowAction.Drop)]
public sealed record Hinted(DateOnly Day, string Name, [Range(0, 9)] int Digit, [Precision(3, 1)] decimal Amount);

[ReplacePartition(nameof(Day), OutOfWindow = RowAction.Drop)]
public sealed record Hinting(DateOnly Day, [Range(0, 9)] int Digit);

[Pipeline("hinted")]
[DailyPartitions("2026-01-01")]
public sealed partial class HintedPipeline
{
    [Source]
    static IEnumerable<Hinted> All(Partition partition) => Feed.Take<Hinted>(partition);
}

[Pipeline("hinting")]
[DailyPartitions("2026-01-01")]
public sealed partial class HintingPipeline
{
    [Source]
    static IEnumerable<Hinting> All(Partition partition) => Feed.Take<Hinting>(partition);
}
