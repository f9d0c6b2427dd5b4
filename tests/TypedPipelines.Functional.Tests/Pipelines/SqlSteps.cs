using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using TypedPipelines.Functional.Tests.Harness;

namespace TypedPipelines.Functional.Tests.Pipelines;

[ReplacePartition(nameof(Day))]
public sealed record Ride(
    [property: Key] DateOnly Day, [property: Key] int Id, [MaxLength(80)] string City, [Precision(10, 2)] decimal Fare, DateTimeOffset At);

[Pipeline("rides")]
[DailyPartitions("2026-01-01")]
public sealed partial class RidesPipeline
{
    [Source]
    static IEnumerable<Ride> Landing(DayPartition day) => Feed.Take<Ride>(day);
}

[ReplacePartition(nameof(Day), OutOfWindow = RowAction.Quarantine, OnInvalid = RowAction.Quarantine)]
public sealed record CityDay([property: Key] DateOnly Day, [property: Key, MaxLength(80)] string City, [property: Range(1, 3)] long Rides, [Precision(12, 2)] decimal Fares);

/// <summary>The rows of a day, added up by the destination; what the contract says of them is checked as for any load.</summary>
[Pipeline("city-days")]
[DailyPartitions("2026-01-01")]
public sealed partial class CityDaysPipeline
{
    [SqlStep]
    static Sql<CityDay> Summarise(Table<Ride> rides, DayPartition day) => $"""
        select city, sum(fare) as FARES, cast(count(*) as bigint) as rides, day
        from {rides}
        where day >= {day.Window.StartDate} and day < {day.Window.EndDate} and city <> {"it's; drop table ride --"}
        group by day, city
        """;
}

[ReplacePartition(nameof(Month))]
public sealed record CityMonth([property: Key] DateOnly Month, [property: Key, MaxLength(80)] string City, [Precision(14, 2)] decimal Fares);

/// <summary>Of what a SQL step made another one makes more, at a grain of its own, and a step in C# sees its rows.</summary>
[Pipeline("city-months")]
[MonthlyPartitions("2026-01")]
public sealed partial class CityMonthsPipeline
{
    [SqlStep]
    static Sql<CityMonth> Sum(Partition month, Table<CityDay> days) => $"""
        select {month.Window.StartDate} as month, city, sum(fares) as fares from {days}
        where day >= {month.Window.StartDate} and day < {month.Window.EndDate} group by city
        """;

    [Step]
    static bool IsKnown(CityMonth month) => month.City.Length > 0;
}

public enum Mood : short
{
    Low = -1,
    High = 1,
}

[Merge]
public sealed record Echo(
    [property: Key] int Id,
    bool Flag,
    short Small,
    long Big,
    float Real,
    double Wide,
    [Precision(18, 4)] decimal Money,
    DateOnly Date,
    TimeOnly Time,
    DateTimeOffset At,
    DateTime Utc,
    Guid Uuid,
    [MaxLength(4000)] string Text,
    byte[] Bytes,
    Mood Mood,
    int? Missing);

/// <summary>Values of every type go out as parameters, and come back as the row's.</summary>
[Pipeline("echo")]
public sealed partial class EchoPipeline
{
    [SqlStep]
    static Sql<Echo> Say(Partition all)
    {
        Echo echo = Feed.Take<Echo>(all).Single();
        return $"""
            select
                {echo.Id} as id, {echo.Flag} as flag, {echo.Small} as small, {echo.Big} as big, {echo.Real} as real, {echo.Wide} as wide,
                {echo.Money} as money, {echo.Date} as date, {echo.Time} as time, {echo.At} as at, {echo.Utc} as utc, {echo.Uuid} as uuid,
                {echo.Text} as text, {echo.Bytes} as bytes, {echo.Mood} as mood, {echo.Missing} as missing
            """;
    }
}

[Table("odd \"table\" [of] 'names'; --")]
[Merge]
public sealed record Odd([property: Key, Column("select")] int Id, [property: Column("it's \"x\" [y]"), MaxLength(100)] string Text);

[Pipeline("odd")]
public sealed partial class OddPipeline
{
    [Source]
    static IEnumerable<Odd> Landing(Partition all) => Feed.Take<Odd>(all);
}

[Snapshot(nameof(AsOf))]
public sealed record OddCount([property: Key, MaxLength(100)] string Text, long Count)
{
    public DateOnly AsOf { get; init; }
}

/// <summary>A table whose name has all that quotes names, and rows that the load stamps.</summary>
[Pipeline("odd-counts")]
public sealed partial class OddCountsPipeline
{
    [SqlStep]
    static Sql<OddCount> Count(Table<Odd> odd) => $"""
        select "it's ""x"" [y]" as text, cast(count(*) as bigint) as count from {odd} group by "it's ""x"" [y]"
        """;
}

/// <summary>Which statement the pipeline below runs.</summary>
public sealed record Attempt(string Name, string Value = "");

[Merge]
public sealed record Found([property: Key] int Id, [MaxLength(80)] string City);

/// <summary>Statements that something is wrong with, and one with which nothing is.</summary>
[Pipeline("attempts")]
public sealed partial class AttemptsPipeline
{
    [SqlStep]
    static Sql<Found> Try(Table<Ride> rides, Partition all)
    {
        Attempt attempt = Feed.Take<Attempt>(all).Single();
        switch (attempt.Name)
        {
            case "right":
                return $"select id, city from {rides} where city = {attempt.Value}";
            case "other columns":
                return $"select r.* from {rides} as r";
            case "no such column":
                return $"select nowhere as id, city from {rides}";
            case "no such name":
                return $"""select id, "nowhere" as city from {rides}""";
#pragma warning disable TP4032 // What the compiler tells, the destination has to tell, too.
            case "a write":
                return $"update {rides} set city = 'x' where id < {100}";
            case "no SQL":
                return $"select id, city fromm {rides} where";
            case "other type":
                return $"select city as id, city from {rides}";
            case "null":
                return $"select id, cast({null as string} as varchar(10)) as city from {rides}";
            case "two":
                return $"select id, city from {rides}; select id, city from {rides}";
#pragma warning restore TP4032
            case "ended":
                return $"select id, city from {rides}; -- the end";
            case "local time":
                return $"select id, city from {rides} where at > {new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Local)}";
            case "half a pair":
                return $"select id, city from {rides} where city = {attempt.Value + "\ud800"}";
            default:
                throw new InvalidOperationException("no such attempt");
        }
    }
}

[ReplacePartition(nameof(Day))]
public sealed record RollingDay([property: Key] DateOnly Day, long Rides);

/// <summary>A statement that looks two days back.</summary>
[Pipeline("rolling-days")]
[DailyPartitions("2026-01-03")]
public sealed partial class RollingDaysPipeline
{
    [SqlStep]
    static Sql<RollingDay> Roll([EarlierWindows(2)] Table<Ride> rides, DayPartition day) => $"""
        select {day.Date} as day, cast(count(*) as bigint) as rides from {rides} where day > {day.Date.AddDays(-3)} and day <= {day.Date}
        """;
}

[ReplacePartition(nameof(Day))]
public sealed record TotalDay([property: Key] DateOnly Day, long Rides);

/// <summary>A statement that looks at all there has been.</summary>
[Pipeline("total-days")]
[DailyPartitions("2026-01-01")]
public sealed partial class TotalDaysPipeline
{
    [SqlStep]
    static Sql<TotalDay> Total([EarlierWindows(EarlierWindowsAttribute.All)] Table<Ride> rides, DayPartition day) =>
        $"select {day.Date} as day, cast(count(*) as bigint) as rides from {rides} where day <= {day.Date}";
}

[Merge(DeleteMarker = nameof(Gone))]
public sealed record Guest([property: Key] int Id, [MaxLength(80)] string City, bool Gone);

/// <summary>A statement that says which rows are to be deleted.</summary>
[Pipeline("guests")]
public sealed partial class GuestsPipeline
{
    [SqlStep]
    static Sql<Guest> Find(Table<Ride> rides) => $"""
        select id, max(city) as city, case when min(fare) < 0 then {true} else {false} end as gone from {rides} group by id
        """;
}
