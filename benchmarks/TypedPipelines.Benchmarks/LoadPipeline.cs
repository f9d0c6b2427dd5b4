using System.ComponentModel.DataAnnotations;

namespace TypedPipelines.Benchmarks;

/// <summary>An order of the workloads: ten columns, texts of every length, a note that is there in two of five.</summary>
[ReplacePartition(nameof(OrderDate), Table = "order_by_day")]
public readonly record struct OrderByDay(
    [property: Key] long OrderId, int CustomerId, DateOnly OrderDate, [MaxLength(12)] string Status, [MaxLength(12)] string Sku, int Quantity,
    [Precision(10, 2)] decimal UnitPrice, [Precision(4, 2)] decimal Discount, [MaxLength(3)] string Currency, string? Note);

/// <summary>The same, known by its id.</summary>
[Merge(Table = "order_by_id")]
public readonly record struct OrderById(
    [property: Key] long OrderId, int CustomerId, DateOnly OrderDate, [MaxLength(12)] string Status, [MaxLength(12)] string Sku, int Quantity,
    [Precision(10, 2)] decimal UnitPrice, [Precision(4, 2)] decimal Discount, [MaxLength(3)] string Currency, string? Note);

/// <summary>Declares the tables whose loads are measured.</summary>
[Pipeline("loads")]
[DailyPartitions("2026-01-01", End = "2027-01-01")]
public sealed partial class LoadPipeline
{
    [Source]
    static IEnumerable<OrderByDay> Days() => [];

    [Source]
    static IEnumerable<OrderById> Orders() => [];

    private static readonly string[] Statuses = ["new", "paid", "packed", "shipped", "returned", "cancelled"];
    private static readonly string[] Currencies = ["EUR", "USD", "GBP", "JPY", "CHF"];

    internal static DateOnly Day(int day) => new DateOnly(2026, 1, 1).AddDays(day);

    /// <summary>Order number n, always the same.</summary>
    internal static OrderByDay ByDay(long n, DateOnly day) => new(
        n, (int)(n * 7919 % 50_000), day, Statuses[n % 6], $"SKU-{n * 31 % 5000:00000}", (int)(n % 9) + 1,
        n * 17 % 100_000 / 100m, n % 4 * 0.05m, Currencies[n % 5], n % 5 < 2 ? "leave at the door, with care" : null);

    internal static OrderById ById(long n)
    {
        OrderByDay order = ByDay(n, Day((int)(n % 365)));
        return new(order.OrderId, order.CustomerId, order.OrderDate, order.Status, order.Sku, order.Quantity, order.UnitPrice, order.Discount, order.Currency, order.Note);
    }
}
