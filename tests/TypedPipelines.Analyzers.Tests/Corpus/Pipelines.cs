//// an append => TP1001
[Append]
public sealed record Event(int Id, string Name);

//// a merge in its place => nothing
[Merge]
public sealed record Event([property: Key] int Id, string Name);

//// the clock in a step => TP1003
[Pipeline("trades"), DailyPartitions("2024-01-01")]
public sealed partial class TradesPipeline
{
    [Source] static IEnumerable<RawTrade> Read() => [];
    [Step] static DailyTrade Clean(RawTrade raw) => new(raw.Day, raw.Symbol, DateTime.UtcNow);
}

//// the window in a step => nothing
[Pipeline("trades"), DailyPartitions("2024-01-01")]
public sealed partial class TradesPipeline
{
    [Source] static IEnumerable<RawTrade> Read() => [];
    [Step] static DailyTrade Clean(RawTrade raw, DayPartition day) => new(raw.Day, raw.Symbol, day.Start.UtcDateTime);
}

//// a new id in a helper of the class => TP1003
[Pipeline("trades"), DailyPartitions("2024-01-01")]
public sealed partial class TradesPipeline
{
    [Source] static IEnumerable<RawTrade> Read() => [];
    [Step] static DailyTrade Clean(RawTrade raw) => new(raw.Day, Key(raw), default);
    static string Key(RawTrade raw) => raw.Symbol + Guid.NewGuid();
}

//// a helper that no step calls => nothing
[Pipeline("trades"), DailyPartitions("2024-01-01")]
public sealed partial class TradesPipeline
{
    [Source] static IEnumerable<RawTrade> Read() => [];
    [Step] static DailyTrade Clean(RawTrade raw) => new(raw.Day, raw.Symbol, default);
    public static string Describe() => $"asked at {DateTime.UtcNow:O}";
}

//// what a source reads depends on the machine, and nothing else => nothing
[Pipeline("trades"), DailyPartitions("2024-01-01")]
public sealed partial class TradesPipeline
{
    [Source] static IEnumerable<RawTrade> Read() => Environment.GetEnvironmentVariable("LANDING") is null ? [] : [];
    [Step] static DailyTrade Clean(RawTrade raw) => new(raw.Day, raw.Symbol, default);
}

//// a log with the clock => nothing
[Pipeline("trades"), DailyPartitions("2024-01-01")]
public sealed partial class TradesPipeline
{
    [Source] static IEnumerable<RawTrade> Read() => [];
    [Step] static DailyTrade Clean(RawTrade raw, RunContext run)
    {
        run.Logger.LogInformation("{Symbol} at {Now}", raw.Symbol, DateTime.UtcNow);
        return new(raw.Day, raw.Symbol, default);
    }
}

//// a statement with the engine's clock => TP1003
[ReplacePartition(nameof(Day))] public sealed record Total(DateOnly Day, int Trades);
[Pipeline("totals"), DailyPartitions("2024-01-01")]
public sealed partial class TotalsPipeline
{
    [SqlStep] static Sql<Total> Sum(Table<DailyTrade> trades, DayPartition day) => $"select current_date as day, count(*) as trades from {trades} where day = {day.Date}";
}

//// a statement with the window => nothing
[ReplacePartition(nameof(Day))] public sealed record Total(DateOnly Day, int Trades);
[Pipeline("totals"), DailyPartitions("2024-01-01")]
public sealed partial class TotalsPipeline
{
    [SqlStep] static Sql<Total> Sum(Table<DailyTrade> trades, DayPartition day) => $"select day, count(*) as trades from {trades} where day = {day.Date} group by day";
}

//// windows that share keys => TP1012
[Merge] public sealed record Customer2([property: Key] int Id, DateTime UpdatedAt);
[Pipeline("customers"), DailyPartitions("2024-01-01")]
public sealed partial class CustomersPipeline
{
    [Source] static IEnumerable<RawTrade> Read() => [];
    [Step] static Customer2 Clean(RawTrade raw) => new(raw.Symbol.Length, raw.At.UtcDateTime);
}

//// windows that share keys, with a version => nothing
[Merge(Version = nameof(UpdatedAt))] public sealed record Customer2([property: Key] int Id, DateTime UpdatedAt);
[Pipeline("customers"), DailyPartitions("2024-01-01")]
public sealed partial class CustomersPipeline
{
    [Source] static IEnumerable<RawTrade> Read() => [];
    [Step] static Customer2 Clean(RawTrade raw) => new(raw.Symbol.Length, raw.At.UtcDateTime);
}

//// one window for all => nothing
[Merge] public sealed record Customer2([property: Key] int Id, DateTime UpdatedAt);
[Pipeline("customers")]
public sealed partial class CustomersPipeline
{
    [Source] static IEnumerable<RawTrade> Read() => [];
    [Step] static Customer2 Clean(RawTrade raw) => new(raw.Symbol.Length, raw.At.UtcDateTime);
}

//// the day of the machine => TP1013
[Pipeline("trades"), DailyPartitions("2024-01-01")]
public sealed partial class TradesPipeline
{
    [Source] static IEnumerable<RawTrade> Read() => [];
    [Step] static DailyTrade Clean(RawTrade raw) => new(DateOnly.FromDateTime(raw.At.ToLocalTime().DateTime), raw.Symbol, default);
}

//// the day in a zone that is named => nothing
[Pipeline("trades"), DailyPartitions("2024-01-01", TimeZone = "America/New_York")]
public sealed partial class TradesPipeline
{
    static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("America/New_York");
    [Source] static IEnumerable<RawTrade> Read() => [];
    [Step] static DailyTrade Clean(RawTrade raw) => new(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(raw.At, Zone).DateTime), raw.Symbol, default);
}

//// a price in the machine's culture => TP1014
[ReplacePartition(nameof(Day))] public sealed record Price(DateOnly Day, [property: System.ComponentModel.DataAnnotations.Schema.Column(TypeName = "decimal(9,2)")] decimal Amount);
[Pipeline("prices"), DailyPartitions("2024-01-01")]
public sealed partial class PricesPipeline
{
    [Source] static IEnumerable<RawTrade> Read() => [];
    [Step] static Price Clean(RawTrade raw) => new(raw.Day, decimal.Parse(raw.Price));
}

//// a price in the invariant culture => nothing
[ReplacePartition(nameof(Day))] public sealed record Price(DateOnly Day, [property: System.ComponentModel.DataAnnotations.Schema.Column(TypeName = "decimal(9,2)")] decimal Amount);
[Pipeline("prices"), DailyPartitions("2024-01-01")]
public sealed partial class PricesPipeline
{
    [Source] static IEnumerable<RawTrade> Read() => [];
    [Step] static Price Clean(RawTrade raw) => new(raw.Day, decimal.Parse(raw.Price, System.Globalization.CultureInfo.InvariantCulture));
}

//// symbols in capitals => TP1014
[Pipeline("trades"), DailyPartitions("2024-01-01")]
public sealed partial class TradesPipeline
{
    [Source] static IEnumerable<RawTrade> Read() => [];
    [Step] static DailyTrade Clean(RawTrade raw) => new(raw.Day, raw.Symbol.Trim().ToUpper(), default);
}

//// symbols in the capitals of all => nothing
[Pipeline("trades"), DailyPartitions("2024-01-01")]
public sealed partial class TradesPipeline
{
    [Source] static IEnumerable<RawTrade> Read() => [];
    [Step] static DailyTrade Clean(RawTrade raw) => new(raw.Day, raw.Symbol.Trim().ToUpperInvariant(), default);
}

//// a step that writes a file => TP1015
[Pipeline("trades"), DailyPartitions("2024-01-01")]
public sealed partial class TradesPipeline
{
    [Source] static IEnumerable<RawTrade> Read() => [];
    [Step] static DailyTrade? Clean(RawTrade raw)
    {
        if (raw.Symbol.Length == 0)
        {
            System.IO.File.AppendAllText("bad.txt", raw.ToString());
            return null;
        }

        return new(raw.Day, raw.Symbol, default);
    }
}

//// a step that drops rows => nothing
[Pipeline("trades"), DailyPartitions("2024-01-01")]
public sealed partial class TradesPipeline
{
    [Source] static IEnumerable<RawTrade> Read() => [];
    [Step] static DailyTrade? Clean(RawTrade raw) => raw.Symbol.Length == 0 ? null : new(raw.Day, raw.Symbol, default);
}

//// a step that counts in a static => TP1015
[Pipeline("trades"), DailyPartitions("2024-01-01")]
public sealed partial class TradesPipeline
{
    static int _seen;
    [Source] static IEnumerable<RawTrade> Read() => [];
    [Step] static DailyTrade Clean(RawTrade raw) => new(raw.Day, raw.Symbol + ++_seen, default);
}

//// a step that numbers its rows => nothing
[Pipeline("trades"), DailyPartitions("2024-01-01")]
public sealed partial class TradesPipeline
{
    [Source] static IEnumerable<RawTrade> Read() => [];
    [Step] static IEnumerable<DailyTrade> Number(IEnumerable<RawTrade> all)
    {
        int seen = 0;
        foreach (var raw in all.OrderBy(raw => raw.At))
        {
            yield return new(raw.Day, raw.Symbol + ++seen, default);
        }
    }
}

//// a step that inserts by itself => TP1002
[Pipeline("trades"), DailyPartitions("2024-01-01")]
public sealed partial class TradesPipeline
{
    [Source] static IEnumerable<RawTrade> Read() => [];
    [Step] static DailyTrade Clean(RawTrade raw) => new(raw.Day, raw.Symbol, default);
    static void Save(IDbConnection db, RawTrade raw) => db.Execute("insert into seen (symbol) values (@Symbol)", raw);
}

//// a decimal with no precision => TP4013
[Merge] public sealed record Rate([property: Key] string Code, decimal Value);

//// a key that can be null => TP4015
[Merge] public sealed record Rate([property: Key] string? Code, double Value);

//// nothing gives what a step takes => TP4003
[Pipeline("trades")]
public sealed partial class TradesPipeline
{
    [Step] static Trade2 Clean(RawTrade raw) => new(raw.Symbol);
}
[Merge] public sealed record Trade2([property: Key] string Symbol);

//// the same loop in two methods => TP2001
public sealed class Statistics
{
    public decimal Mean(IReadOnlyList<Trade> trades)
    {
        decimal sum = 0;
        int count = 0;
        foreach (var trade in trades)
        {
            if (trade.Price > 0 && trade.Symbol is { Length: > 0 })
            {
                sum += trade.Price;
                count++;
            }
        }

        return count == 0 ? 0 : sum / count;
    }

    public decimal Average(IReadOnlyList<Trade> all)
    {
        decimal total = 0;
        int number = 0;
        foreach (var one in all)
        {
            if (one.Price > 0 && one.Symbol is { Length: > 0 })
            {
                total += one.Price;
                number++;
            }
        }

        return number == 0 ? 0 : total / number;
    }
}

//// two loops that do different things => nothing
public sealed class Statistics
{
    public decimal Mean(IReadOnlyList<Trade> trades)
    {
        decimal sum = 0;
        int count = 0;
        foreach (var trade in trades)
        {
            sum += trade.Price;
            count++;
        }

        return count == 0 ? 0 : sum / count;
    }

    public Dictionary<string, int> Count(IReadOnlyList<Trade> trades)
    {
        var counts = new Dictionary<string, int>();
        foreach (var trade in trades)
        {
            string symbol = trade.Symbol ?? "";
            counts[symbol] = counts.TryGetValue(symbol, out int n) ? n + 1 : 1;
        }

        return counts;
    }
}
