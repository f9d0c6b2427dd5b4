using System.ComponentModel.DataAnnotations;
using TypedPipelines;

[Merge]
public sealed record Price([property: Key] string Sku, [property: Key] DateOnly From, [Precision(10, 2)] decimal Amount, string? Note);

[Merge]
public sealed record Tag([property: Key] string Sku, [property: Key] string Name);

[Pipeline("prices")]
[MonthlyPartitions("2026-01", End = "2027-01")]
public partial class PricesPipeline
{
    [Source]
    static IEnumerable<Price> Prices(MonthPartition month) => [new("a", month.FirstDate, 1m, null)];

    [Source]
    static IEnumerable<Tag> Tags() => [new("a", "b")];
}
