using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace TypedPipelines.Testing.Tests.Pipelines;

public sealed record RawOrder(int Id, DateOnly Day, string Customer, decimal Price);

[JsonSerializable(typeof(RawOrder))]
internal sealed partial class OrdersJson : JsonSerializerContext;

public enum Size
{
    Small,
    Large,
}

[Merge]
public sealed record Order([property: Key] int Id, DateOnly Day, [MaxLength(20)] string Customer, [Precision(10, 2)] decimal Price, Size Size, double Weight = 0, byte[]? Seal = null, Guid? Tag = null);

/// <summary>What a customer was, from when to when.</summary>
[History(nameof(Since), nameof(Until))]
public sealed record Grade([property: Key, MaxLength(20)] string Customer, string Name, DateOnly Since = default, DateOnly? Until = null);

public interface ITariff
{
    decimal Of(Size size);
}

[Pipeline("test-orders")]
[DailyPartitions("2026-01-01")]
public sealed partial class OrdersPipeline(ITariff tariff)
{
    [Source]
    static JsonFiles<RawOrder> Landing(DayPartition day) => new($"nowhere/{day:yyyy-MM-dd}.jsonl", OrdersJson.Default.RawOrder);

    [Step]
    Order Price(RawOrder raw)
    {
        Size size = raw.Price > 100 ? Size.Large : Size.Small;
        return new Order(raw.Id, raw.Day, raw.Customer, raw.Price + tariff.Of(size), size);
    }
}

[ReplacePartition(nameof(Day))]
public sealed record Spending(DateOnly Day, [MaxLength(20)] string Customer, string? Grade, double Total);

[Pipeline("test-spending")]
[DailyPartitions("2026-01-01")]
public sealed partial class SpendingPipeline
{
    [SqlStep]
    static Sql<Spending> Sum(Table<Order> orders, [EarlierWindows(EarlierWindowsAttribute.All)] Table<Grade> grades, DayPartition day) => $"""
        select o.day as day, o.customer as customer, g.name as grade, sum(cast(o.price as double precision)) as total
        from {orders} as o
        left join {grades} as g
        on g.customer = o.customer and g.since <= o.day and (g.until is null or g.until > o.day)
        where o.day >= {day.Window.StartDate} and o.day < {day.Window.EndDate}
        group by o.day, o.customer, g.name
        """;
}

/// <summary>A table that is stamped with its run, and one with its day; two sources of one type of rows.</summary>
[ReplaceRun(nameof(Run))]
public sealed record Entry(string Text, string Run = "");

[Snapshot(nameof(AsOf))]
public sealed record Stock([MaxLength(20)] string Item, int Pieces, DateOnly? AsOf = null);

public sealed record Line(string Text);

[Pipeline("test-lines")]
[DailyPartitions("2026-01-01")]
public sealed partial class LinesPipeline
{
    [Source]
    static IEnumerable<Line> Local(DayPartition day) => [new("local " + day.Key)];

    [Source]
    static IEnumerable<Line> Remote(DayPartition day) => [new("remote " + day.Key)];

    [Step]
    static Entry Trim([From(nameof(Local))] Line line) => new(line.Text.Trim());

    [Step]
    static Stock Count([From(nameof(Remote))] Line line) => new(line.Text, line.Text.Length);
}

/// <summary>A row nobody has.</summary>
public sealed record Stranger(int Id);
