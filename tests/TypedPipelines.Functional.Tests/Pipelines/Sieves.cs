using System.ComponentModel.DataAnnotations;
using TypedPipelines.Functional.Tests.Harness;

namespace TypedPipelines.Functional.Tests.Pipelines;

public readonly record struct Grain(int Id, int Size);

[ReplaceTable(OnInvalid = RowAction.Quarantine)]
public sealed record CoarseGrain([property: Key] int Id, [property: Range(0, 100)] int Size);

[ReplaceTable(OnInvalid = RowAction.Quarantine)]
public sealed record FineGrain([property: Key] int Id, [property: Range(0, 100)] int Part);

/// <summary>Two branches behind a filter, each with steps that drop; one of them makes several rows of each.</summary>
[Pipeline("sieve")]
public sealed partial class SievePipeline
{
    [Source]
    static IEnumerable<Grain> Sand(Partition all) => Feed.Take<Grain>(all);

    [Step]
    static bool IsReal(Grain grain) => grain.Size != 0;

    [Step]
    static CoarseGrain? Coarse([From(nameof(IsReal))] Grain grain) => grain.Size >= 10 ? new CoarseGrain(grain.Id, grain.Size) : null;

    [Step]
    static IEnumerable<FineGrain> Ground([From(nameof(IsReal))] Grain grain) =>
        grain.Size > 0 ? Enumerable.Range(1, grain.Size % 10).Select(part => new FineGrain((grain.Id * 10) + part, part == 9 ? 999 : part)) : throw new FormatException("no size");

    [Step]
    static bool IsEven([From(nameof(Ground))] FineGrain grain) => grain.Part switch
    {
        5 => throw new TimeoutException("the scales are asleep"),
        _ => grain.Part % 2 == 0 || grain.Part == 999,
    };
}
