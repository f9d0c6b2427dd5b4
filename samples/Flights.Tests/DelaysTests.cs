namespace Flights.Tests;

public sealed class DelaysTests
{
    [Fact]
    public async Task A_flight_is_late_from_a_quarter_of_an_hour_on()
    {
        var day = new DateOnly(2001, 1, 2);
        Flight WithDelay(int minutes) => new(day, new TimeOnly(9, 15), "JFK", "New York", "SFO", "San Francisco", minutes, 2586);
        await using PipelineTest test = PipelineTest.For<DelaysPipeline>().GivenTable(WithDelay(14), WithDelay(15), WithDelay(30));

        await test.RunAsync("2001-01-02");

        await test.Table<DailyDelay>().ShouldBeAsync(new DailyDelay(day, "JFK", Flights: 3, Late: 2, MeanDelayMinutes: 19.67m));
    }
}
