using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace TypedPipelines.Testing.Tests.Pipelines;

[Merge(Version = nameof(Version))]
public sealed record CurrentSale([property: Key] int Id, int Version, string Text, decimal Price);

[Pipeline("sound-version")]
[DailyPartitions("2026-01-01")]
public sealed partial class VersionPipeline
{
    [Source] static IEnumerable<RawSale> Landing(DayPartition day) => [];

    [Step]
    static CurrentSale? Make(RawSale raw, DayPartition day) =>
        raw.Day == day.Date ? new CurrentSale(raw.Id, raw.Version, raw.Shop.ToUpperInvariant() + raw.At.UtcDateTime.ToString("O", CultureInfo.InvariantCulture), raw.Price) : null;
}

[ReplacePartition(nameof(Day))]
public sealed record SaleOfDay(DateOnly Day, int Id, string Shop);

[Pipeline("sound-day")]
[DailyPartitions("2026-01-01")]
public sealed partial class DayPipeline
{
    [Source] static IEnumerable<RawSale> Landing(DayPartition day) => [];
    [Step] static SaleOfDay? Make(RawSale raw, DayPartition day) => raw.Day == day.Date ? new SaleOfDay(raw.Day, raw.Id, raw.Shop) : null;
}

[History(nameof(Since), nameof(Until))]
public sealed record ShopHistory([property: Key, MaxLength(20)] string Shop, [Precision(10, 2)] decimal Price, DateOnly Since = default, DateOnly? Until = null);

[Pipeline("sound-history")]
[DailyPartitions("2026-01-01")]
public sealed partial class ShopHistoryPipeline
{
    [Source] static IEnumerable<RawSale> Landing(DayPartition day) => [];

    [Step]
    static IEnumerable<ShopHistory> Make(IEnumerable<RawSale> all, DayPartition day) =>
        all.Where(raw => raw.Day == day.Date).GroupBy(raw => raw.Shop).Select(shop => new ShopHistory(shop.Key, shop.Max(raw => raw.Price)));
}

[ReplaceRun(nameof(LoadedBy))]
public sealed record SaleOfRun(int Id, string Shop, string LoadedBy = "");

[Pipeline("sound-run")]
[DailyPartitions("2026-01-01")]
public sealed partial class RunPipeline
{
    [Source] static IEnumerable<RawSale> Landing(DayPartition day) => [];
    [Step] static SaleOfRun? Make(RawSale raw, DayPartition day) => raw.Day == day.Date ? new SaleOfRun(raw.Id, raw.Shop) : null;
}

[Merge]
[KeepLatest(nameof(Version), nameof(Price))]
public sealed record LatestSale([property: Key, MaxLength(20)] string Shop, int Version, [Precision(10, 2)] decimal Price);

[Pipeline("sound-latest")]
public sealed partial class LatestPipeline
{
    [Source] static IEnumerable<RawSale> Landing() => [];
    [Step] static LatestSale Make(RawSale raw) => new(raw.Shop, raw.Version, raw.Price);
}
