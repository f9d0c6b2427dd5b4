using System.ComponentModel.DataAnnotations;
using TypedPipelines.Functional.Tests.Harness;

namespace TypedPipelines.Functional.Tests.Pipelines;

public sealed record Quote([property: Key] int Id, int Price);

[ReplaceTable]
public sealed record PriceChange([property: Key] int Id, int Before, int Doubled);

/// <summary>Two lookups of one row type, which two steps fill: each parameter says whose rows it means.</summary>
[Pipeline("changes")]
public sealed partial class ChangesPipeline
{
    [Source]
    static IEnumerable<Quote> Today(Partition all) => Feed.Take<Quote>(all);

    [Source]
    static IEnumerable<Quote> Yesterday() => [new Quote(1, 10), new Quote(2, 20)];

    [Step]
    static Quote Doubled([From(nameof(Yesterday))] Quote quote) => quote with { Price = quote.Price * 2 };

    [Step]
    static PriceChange Compare(
        [From(nameof(Today))] Quote quote, [From(nameof(Yesterday))] RowLookup<int, Quote> before, [From(nameof(Doubled))] RowLookup<int, Quote> doubled) =>
        new(quote.Id, before.TryFind(quote.Id, out Quote? found) ? found.Price : 0, doubled[1].Price);
}
