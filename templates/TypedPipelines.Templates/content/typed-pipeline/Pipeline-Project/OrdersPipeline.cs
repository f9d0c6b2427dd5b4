using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using TypedPipelines;

namespace Pipeline_Project;

/// <summary>A line of <c>landing/orders/yyyy-MM-dd.csv</c>, which holds all orders of that day.</summary>
public sealed record RawOrder(int Id, DateOnly Day, string Customer, decimal Amount, string Status);

/// <summary>A paid order. A re-run of a day deletes the orders of that day and inserts them anew.</summary>
[Table("orders")]
[ReplacePartition(nameof(Day))]
public sealed record Order(
    [property: Key] DateOnly Day,
    [property: Key] int Id,
    [MaxLength(50)] string Customer,
    [Precision(10, 2)] decimal Amount)
{
    /// <summary>A paid order is worth something.</summary>
    /// <remarks>Ask the shop for the day's file without refunds, and run the day again.</remarks>
    [Check]
    internal static bool IsWorthSomething(Order row) => row.Amount > 0;
}

/// <summary>What the shop has sold, by day.</summary>
// The sample data is of three days: without `End`, `backfill` loads every day that has ended.
[Pipeline("orders", Owner = "me")]
[DailyPartitions("2026-01-01", End = "2026-01-04")]
public sealed partial class OrdersPipeline
{
    /// <summary>Up to one line in fifty may be unreadable: it is kept in quarantine, and <c>rejects</c> shows it.</summary>
    [Source(MaxRejectedShare = 0.02)]
    internal static CsvFiles<RawOrder> Landing(DayPartition day) => new($"landing/orders/{day:yyyy-MM-dd}.csv");

    /// <summary>Only what is paid is sold.</summary>
    [Step]
    internal static Order? Paid(RawOrder raw) => raw.Status == "paid" ? new Order(raw.Day, raw.Id, raw.Customer, raw.Amount) : null;
}
