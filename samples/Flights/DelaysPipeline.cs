using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using TypedPipelines;

namespace Flights;

/// <summary>How late the flights of one origin left on one day.</summary>
[Table("daily_delays")]
[ReplacePartition(nameof(FlightDate))]
public sealed record DailyDelay(
    [property: Key] DateOnly FlightDate,
    [property: Key, MaxLength(3)] string Origin,
    int Flights,
    int Late,
    [Precision(6, 2)] decimal MeanDelayMinutes);

[Pipeline("delays", Owner = "data-platform", Description = "Delay per origin and day, from the flights loaded.")]
[DailyPartitions("2001-01-01", End = "2001-04-01", TimeZone = "Pacific/Honolulu")]
public sealed partial class DelaysPipeline
{
    /// <summary>A flight is late, by the usage of the US Department of Transportation, when it is 15 minutes behind.</summary>
    const int LateMinutes = 15;

    [Source]
    static Table<Flight> Flights(DayPartition day) => Table<Flight>.In(day);

    [Step]
    static IEnumerable<DailyDelay> Summarise(IEnumerable<Flight> flights) =>
        from flight in flights
        group flight.DelayMinutes by (flight.FlightDate, flight.Origin) into delays
        select new DailyDelay(
            delays.Key.FlightDate,
            delays.Key.Origin,
            delays.Count(),
            delays.Count(delay => delay >= LateMinutes),
            decimal.Round((decimal)delays.Average(), 2));
}
