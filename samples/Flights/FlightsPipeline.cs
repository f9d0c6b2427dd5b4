using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using TypedPipelines;

namespace Flights;

/// <summary>A line of <c>landing/flights/yyyy-MM-dd.csv</c>. Times are those of the clock at the origin.</summary>
public sealed record RawFlight([Format("yyyy-MM-dd HH:mm")] DateTime Scheduled, string Origin, string Destination, int Delay, int Distance);

/// <summary>A scheduled flight from one airport to another.</summary>
public sealed record Leg(DateOnly Date, TimeOnly Departure, string Origin, string Destination, int DelayMinutes, int DistanceMiles);

/// <summary>A flight with the cities it connects: a re-run of a day deletes that day and inserts it anew.</summary>
[Table("flights")]
[ReplacePartition(nameof(FlightDate))]
public sealed record Flight(
    DateOnly FlightDate,
    TimeOnly Departure,
    [MaxLength(3)] string Origin,
    string? OriginCity,
    [MaxLength(3)] string Destination,
    string? DestinationCity,
    int DelayMinutes,
    [Range(1, 6000)] int DistanceMiles);

// The day of a flight is over when it is over in Honolulu, the last of its origins to see midnight.
[Pipeline("flights", Owner = "data-platform", Description = "Scheduled flights between US airports, by day.")]
[DailyPartitions("2001-01-01", End = "2001-04-01", TimeZone = "Pacific/Honolulu")]
public sealed partial class FlightsPipeline
{
    [Source(MaxRejectedShare = 0.02)]
    static CsvFiles<RawFlight> Landing(DayPartition day) => new($"landing/flights/{day:yyyy-MM-dd}.csv");

    /// <summary>A flight that ends where it began is a test or a training flight, and no traffic.</summary>
    [Step]
    static Leg? Clean(RawFlight raw) => raw.Origin == raw.Destination
        ? null
        : new Leg(
            DateOnly.FromDateTime(raw.Scheduled), TimeOnly.FromDateTime(raw.Scheduled), raw.Origin, raw.Destination, raw.Delay, raw.Distance);

    /// <summary>An airport that nobody knows stops the run: the join would lose the flight without a word.</summary>
    [Step]
    static Flight WithCities(Leg leg, RowLookup<string, Airport> airports) => new(
        leg.Date,
        leg.Departure,
        leg.Origin,
        airports[leg.Origin].City,
        leg.Destination,
        airports[leg.Destination].City,
        leg.DelayMinutes,
        leg.DistanceMiles);
}
