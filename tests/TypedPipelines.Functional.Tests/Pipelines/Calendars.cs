using TypedPipelines.Functional.Tests.Harness;

namespace TypedPipelines.Functional.Tests.Pipelines;

[ReplacePartition(nameof(Day))]
public sealed record Invoice(DateOnly Day, int Number);

[Pipeline("invoices")]
[MonthlyPartitions("2026-01")]
public sealed partial class InvoicesPipeline
{
    [Source]
    static IEnumerable<Invoice> All(MonthPartition month) => Feed.Take<Invoice>(month);
}

public sealed record Bill(DateOnly Day, int Number);

[ReplacePartition(nameof(Day))]
public sealed record Closing(DateOnly Day, int Number);

[Pipeline("closings")]
[QuarterlyPartitions("2025-Q4", TimeZone = "America/Chicago")]
public sealed partial class ClosingsPipeline
{
    [Source]
    static IEnumerable<Bill> All(QuarterPartition quarter) => Feed.Take<Bill>(quarter);

    [Step]
    static Closing? Close(Bill bill, QuarterPartition quarter) => bill.Number > quarter.Quarter ? null : new(bill.Day, bill.Number);
}

[ReplacePartition(nameof(Day))]
public sealed record Balance(DateOnly Day, int Number);

[Pipeline("balances")]
[YearlyPartitions("2024", End = "2026")]
public sealed partial class BalancesPipeline
{
    [Source]
    static IEnumerable<Balance> All(YearPartition year) => [new(year.FirstDate, year.Year), new(new DateOnly(year.Year, 12, 31), year.Year)];
}
