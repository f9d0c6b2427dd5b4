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
}
