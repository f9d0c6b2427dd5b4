using TypedPipelines.Cli.Tests.Fakes;

namespace TypedPipelines.Cli.Tests;

public sealed class PrepareTests
{
    private readonly Program _program = new();

    [Fact]
    public async Task It_creates_what_is_missing_and_loads_nothing()
    {
        Program.Ran ran = await _program.RunAsync("prepare");
        ran.Code.ShouldBe(0);
        ran.Output.ShouldBe("flights: analytics.flights has the shape of its contract\n");
        _program.Destination.Touched.ShouldBeTrue();
        (await _program.Destination.GetPartitionsAsync("flights", CancellationToken.None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_table_of_another_shape_is_told_and_the_others_are_prepared()
    {
        AddAirports();
        _program.Destination.RefusesTable = "analytics.flights";
        Program.Ran ran = await _program.RunAsync("prepare");
        ran.Code.ShouldBe(4);
        ran.Output.ShouldBe("airports: analytics.airports has the shape of its contract\n");
        ran.Error.ShouldBe("flights REFUSED: the table analytics.flights has another shape.\n    Mend it.\n");
        (await _program.RunAsync("prepare", "nothing")).Code.ShouldBe(2);
    }

    [Fact]
    public async Task A_backfill_looks_at_every_table_before_it_plans()
    {
        AddAirports();
        await _program.RunAsync("backfill");
        _program.Destination.StaleOncePrepared = ("flights", "2001-01-02");

        Program.Ran ran = await _program.RunAsync("backfill", "--force", "airports");
        ran.Output.ShouldNotContain("flights");
        ran = await _program.RunAsync("backfill");
        ran.Output.ShouldContain("flights: 1 partition to load, 2001-01-02 (1 stale)");
    }

    [Fact]
    public async Task A_refused_table_does_not_keep_the_others_from_being_loaded_and_is_told()
    {
        AddAirports();
        await _program.RunAsync("backfill", "flights");
        _program.Destination.RefusesTable = "analytics.flights";

        Program.Ran ran = await _program.RunAsync("backfill");
        ran.Code.ShouldBe(0);
        ran.Output.ShouldContain("airports all  3 read");
        ran.Error.ShouldBe("warning: flights could not be loaded now: the table analytics.flights has another shape. Mend it.\n");

        ran = await _program.RunAsync("backfill");
        ran.Code.ShouldBe(4, "there is nothing to load, and what keeps flights from being loaded is the answer");
        ran.Error.ShouldContain("the table analytics.flights has another shape");

        ran = await _program.RunAsync("backfill", "--force");
        ran.Code.ShouldBe(1);
        ran.Error.ShouldContain("flights 2001-01-01 BLOCKED (Schema): the table analytics.flights has another shape.\n    Mend it.\nflights: 2 more partitions BLOCKED, too\n");
        ran.Output.ShouldContain("airports all  3 read");
    }

    private void AddAirports() => _program.MorePipelines.Add(new FlightPipeline("airports", PartitionScheme.None, new FlightContract("airports")).Registration);
}
