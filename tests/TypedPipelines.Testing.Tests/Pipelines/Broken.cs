#pragma warning disable TP1001, TP1003, TP1006, TP1014, TP4019, CA1305, CA5394 // Broken on purpose: a proof is to find each.
using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace TypedPipelines.Testing.Tests.Pipelines;

public sealed record RawSale(int Id, DateOnly Day, string Shop, decimal Price, DateTimeOffset At, int Version = 1);

[Merge]
public sealed record Sale([property: Key] int Id, string Text);

[Pipeline("broken-guid")]
public sealed partial class GuidPipeline
{
    [Source] static IEnumerable<RawSale> Landing() => [];
    [Step] static Sale Make(RawSale raw) => new(raw.Id, Guid.NewGuid().ToString());
}

[Pipeline("broken-random")]
public sealed partial class RandomPipeline
{
    [Source] static IEnumerable<RawSale> Landing() => [];
    [Step] static Sale Make(RawSale raw) => new(raw.Id, Random.Shared.NextDouble().ToString(CultureInfo.InvariantCulture));
}

[Pipeline("broken-clock")]
public sealed partial class ClockPipeline
{
    [Source] static IEnumerable<RawSale> Landing() => [];
    [Step] static Sale Make(RawSale raw) => new(raw.Id, DateTime.UtcNow.Ticks.ToString(CultureInfo.InvariantCulture));
}

[Pipeline("broken-start")]
public sealed partial class StartPipeline
{
    [Source] static IEnumerable<RawSale> Landing() => [];
    [Step] static Sale Make(RawSale raw, RunContext run) => new(raw.Id, run.StartedAt.ToString("O", CultureInfo.InvariantCulture));
}

[Pipeline("broken-culture")]
public sealed partial class CulturePipeline
{
    [Source] static IEnumerable<RawSale> Landing() => [];
    [Step] static Sale Make(RawSale raw) => new(raw.Id, raw.Price.ToString("N2"));
}

[Pipeline("broken-letters")]
public sealed partial class LettersPipeline
{
    [Source] static IEnumerable<RawSale> Landing() => [];
    [Step] static Sale Make(RawSale raw) => new(raw.Id, raw.Shop.ToUpper());
}

[Pipeline("broken-zone")]
public sealed partial class ZonePipeline
{
    [Source] static IEnumerable<RawSale> Landing() => [];
    [Step] static Sale Make(RawSale raw) => new(raw.Id, raw.At.LocalDateTime.ToString("O", CultureInfo.InvariantCulture));
}

[Pipeline("broken-number")]
public sealed partial class NumberPipeline
{
    [Source] static IEnumerable<RawSale> Landing() => [];
    [Step] static IEnumerable<Sale> Number(IEnumerable<RawSale> all) => all.Select((raw, i) => new Sale(raw.Id, $"the {i}th"));
}

[Merge]
public sealed record ShopPrice([property: Key, MaxLength(20)] string Shop, [Precision(10, 2)] decimal Price);

[Pipeline("broken-first")]
public sealed partial class FirstPipeline
{
    [Source] static IEnumerable<RawSale> Landing() => [];
    [Step] static IEnumerable<ShopPrice> First(IEnumerable<RawSale> all) => all.GroupBy(raw => raw.Shop).Select(shop => new ShopPrice(shop.Key, shop.First().Price));
}

[Pipeline("broken-before")]
public sealed partial class BeforePipeline
{
    private decimal _before;

    [Source] static IEnumerable<RawSale> Landing() => [];

    [Step]
    Sale Change(RawSale raw)
    {
        decimal change = raw.Price - _before;
        _before = raw.Price;
        return new Sale(raw.Id, change.ToString(CultureInfo.InvariantCulture));
    }
}

[Append]
public sealed record SaleLine(int Id, string Shop);

[Pipeline("broken-append")]
public sealed partial class AppendPipeline
{
    [Source] static IEnumerable<RawSale> Landing() => [];
    [Step] static SaleLine Make(RawSale raw) => new(raw.Id, raw.Shop);
}

[Merge]
public sealed record LastSale([property: Key, MaxLength(20)] string Shop, DateOnly Day, [Precision(10, 2)] decimal Price);

[Pipeline("broken-overwrite")]
[DailyPartitions("2026-01-01")]
public sealed partial class OverwritePipeline
{
    [Source] static IEnumerable<RawSale> Landing(DayPartition day) => [];

    [Step]
    static IEnumerable<LastSale> Last(IEnumerable<RawSale> all, DayPartition day) =>
        all.Where(raw => raw.Day == day.Date).GroupBy(raw => raw.Shop).Select(shop => new LastSale(shop.Key, day.Date, shop.Max(raw => raw.Price)));
}

/// <summary>What has been seen, in a service that lives as long as the process.</summary>
public sealed class Seen
{
    private readonly HashSet<int> _ids = [];

    public bool Add(int id)
    {
        lock (_ids)
        {
            return _ids.Add(id);
        }
    }
}

[ReplaceTable]
public sealed record SeenSale(int Id, string Shop);

[Pipeline("broken-seen")]
public sealed partial class SeenPipeline(Seen seen)
{
    [Source] static IEnumerable<RawSale> Landing() => [];

    [Step]
    SeenSale? Make(RawSale raw) => seen.Add(raw.Id) ? new SeenSale(raw.Id, raw.Shop) : null;
}

[ReplaceTable]
public sealed record TopSale(int Id, [Precision(10, 2)] decimal Price);

[Pipeline("broken-top")]
public sealed partial class TopPipeline
{
    [Source] static IEnumerable<RawSale> Landing() => [];
    [Step] static IEnumerable<TopSale> Top(IEnumerable<RawSale> all) => all.Take(2).Select(raw => new TopSale(raw.Id, raw.Price));
}
