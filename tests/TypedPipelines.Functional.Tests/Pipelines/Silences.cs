using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using TypedPipelines.Functional.Tests.Harness;

namespace TypedPipelines.Functional.Tests.Pipelines;

public sealed record Silence(int Id, string What);

[ReplaceTable]
public sealed record OfArray([property: Key] int Id);

[ReplaceTable]
public sealed record OfList([property: Key] int Id);

[ReplaceTable]
public sealed record OfSequence([property: Key] int Id);

[ReplaceTable]
public sealed record OfImmutable([property: Key] int Id);

[ReplaceTable]
public sealed record OfWholeSet([property: Key] int Id);

/// <summary>Steps that give nothing at all, where an empty sequence is meant.</summary>
[Pipeline("silent")]
public sealed partial class SilentPipeline
{
    [Source]
    static IEnumerable<Silence> All(Partition all) => Feed.Take<Silence>(all);

    [Step]
    static OfArray[] AsArray(Silence silence) => silence.What == "array" ? null! : [new(silence.Id)];

    [Step]
    static List<OfList> AsList(Silence silence) => silence.What == "list" ? null! : [new(silence.Id)];

    [Step]
    static IEnumerable<OfSequence> AsSequence(Silence silence) => silence.What == "sequence" ? null! : [new OfSequence(silence.Id)];

    [Step]
    static ImmutableArray<OfImmutable> AsImmutable(Silence silence) => silence.What == "immutable" ? default : [new(silence.Id)];

    [Step]
    static IEnumerable<OfWholeSet> AsSet(IEnumerable<Silence> silences) => silences.Any(silence => silence.What == "set") ? null! : silences.Select(silence => new OfWholeSet(silence.Id));
}
