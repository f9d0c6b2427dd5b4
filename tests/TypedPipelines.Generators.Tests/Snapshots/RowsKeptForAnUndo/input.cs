using System;
using System.Collections.Generic;
using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using TypedPipelines;

namespace Fixings;

[Table("rates", Schema = "bank")]
[ReplacePartition(nameof(Day))]
[KeepReplaced]
public sealed record Rate(DateOnly Day, [property: MaxLength(3)] string Currency, decimal Value);

[Pipeline("rates")]
[DailyPartitions("2026-01-01")]
public sealed partial class RatesPipeline
{
    [Source]
    static IEnumerable<Rate> All(DayPartition day) => [new(day.Date, "CHF", 0.93m)];
}
