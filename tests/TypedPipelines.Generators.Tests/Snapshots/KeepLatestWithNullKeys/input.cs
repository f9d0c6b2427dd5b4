using System.ComponentModel.DataAnnotations;
using TypedPipelines;

namespace Events;

[Merge(NullKeys = NullKeys.Match)]
[KeepLatest(nameof(Updated), nameof(Sequence))]
public sealed record Event([property: Key] string? Region, [property: Key] long Id, DateTimeOffset Updated, int Sequence, string? Payload);

[Pipeline("events")]
[HourlyPartitions("2026-01-01")]
public sealed partial class EventsPipeline
{
    [Source]
    static IEnumerable<Event> All(HourPartition hour) => [new(null, 1, hour.Local, 1, null)];
}
