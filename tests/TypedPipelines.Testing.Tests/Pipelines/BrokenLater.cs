#pragma warning disable TP1001, TP1002, TP1003, TP1006, TP1014, TP2002, TP4019, CA1305, CA5394, CA2211 // Broken on purpose: a proof is to find each.
using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace TypedPipelines.Testing.Tests.Pipelines;

[ReplaceTable]
public sealed record Lottery([property: Key, MaxLength(20)] string Shop, long Number);

/// <summary>What the database makes up.</summary>
[Pipeline("broken-lottery")]
public sealed partial class LotteryPipeline
{
    [SqlStep]
    static Sql<Lottery> Draw(Table<ShopPrice> shops) => $"select shop as shop, random() as number from {shops}";
}

/// <summary>A number that counts on as long as the process lives.</summary>
[Pipeline("broken-counter")]
public sealed partial class CounterPipeline
{
    private static int _last;

    [Source] static IEnumerable<RawSale> Landing() => [];
    [Step] static Sale Make(RawSale raw) => new(raw.Id, $"number {Interlocked.Increment(ref _last)}");
}

/// <summary>How long ago it was when the run began.</summary>
[Pipeline("broken-age")]
public sealed partial class AgePipeline
{
    [Source] static IEnumerable<RawSale> Landing() => [];
    [Step] static Sale Make(RawSale raw, RunContext run) => new(raw.Id, (run.StartedAt - raw.At).Days.ToString(CultureInfo.InvariantCulture));
}

/// <summary>Numbers read in the form of the machine's culture.</summary>
[Pipeline("broken-parse")]
public sealed partial class ParsePipeline
{
    [Source] static IEnumerable<RawSale> Landing() => [];
    [Step] static ShopPrice Make(RawSale raw) => new(raw.Shop, decimal.Parse("1.25"));
}

[Merge]
public sealed record FirstCount([property: Key, MaxLength(20)] string Shop, [InsertOnly] int Sales);

/// <summary>What came first stays, though it counted less.</summary>
[Pipeline("broken-first-count")]
public sealed partial class FirstCountPipeline
{
    [Source] static IEnumerable<RawSale> Landing() => [];
    [Step] static IEnumerable<FirstCount> Count(IEnumerable<RawSale> all) => all.GroupBy(raw => raw.Shop).Select(shop => new FirstCount(shop.Key, shop.Count()));
}

[Merge]
public sealed record FirstDay([property: Key, MaxLength(20)] string Shop, [InsertOnly] DateOnly Day);

/// <summary>The day that is loaded first stays, which need not be the first.</summary>
[Pipeline("broken-first-day")]
[DailyPartitions("2026-01-01")]
public sealed partial class FirstDayPipeline
{
    [Source] static IEnumerable<RawSale> Landing(DayPartition day) => [];

    [Step]
    static IEnumerable<FirstDay> First(IEnumerable<RawSale> all, DayPartition day) =>
        all.Where(raw => raw.Day == day.Date).Select(raw => raw.Shop).Distinct(StringComparer.Ordinal).Select(shop => new FirstDay(shop, day.Date));
}
