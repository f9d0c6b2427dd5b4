using System.ComponentModel.DataAnnotations;
using TypedPipelines;

namespace Shared;

[Merge]
public sealed record Unit([property: Key] int Id, string Name);

[ReplaceTable]
public sealed record UnitCount(string Letter, int Count);

[Pipeline("units")]
public sealed partial class UnitsPipeline
{
    [Source]
    static CsvFiles<Unit> Landing() => new("units.csv");
}

[Pipeline("unit-counts")]
public sealed partial class UnitCountsPipeline
{
    [Source]
    static Table<Unit> Units() => Table<Unit>.All;

    [Step]
    static IEnumerable<UnitCount> Count(IEnumerable<Unit> units) =>
        units.GroupBy(unit => unit.Name[..1]).Select(letter => new UnitCount(letter.Key, letter.Count()));
}
