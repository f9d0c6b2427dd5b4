using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace TypedPipelines.Testing.Tests.Pipelines;

[ReplaceTable]
public sealed record WholeSale([property: Key] int Id, [MaxLength(20)] string Shop);

/// <summary>A table that is replaced whole.</summary>
[Pipeline("sound-table")]
public sealed partial class TablePipeline
{
    [Source] static IEnumerable<RawSale> Landing() => [];
    [Step] static WholeSale Make(RawSale raw) => new(raw.Id, raw.Shop);
}

[Snapshot(nameof(AsOf))]
public sealed record Shelf([MaxLength(20)] string Shop, int Id, DateOnly? AsOf = null);

/// <summary>What there is on a day.</summary>
[Pipeline("sound-snapshot")]
[DailyPartitions("2026-01-01")]
public sealed partial class SnapshotPipeline
{
    [Source] static IEnumerable<RawSale> Landing(DayPartition day) => [];
    [Step] static Shelf Make(RawSale raw) => new(raw.Shop, raw.Id);
}

[ReplacePartition(nameof(Day))]
public sealed record ShopDay(DateOnly Day, [property: Key, MaxLength(20)] string Shop, int Sales, [Precision(12, 2)] decimal Total);

/// <summary>Groups, whose sums are exact in whatever order.</summary>
[Pipeline("sound-sums")]
[DailyPartitions("2026-01-01")]
public sealed partial class SumsPipeline
{
    [Source] static IEnumerable<RawSale> Landing(DayPartition day) => [];

    [Step]
    static IEnumerable<ShopDay> Sum(IEnumerable<RawSale> all, DayPartition day) => all.Where(raw => raw.Day == day.Date)
        .GroupBy(raw => raw.Shop).Select(shop => new ShopDay(day.Date, shop.Key, shop.Count(), shop.Sum(raw => raw.Price)));
}

[ReplaceTable]
public sealed record RankedSale([property: Key] int Place, int Id);

/// <summary>Numbers by an order that the rows' own values make.</summary>
[Pipeline("sound-ranks")]
public sealed partial class RanksPipeline
{
    [Source] static IEnumerable<RawSale> Landing() => [];

    [Step]
    static IEnumerable<RankedSale> Rank(IEnumerable<RawSale> all) =>
        all.GroupBy(raw => raw.Id).OrderByDescending(id => id.Max(raw => raw.Price)).ThenBy(id => id.Key).Select((id, i) => new RankedSale(i + 1, id.Key));
}

[Merge(DeleteMarker = nameof(IsGone))]
public sealed record LivingSale([property: Key] int Id, [MaxLength(20)] string Shop, bool IsGone);

/// <summary>Rows that the source marks as deleted.</summary>
[Pipeline("sound-marker")]
public sealed partial class MarkerPipeline
{
    [Source] static IEnumerable<RawSale> Landing() => [];
    [Step] static IEnumerable<LivingSale> Make(IEnumerable<RawSale> all) => all.DistinctBy(raw => raw.Id).Select(raw => new LivingSale(raw.Id, "shop " + raw.Id.ToString(CultureInfo.InvariantCulture), raw.Id % 2 == 0));
}

[Merge]
[DeleteMissing(DeleteScope.Table, MaxDeletedShare = 1)]
public sealed record SyncedSale([property: Key] int Id, [MaxLength(20)] string Shop);

/// <summary>Rows that the source no longer has are deleted.</summary>
[Pipeline("sound-sync")]
public sealed partial class SyncPipeline
{
    [Source] static IEnumerable<RawSale> Landing() => [];
    [Step] static SyncedSale Make(RawSale raw) => new(raw.Id, raw.Shop);
}

[ReplacePartition(nameof(At))]
public sealed record SaleOfHour(DateTimeOffset At, int Id);

/// <summary>Windows of hours, by an instant.</summary>
[Pipeline("sound-hours")]
[HourlyPartitions("2026-01-01", TimeZone = "Europe/Berlin")]
public sealed partial class HoursPipeline
{
    [Source] static IEnumerable<RawSale> Landing(HourPartition hour) => [];
    [Step] static SaleOfHour? Make(RawSale raw, HourPartition hour) => raw.At >= hour.Start && raw.At < hour.End ? new SaleOfHour(raw.At, raw.Id) : null;
}

[ReplacePartition(nameof(Day))]
public sealed record SaleOfMonth(DateOnly Day, int Id);

/// <summary>Windows of months.</summary>
[Pipeline("sound-months")]
[MonthlyPartitions("2026-01")]
public sealed partial class MonthsPipeline
{
    [Source] static IEnumerable<RawSale> Landing(MonthPartition month) => [];
    [Step] static SaleOfMonth? Make(RawSale raw, MonthPartition month) => raw.Day >= month.Window.StartDate && raw.Day < month.Window.EndDate ? new SaleOfMonth(raw.Day, raw.Id) : null;
}

[ReplacePartition(nameof(Day))]
public sealed record SaleInCity(DateOnly Day, int Id, [MaxLength(20)] string Shop, [Precision(10, 2)] decimal? ShopPrice);

/// <summary>What a lookup knows of each row; two tables that are published together.</summary>
[Pipeline("sound-lookup")]
[DailyPartitions("2026-01-01")]
public sealed partial class LookupPipeline
{
    [Source] static IEnumerable<RawSale> Landing(DayPartition day) => [];
    [Step] static SaleInCity? Join(RawSale raw, DayPartition day, RowLookup<string, ShopPrice> prices) => raw.Day == day.Date ? new SaleInCity(raw.Day, raw.Id, raw.Shop, prices.Find(raw.Shop)?.Price) : null;
    [Step] static SaleOfDayInCity? Only(RawSale raw, DayPartition day) => raw.Day == day.Date ? new SaleOfDayInCity(raw.Day, raw.Id) : null;
}

[ReplacePartition(nameof(Day))]
public sealed record SaleOfDayInCity(DateOnly Day, int Id);

[ReplacePartition(nameof(Day))]
public sealed record DayTotal(DateOnly Day, long Sales);

/// <summary>A statement over the window of another table.</summary>
[Pipeline("sound-sql")]
[DailyPartitions("2026-01-01")]
public sealed partial class SqlPipeline
{
    [SqlStep]
    static Sql<DayTotal> Count(Table<SaleOfDay> sales, DayPartition day) =>
        $"select s.day as day, count(*) as sales from {sales} as s where s.day >= {day.Window.StartDate} and s.day < {day.Window.EndDate} group by s.day";
}

/// <summary>A price list that answers after a while, and always the same.</summary>
public sealed class PriceList
{
    public async Task<decimal> FindAsync(string shop, CancellationToken cancellationToken)
    {
        await Task.Yield();
        cancellationToken.ThrowIfCancellationRequested();
        return shop.Length;
    }
}

[Merge]
public sealed record PricedSale([property: Key] int Id, [Precision(10, 2)] decimal Price);

/// <summary>A service that is asked for each row, several at once.</summary>
[Pipeline("sound-async")]
public sealed partial class AsyncPipeline(PriceList prices)
{
    [Source] static IEnumerable<RawSale> Landing() => [];

    [Step(MaxConcurrency = 4)]
    async Task<PricedSale> Price(RawSale raw, CancellationToken cancellationToken) => new(raw.Id, await prices.FindAsync(raw.Shop, cancellationToken));
}

[ReplaceTable]
public sealed record Word([property: Key, MaxLength(60)] string Text);

/// <summary>Letters and numbers in the form of no culture.</summary>
[Pipeline("sound-words")]
public sealed partial class WordsPipeline
{
    [Source] static IEnumerable<RawSale> Landing() => [];

    [Step]
    static IEnumerable<Word> Make(IEnumerable<RawSale> all) => all
        .Select(raw => raw.Shop.ToUpperInvariant() + raw.Price.ToString("N2", CultureInfo.InvariantCulture) + raw.At.UtcDateTime.ToString("D", CultureInfo.InvariantCulture))
        .Distinct(StringComparer.Ordinal).Select(text => new Word(text));
}

/// <summary>A row becomes several, or none.</summary>
[Pipeline("sound-many")]
public sealed partial class ManyPipeline
{
    [Source] static IEnumerable<RawSale> Landing() => [];
    [Step] static IEnumerable<ManySale> Split(RawSale raw) => Enumerable.Range(0, raw.Id % 3).Select(part => new ManySale(raw.Id, part));
}

[Merge]
public sealed record ManySale([property: Key] int Id, [property: Key] int Part);

[Merge(Version = nameof(Seen))]
public sealed record LateSale([property: Key, MaxLength(20)] string Shop, DateOnly Seen, [InsertOnly, MaxLength(20)] string Kind);

/// <summary>The last day counts, in whatever order days are loaded; what never changes is kept.</summary>
[Pipeline("sound-late")]
[DailyPartitions("2026-01-01")]
public sealed partial class LatePipeline
{
    [Source] static IEnumerable<RawSale> Landing(DayPartition day) => [];

    [Step]
    static IEnumerable<LateSale> Make(IEnumerable<RawSale> all, DayPartition day) =>
        all.Where(raw => raw.Day == day.Date).Select(raw => raw.Shop).Distinct(StringComparer.Ordinal).Select(shop => new LateSale(shop, day.Date, "shop"));
}
