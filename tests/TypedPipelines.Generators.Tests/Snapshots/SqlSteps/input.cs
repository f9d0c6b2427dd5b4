using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using TypedPipelines;

namespace Air;

[Table("flights", Schema = "analytics")]
[ReplacePartition(nameof(FlightDate))]
public sealed record Flight(DateOnly FlightDate, [MaxLength(3)] string Origin, int DelayMinutes);

[ReplaceTable]
public sealed record Airport([property: Key, MaxLength(3)] string Iata, [MaxLength(50)] string City);

[ReplacePartition(nameof(FlightDate))]
public sealed record DelayByDay([property: Key] DateOnly FlightDate, [property: Key, MaxLength(50)] string City, long Flights);

/// <summary>Stamped by the load, so that the statement leaves the date out.</summary>
[Snapshot(nameof(AsOf))]
public sealed record LongestDelay([property: Key] DateOnly AsOf, long Flights);

[ReplacePartition(nameof(FlightDate))]
public sealed record BusyDay([property: Key] DateOnly FlightDate, [property: Key, MaxLength(50)] string City);

[Pipeline("a-airports")]
public sealed partial class AirportsPipeline
{
    [Source]
    static IEnumerable<Airport> All() => [new("ORD", "Chicago"), new("MDW", "Chicago")];
}

[Pipeline("a-flights")]
[DailyPartitions("2026-01-01", End = "2026-02-01")]
public sealed partial class FlightsPipeline
{
    [Source]
    static IEnumerable<Flight> Landing(DayPartition day) => [new(day.Date, "ORD", 5), new(day.Date, "ORD", 25), new(day.Date, "MDW", 7)];
}

/// <summary>Two statements, one after the other's tables, and a step in C# that takes the rows of one.</summary>
[Pipeline("delays")]
[DailyPartitions("2026-01-01", End = "2026-02-01")]
public sealed partial class DelaysPipeline
{
    [SqlStep]
    static Sql<DelayByDay> Summarise(DayPartition day, Table<Flight> flights, Table<Airport> airports) => $"""
        select f.flight_date, a.city, count(*) as flights
        from {flights} as f
        join {airports} as a on a.iata = f.origin
        where f.flight_date = {day.Date} and f.delay_minutes > {5}
        group by f.flight_date, a.city
        """;

    [Step]
    static BusyDay? IsBusy(DelayByDay day) => day.Flights > 1 ? new BusyDay(day.FlightDate, day.City) : null;

    [SqlStep]
    static Sql<LongestDelay> @event(Table<Flight> flights, [EarlierWindows(6)] Table<Flight> again, Partition partition) =>
        $"select count(*) as flights from {flights} where delay_minutes >= (select max(delay_minutes) from {again} where flight_date = {partition.Window.StartDate})";
}

/// <summary>What a statement gives and no table holds.</summary>
public sealed record DelayShare(string City, [property: Column("share")] double? Share)
{
    public byte Rank { get; init; }
}

[ReplaceTable]
public sealed record WorstCity([property: Key] int Rank, [MaxLength(50)] string City);

[Pipeline("worst-cities")]
public sealed partial class WorstCitiesPipeline
{
    [SqlStep]
    static Sql<DelayShare> Rank(Table<DelayByDay> delays) => $"select cast(row_number() over (order by sum(flights) desc) as smallint) as rank, city, 0.5 as share from {delays} group by city";

    [Step]
    static WorstCity? Worst(DelayShare city) => city.Rank <= 3 ? new WorstCity(city.Rank, city.City) : null;
}
