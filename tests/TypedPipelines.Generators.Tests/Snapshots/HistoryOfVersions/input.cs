using System.ComponentModel.DataAnnotations;
using TypedPipelines;

namespace Crm;

/// <summary>Which plan a customer has, and had.</summary>
[History(nameof(ValidFrom), nameof(ValidTo), DeleteMarker = nameof(Cancelled))]
[DeleteMissing(DeleteScope.Table, MaxDeletedShare = 0.5)]
public sealed record Subscription(
    [property: Key] long Customer, [MaxLength(20)] string? Plan, DateOnly ValidFrom = default, DateOnly? ValidTo = null, bool Cancelled = false);

[Pipeline("subscriptions")]
[DailyPartitions("2026-01-01", End = "2026-01-04")]
public sealed partial class SubscriptionsPipeline
{
    [Source]
    static IEnumerable<Subscription> All(DayPartition day) =>
    [
        new(1, day.Date.Day == 2 ? "pro" : "free"),
        new(2, null),
        new(3, "free", Cancelled: day.Date.Day == 3),
    ];
}

/// <summary>Who is on call, where also the first value of a column that came later is told.</summary>
[History(nameof(ValidFrom), nameof(ValidTo), NewColumnsOpenVersions = true)]
public sealed record Duty([property: Key] int Shift, [MaxLength(20)] string? Person, DateTimeOffset ValidFrom = default, DateTimeOffset? ValidTo = null);

[Pipeline("duties")]
[DailyPartitions("2026-01-01", End = "2026-01-04")]
public sealed partial class DutiesPipeline
{
    [Source]
    static IEnumerable<Duty> All(DayPartition day) => [new(1, day.Date.Day < 3 ? "ann" : "bob")];
}
