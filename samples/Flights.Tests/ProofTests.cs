namespace Flights.Tests;

public sealed class ProofTests
{
    [Fact]
    public async Task Flights_can_be_loaded_again() =>
        await PipelineProof
            .For<FlightsPipeline>(test => test
                .GivenTableFile<Airport>("fixtures/airports.csv")
                .GivenSource(
                    new RawFlight(new DateTime(2001, 1, 2, 9, 15, 0), "JFK", "SFO", 20, 2586),
                    new RawFlight(new DateTime(2001, 1, 2, 10, 0, 0), "SFO", "SFO", 0, 10),
                    new RawFlight(new DateTime(2001, 1, 2, 11, 30, 0), "SFO", "GUM", -4, 5800)))
            .HoldsAsync("2001-01-02");

    [Fact]
    public Task Every_pipeline_can_be_loaded_again() => PipelineProofs.Of(typeof(FlightsPipeline).Assembly).HoldAsync();
}
