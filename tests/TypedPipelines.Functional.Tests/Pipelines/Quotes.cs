using System.ComponentModel.DataAnnotations;
using TypedPipelines.Functional.Tests.Harness;

namespace TypedPipelines.Functional.Tests.Pipelines;

public sealed record PriceQuote([property: Key] int Id, int Price);

[ReplaceTable]
public sealed record PriceChange([property: Key] int Id, int Before, int Doubled);

/// <summary>Two lookups of one row type, which two steps fill: each parameter says whose rows it means.</summary>
[Pipeline("changes")]
public sealed partial class ChangesPipeline
{
    [Source]
    static IEnumerable<PriceQuote> Today(Partition all) => Feed.Take<PriceQuote>(all);

    [Source]
    static IEnumerable<PriceQuote> Yesterday() => [new PriceQuote(1, 10), new PriceQuote(2, 20)];

    [Step]
    static PriceQuote Doubled([From(nameof(Yesterday))] PriceQuote quote) => quote with { Price = quote.Price * 2 };

    [Step]
    static PriceChange Compare(
        [From(nameof(Today))] PriceQuote quote, [From(nameof(Yesterday))] RowLookup<int, PriceQuote> before, [From(nameof(Doubled))] RowLookup<int, PriceQuote> doubled) =>
        new(quote.Id, before.TryFind(quote.Id, out PriceQuote? found) ? found.Price : 0, doubled[1].Price);
}
