using TypedPipelines;

namespace Flights.Tests;

public sealed class FlightsTests
{
    private static readonly DateOnly Day = new(2001, 1, 2);

    [Fact]
    public async Task A_flight_has_the_cities_that_it_connects_and_one_that_ends_where_it_began_is_none()
    {
        await using PipelineTest test = PipelineTest.For<FlightsPipeline>()
            .GivenTableFile<Airport>("fixtures/airports.csv")
            .GivenSource(
                new RawFlight(Day.ToDateTime(new TimeOnly(9, 15)), "JFK", "SFO", 20, 2586),
                new RawFlight(Day.ToDateTime(new TimeOnly(10, 0)), "JFK", "GUM", 0, 5000),
                new RawFlight(Day.ToDateTime(new TimeOnly(11, 0)), "SFO", "SFO", 0, 10));

        await test.RunAsync("2001-01-02");

        await test.Table<Flight>().ShouldBeAsync(
            new Flight(Day, new TimeOnly(9, 15), "JFK", "New York", "SFO", "San Francisco", 20, 2586),
            new Flight(Day, new TimeOnly(10, 0), "JFK", "New York", "GUM", null, 0, 5000));
    }

    [Fact]
    public async Task A_line_that_cannot_be_read_stops_the_day_since_it_is_more_than_one_in_fifty()
    {
        await using PipelineTest test = PipelineTest.For<FlightsPipeline>()
            .GivenTableFile<Airport>("fixtures/airports.csv")
            .GivenSourceFile("Landing", "fixtures/2001-01-02.csv");

        PipelineException? failure = (await test.TryRunAsync("2001-01-02")).Failure;

        Assert.Contains("source Landing rejected 1 of 3 rows", failure?.Message, StringComparison.Ordinal);
        Assert.Equal("late", Assert.Single(await test.RejectsAsync()).Value);
        await test.Table<Flight>().ShouldBeEmptyAsync();
    }

    [Fact]
    public async Task A_day_that_is_loaded_again_replaces_its_flights_and_no_others()
    {
        await using PipelineTest test = PipelineTest.For<FlightsPipeline>()
            .GivenTableFile<Airport>("fixtures/airports.csv")
            .GivenTable(
                new Flight(Day.AddDays(-1), new TimeOnly(8, 0), "JFK", "New York", "SFO", "San Francisco", 0, 2586),
                new Flight(Day, new TimeOnly(8, 0), "JFK", "New York", "SFO", "San Francisco", 0, 2586))
            .GivenSource(new RawFlight(Day.ToDateTime(new TimeOnly(9, 15)), "SFO", "JFK", 20, 2586));

        await test.RunAsync("2001-01-02");

        await test.Table<Flight>().ShouldBeAsync(row => (row.FlightDate, row.Origin), (Day.AddDays(-1), "JFK"), (Day, "SFO"));
    }
}
