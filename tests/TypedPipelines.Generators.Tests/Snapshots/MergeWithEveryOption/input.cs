using System.ComponentModel.DataAnnotations;
using TypedPipelines;

namespace Crm;

/// <summary>A customer as its source knows it.</summary>
[Merge(Version = nameof(UpdatedAt), DeleteMarker = nameof(IsDeleted))]
[DeleteMissing(DeleteScope.Group, nameof(Region), AllowEmpty = true, MaxDeletedShare = 1)]
public sealed record Customer(
    [property: Key] long Id, [MaxLength(10)] string Region, string? Name, DateTime UpdatedAt, [InsertOnly] DateTime CreatedAt, bool IsDeleted);

/// <summary>What is in stock, day by day.</summary>
[Snapshot(nameof(AsOf))]
public sealed record Stock([property: Key] int Sku, int Quantity, DateOnly AsOf = default);

/// <summary>Who read what: neither a key nor a date.</summary>
[ReplaceRun(nameof(LoadedBy))]
public sealed record Access(string Page, string? LoadedBy = null);

[Pipeline("customers")]
[DailyPartitions("2026-01-01", End = "2026-01-03")]
public sealed partial class CustomersPipeline
{
    static readonly DateTime At = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    [Source]
    static IEnumerable<Customer> Customers(DayPartition day) => day.Date.Day == 1
        ? [new(1, "north", "ann", At, At, false), new(2, "north", "bob", At, At, false), new(3, "south", "cid", At, At, false)]
        : [new(1, "north", "anne", At.AddHours(1), At.AddHours(1), false)];

    [Source]
    static IEnumerable<Stock> Stocks(DayPartition day) => [new(7, day.Date.Day)];

    [Source]
    static IEnumerable<Access> Accesses(DayPartition day) => [new("/"), new("/")];
}
