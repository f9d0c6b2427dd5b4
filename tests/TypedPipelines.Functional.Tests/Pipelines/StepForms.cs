using System.ComponentModel.DataAnnotations;
using TypedPipelines.Functional.Tests.Harness;

namespace TypedPipelines.Functional.Tests.Pipelines;

public sealed record Basket(long Id, string Customer, string Items, DateOnly Day);

public readonly record struct RealBasket(long Id, string Items, DateOnly Day);

[ReplacePartition(nameof(Day), OutOfWindow = RowAction.Quarantine)]
public sealed record BasketLine(DateOnly Day, long Basket, int Line, [MaxLength(8)] string Sku);

[ReplacePartition(nameof(Day))]
public sealed record DailySales([property: Key] DateOnly Day, [property: Key, MaxLength(100)] string Sku, int Lines);

[Merge]
public sealed record Product([property: Key, MaxLength(100)] string Sku, string Name);

public sealed record NamedLine(BasketLine Line, string Name);

[Pipeline("products")]
public sealed partial class ProductsPipeline
{
    [Source]
    static IEnumerable<Product> All(Partition partition) => Feed.Take<Product>(partition);
}

/// <summary>One step of every form, a table in mid-chain, a lookup of another pipeline's table, and a whole-set step at the end.</summary>
[Pipeline("baskets")]
[DailyPartitions("2026-01-01", TimeZone = "Europe/Berlin", AllowPartial = true)]
public sealed partial class BasketsPipeline
{
    [Source]
    static IEnumerable<Basket> Landing(DayPartition day) => Feed.Take<Basket>(day);

    [Step]
    static bool HasItems(Basket basket) => basket.Items.Length > 0;

    [Step]
    static RealBasket? Real([From(nameof(HasItems))] Basket basket, RunContext run) =>
        basket.Customer == "test" && run.Pipeline == "baskets" ? null : new RealBasket(basket.Id, basket.Items, basket.Day);

    [Step]
    static IEnumerable<BasketLine> Split(RealBasket basket)
    {
        int line = 0;
        foreach (string sku in basket.Items.Split(' '))
        {
            if (sku == "throw")
            {
                throw new FormatException("cannot split this.");
            }

            yield return new BasketLine(basket.Day, basket.Id, ++line, sku);
        }
    }

    [Step]
    static NamedLine? Name(BasketLine line, RowLookup<string, Product> products) =>
        products.TryFind(line.Sku, out Product? product) ? new NamedLine(line, product.Name) : null;

    [Step]
    static IEnumerable<DailySales> Summarise(IEnumerable<NamedLine> lines, DayPartition day, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return lines.GroupBy(line => line.Line.Sku).Select(sku => new DailySales(day.Date, sku.Key, sku.Count()));
    }
}

public sealed record Crate(int Id, int Count);

public sealed record Bottle(int Crate, int Number);

[ReplaceTable]
public sealed record Sticker([property: Key] int Number, int Crate);

/// <summary>Rows given as arrays and lists.</summary>
[Pipeline("stickers")]
public sealed partial class StickersPipeline
{
    [Source]
    static List<Crate> Crates(Partition all) => [.. Feed.Take<Crate>(all)];

    [Step]
    static Bottle[] Unpack(Crate crate) => [.. Enumerable.Range(0, crate.Count).Select(number => new Bottle(crate.Id, number))];

    [Step]
    static System.Collections.Immutable.ImmutableArray<Sticker> Number(IEnumerable<Bottle> bottles) => [.. bottles.Select((bottle, position) => new Sticker(position, bottle.Crate))];
}

[ReplaceTable]
public sealed record DirectSticker(int Crate, int Number);

/// <summary>More rows of a batch than a batch has, straight into a table.</summary>
[Pipeline("direct-stickers")]
public sealed partial class DirectStickersPipeline
{
    [Source]
    static IEnumerable<Crate> Crates(Partition all) => Feed.Take<Crate>(all);

    [Step]
    static List<DirectSticker> Unpack(Crate crate) => [.. Enumerable.Range(0, crate.Count).Select(number => new DirectSticker(crate.Id, number))];
}

[ReplacePartition(nameof(Day))]
public sealed record Tagged([property: Key] int Id, DateOnly Day, string By);

/// <summary>A step with an overload that fits what the pipeline has better than the step does.</summary>
[Pipeline("tagged")]
[DailyPartitions("2026-01-01")]
public sealed partial class TaggedPipeline
{
    [Source]
    static IEnumerable<Crate> Crates(Partition all) => Feed.Take<Crate>(all);

    [Step]
    static Tagged Tag(Crate crate, Partition any) => new(crate.Id, any.Window.StartDate, "step");

    static Tagged Tag(Crate crate, DayPartition day) => new(crate.Id, day.Date, "overload");

    static Tagged Other(Crate crate, DayPartition day) => Tag(crate, day);
}
