using System.ComponentModel.DataAnnotations;
using TypedPipelines.Functional.Tests.Harness;

namespace TypedPipelines.Functional.Tests.Pipelines;

public enum Mask : ulong
{
    None,
    All = ulong.MaxValue,
}

/// <summary>Whole numbers that no database has as such, and decimals of more digits than .NET has.</summary>
[Merge]
public sealed record Numbers(
    [property: Key] ulong Id, byte Tiny, sbyte Signed, ushort Word, uint Wide, ulong? Most, Mask Mask, Mask? MaskOrNull, [Precision(38, 10)] decimal Long, [Precision(38, 28)] decimal? Fine);

[ReplaceTable]
public sealed record NumbersAgain([property: Key] ulong Id, string Shown);

/// <summary>Versions that no database has as whole numbers of their own.</summary>
[Merge(Version = nameof(Sequence), DeleteMarker = nameof(Gone))]
public sealed record Numbered([property: Key] long Id, ulong Sequence, string Name, bool Gone);

[Merge(Version = nameof(Rank))]
public sealed record Ranked([property: Key] long Id, Mask Rank, string Name);

[Pipeline("versions")]
public sealed partial class VersionsPipeline
{
    [Source]
    static IEnumerable<Numbered> All(Partition partition) => Feed.Take<Numbered>(partition);

    [Step]
    static Ranked Rank(Numbered row) => new(row.Id, (Mask)row.Sequence, row.Name);
}

[Pipeline("numbers")]
public sealed partial class NumbersPipeline
{
    [Source]
    static IEnumerable<Numbers> All(Partition partition) => Feed.Take<Numbers>(partition);
}

[Pipeline("numbers-again")]
public sealed partial class NumbersAgainPipeline
{
    [Source]
    static Table<Numbers> Loaded() => Table<Numbers>.All;

    [Step]
    static NumbersAgain Show(Numbers row) => new(row.Id, row.ToString());
}
