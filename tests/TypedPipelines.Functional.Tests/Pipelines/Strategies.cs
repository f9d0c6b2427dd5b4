using System.ComponentModel.DataAnnotations;
using TypedPipelines.Functional.Tests.Harness;

namespace TypedPipelines.Functional.Tests.Pipelines;

[Merge(Version = nameof(Revision), DeleteMarker = nameof(Gone))]
public sealed record Customer([property: Key] long Id, int Revision, string? Name, [InsertOnly] DateTime CreatedAt, bool Gone = false);

[Pipeline("customers")]
[DailyPartitions("2026-01-01")]
public sealed partial class CustomersPipeline
{
    [Source]
    static IEnumerable<Customer> Changes(DayPartition day) => Feed.Take<Customer>(day);
}

[Merge(Version = nameof(Revision), OnSameVersion = SameVersion.Keep)]
public sealed record KeptOffer([property: Key] long Id, int? Revision, string? Text);

[Merge(Version = nameof(Revision), OnSameVersion = SameVersion.Overwrite)]
public sealed record OverwrittenOffer([property: Key] long Id, int Revision, string? Text);

[Pipeline("offers")]
public sealed partial class OffersPipeline
{
    [Source]
    static IEnumerable<KeptOffer> Kept(Partition partition) => Feed.Take<KeptOffer>(partition);

    [Step]
    static OverwrittenOffer Copy(KeptOffer row) => new(row.Id, row.Revision ?? 0, row.Text);
}

[Merge]
[DeleteMissing(DeleteScope.Group, nameof(Region), MaxDeletedShare = 0.5)]
public sealed record Store([property: Key] int Id, string? Region, string Name);

[Pipeline("stores")]
public sealed partial class StoresPipeline
{
    [Source]
    static IEnumerable<Store> All(Partition partition) => Feed.Take<Store>(partition);
}

[Merge]
[DeleteMissing(DeleteScope.Window, nameof(Day), AllowEmpty = true, MaxDeletedShare = 1)]
public sealed record Booking([property: Key] int Id, DateOnly Day, string Guest);

[Pipeline("bookings")]
[DailyPartitions("2026-01-01")]
public sealed partial class BookingsPipeline
{
    [Source]
    static IEnumerable<Booking> All(DayPartition day) => Feed.Take<Booking>(day);
}

[Merge]
[DeleteMissing(DeleteScope.Table)]
public sealed record Currency([property: Key, MaxLength(100)] string Code, string Name);

[Pipeline("currencies")]
public sealed partial class CurrenciesPipeline
{
    [Source]
    static IEnumerable<Currency> All(Partition partition) => Feed.Take<Currency>(partition);
}

[Merge(OnInvalid = RowAction.Quarantine)]
[DeleteMissing(DeleteScope.Table)]
public sealed record Tariff([property: Key] int Id, [property: Range(0, 100)] int Percent);

[Pipeline("tariffs")]
public sealed partial class TariffsPipeline
{
    [Source]
    static IEnumerable<Tariff> All(Partition partition) => Feed.Take<Tariff>(partition);
}

[Snapshot(nameof(AsOf))]
public sealed record Stock([property: Key, MaxLength(100)] string Sku, int Quantity)
{
    public DateOnly AsOf { get; init; }
}

[Pipeline("stock")]
[DailyPartitions("2026-01-01")]
public sealed partial class StockPipeline
{
    [Source]
    static IEnumerable<Stock> All(DayPartition day) => Feed.Take<Stock>(day);
}

[Snapshot(nameof(AsOf))]
public sealed record Headcount(string Team, int People, DateOnly? AsOf = null);

[Pipeline("headcount")]
public sealed partial class HeadcountPipeline
{
    [Source]
    static IEnumerable<Headcount> All(Partition partition) => Feed.Take<Headcount>(partition);
}

[ReplaceRun(nameof(LoadedBy))]
public sealed record LogLine(string Text, string LoadedBy = "");

[Pipeline("log")]
[HourlyPartitions("2026-01-01", End = "2026-01-03")]
public sealed partial class LogPipeline
{
    [Source]
    static IEnumerable<LogLine> All(HourPartition hour) => Feed.Take<LogLine>(hour);
}

[History(nameof(ValidFrom), nameof(ValidTo), DeleteMarker = nameof(Closed))]
public sealed record Subscription(
    [property: Key] int Id, string? Plan, int Seats, DateTime ValidFrom = default, DateTime? ValidTo = null, bool Closed = false);

[Pipeline("subscriptions")]
[DailyPartitions("2026-01-01", End = "2026-02-01")]
public sealed partial class SubscriptionsPipeline
{
    [Source]
    static IEnumerable<Subscription> Changes(DayPartition day) => Feed.Take<Subscription>(day);
}

[History(nameof(From), nameof(To))]
[DeleteMissing(DeleteScope.Table, MaxDeletedShare = 0.5)]
public sealed record Employee([property: Key, MaxLength(100)] string Name, string? Team, DateOnly From = default, DateOnly? To = null);

[Pipeline("employees")]
[DailyPartitions("2026-01-01", End = "2026-02-01")]
public sealed partial class EmployeesPipeline
{
    [Source]
    static IEnumerable<Employee> All(DayPartition day) => Feed.Take<Employee>(day);
}

public sealed record RawOrder(string Id, int Quantity);

[ReplaceFile(nameof(File))]
public sealed record OrderRow(string Id, int Quantity, string? File = null);

/// <summary>Files are looked for in the folder that a test names.</summary>
[Pipeline("orders")]
[FilePartitions("file-orders/*.csv")]
public sealed partial class OrdersPipeline
{
    [Source]
    static CsvFiles<RawOrder> Landing(FilePartition file) => new(file.Path);

    [Step]
    static OrderRow Clean(RawOrder raw)
    {
        Meanwhile.Read(raw.Id);
        return new(raw.Id, raw.Quantity);
    }
}

/// <summary>What happens in the world while rows are read: set by a test, seen only by what that test calls.</summary>
internal static class Meanwhile
{
    private static readonly AsyncLocal<Action<string>?> What = new();

    internal static void Set(Action<string>? what) => What.Value = what;

    internal static void Read(string row) => What.Value?.Invoke(row);
}

/// <summary>A check of the user's own that does not say whether a value is right.</summary>
public sealed class ThrowingAttribute : ValidationAttribute
{
    public override bool IsValid(object? value) => value is "boom" ? throw new InvalidOperationException("no idea.") : true;
}

/// <summary>Members that admit null in C#, and whose columns do not.</summary>
[Merge]
public sealed record Parcel([property: Key] int Id, [Required] string? Label, [Required] byte[]? Content, [Required] int? Weight, [Throwing] string Note = "");

[Pipeline("parcels")]
public sealed partial class ParcelsPipeline
{
    [Source]
    static IEnumerable<Parcel> All(Partition partition) => Feed.Take<Parcel>(partition);
}
