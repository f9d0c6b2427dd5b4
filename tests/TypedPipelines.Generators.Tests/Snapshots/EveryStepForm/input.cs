using System.ComponentModel.DataAnnotations;
using TypedPipelines;

namespace Shop;

public sealed record RawOrder(long Id, string Customer, string Items, [Format("yyyyMMdd")] DateOnly Day);

public readonly record struct Order(long Id, string Customer, string Items, DateOnly Day);

[ReplacePartition(nameof(Day), OutOfWindow = RowAction.Quarantine)]
public sealed record OrderLine(DateOnly Day, long Order, int Line, string Sku);

[ReplacePartition(nameof(Day))]
public sealed record DailySales([property: Key] DateOnly Day, [property: Key] string Sku, int Lines);

[Merge]
public sealed record Product([property: Key] string Sku, string Name);

public sealed record NamedLine(OrderLine Line, string Name);

[Pipeline("a-products")]
public sealed partial class ProductsPipeline
{
    [Source]
    static IEnumerable<Product> None() => [];
}

/// <summary>One step of every form, two branches from one row, and a whole-set step at the end.</summary>
[Pipeline("orders", Owner = "shop", Description = "Orders & \"lines\".")]
[DailyPartitions("2026-01-01", TimeZone = "Europe/Berlin", AllowPartial = true, DueWithin = "06:00:00")]
public sealed partial class OrdersPipeline
{
    [Source(MaxRejectedShare = 0.01)]
    static CsvFiles<RawOrder> Landing(DayPartition day) => new($"landing/{day:yyyy-MM-dd}-*.csv");

    /// <summary>Reads <paramref name="raw"/>, "as it is".</summary>
    [Step]
    static Order Read(RawOrder raw) => new(raw.Id, raw.Customer, raw.Items, raw.Day);

    [Step]
    static bool IsReal(Order order, RunContext run) => order.Customer != "test" && run.Pipeline == "orders";

    [Step]
    static IEnumerable<OrderLine> Split([From(nameof(IsReal))] Order order, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return order.Items.Split(' ').Select((sku, line) => new OrderLine(order.Day, order.Id, line, sku));
    }

    [Step]
    static NamedLine? Name(OrderLine line, RowLookup<string, Product> products, DayPartition day) =>
        day.Date == line.Day && products.Find(line.Sku) is { } product ? new NamedLine(line, product.Name) : null;

    [Step]
    static IEnumerable<DailySales> Summarise(IEnumerable<NamedLine> lines, Partition partition) =>
        lines.GroupBy(line => line.Line.Sku).Select(sku => new DailySales(((DayPartition)partition).Date, sku.Key, sku.Count()));
}
