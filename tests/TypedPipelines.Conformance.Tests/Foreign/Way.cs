namespace TypedPipelines.Conformance.Tests.Foreign;

/// <summary>How a table is loaded.</summary>
internal sealed record Way(string Name, LoadStrategy Strategy, bool Upserts = true)
{
    internal static Way Merge { get; } = new("merge", LoadStrategy.Merge);

    internal static Way MergeInTwo { get; } = new("merge, in two statements", LoadStrategy.Merge, Upserts: false);

    internal static Way ReplacePartition { get; } = new("replace partition", LoadStrategy.ReplacePartition);

    internal static Way ReplaceTable { get; } = new("replace table", LoadStrategy.ReplaceTable);

    internal static Way[] All { get; } = [Merge, MergeInTwo, ReplacePartition, ReplaceTable];

    internal TestContract Contract() => new(
        "t",
        Strategy,
        [Col.Key("k", ColumnType.String), Col.Value("day", ColumnType.Date, nullable: false), Col.Value("v")],
        partition: Strategy == LoadStrategy.ReplacePartition ? "day" : null,
        upserts: Upserts);

    public override string ToString() => Name;
}
