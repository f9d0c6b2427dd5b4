namespace TypedPipelines.Cli.Tests;

public sealed class StoppingTests
{
    private readonly Program _program = new();

    [Fact]
    public async Task The_first_signal_rolls_back_what_is_being_worked_on_and_begins_nothing_more()
    {
        Func<Partition, IEnumerable<FlightRow>> good = _program.Flights.Rows;
        _program.Flights.Rows = day =>
        {
            if (day.Key == "2001-01-02")
            {
                _program.Interruption!.Signal();
                _program.Interruption.Token.WaitHandle.WaitOne();
            }

            return good(day);
        };
        Program.Ran ran = await _program.RunAsync("backfill");
        ran.Code.ShouldBe(130);
        ran.Error.ShouldBe(
            """
            Stopping; flights 2001-01-02 is left as it was, unless its publish has begun. Interrupt again to end at once.
            flights 2001-01-02 CANCELLED: the run was cancelled.
                Nothing was changed; run it again to go on.
            Stopped: 1 partition not begun. What is loaded stays; the same command goes on from there.

            """);
        _program.Kills.ShouldBeEmpty();

        // And going on is all it takes.
        _program.Flights.Rows = good;
        Program.Ran again = await _program.RunAsync("backfill");
        again.Code.ShouldBe(0);
        again.Output.ShouldContain("flights: 2 partitions to load, 2001-01-02 to 2001-01-03 (2 missing); 1 up to date");
    }

    [Fact]
    public async Task After_too_many_failures_nothing_more_is_begun_and_the_failures_decide_the_exit_code()
    {
        var begun = new List<string>();
        _program.Flights.Rows = day =>
        {
            begun.Add(day.Key);
            throw new PipelineException(FailureKind.Row, "the row is bad", "Mend it.");
        };
        Program.Ran ran = await _program.RunAsync("backfill", "--max-failures", "2");
        ran.Code.ShouldBe(3);
        begun.ShouldBe(["2001-01-01", "2001-01-02"]);
        ran.Error.ShouldEndWith("2 partitions failed; their tables are as they were. With so many failures no more were begun: 1 partition left. The same command tries them again.\n");
    }

    [Fact]
    public async Task A_signal_names_all_that_is_being_worked_on()
    {
        using var both = new Barrier(2);
        Func<Partition, IEnumerable<FlightRow>> good = _program.Flights.Rows;
        _program.Flights.Rows = day =>
        {
            if (day.Key != "2001-01-03" && both.SignalAndWait(TimeSpan.FromSeconds(20)) && day.Key == "2001-01-02")
            {
                _program.Interruption!.Signal();
            }

            _program.Interruption!.Token.WaitHandle.WaitOne(TimeSpan.FromSeconds(20));
            return good(day);
        };
        Program.Ran ran = await _program.RunAsync("backfill", "--parallel", "2");
        ran.Code.ShouldBe(130);
        ran.Error.ShouldMatch("^Stopping; each of flights 2001-01-0[12], flights 2001-01-0[12] is left as it was, unless its publish has begun. Interrupt again to end at once.\n");
        ran.Error.ShouldEndWith("Stopped: 1 partition not begun. What is loaded stays; the same command goes on from there.\n");
    }

    [Fact]
    public async Task The_second_signal_ends_the_process()
    {
        _program.Flights.Rows = _ =>
        {
            _program.Interruption!.Signal();
            _program.Interruption.Signal();
            return [];
        };
        await _program.RunAsync("run", "flights");
        _program.Kills.ShouldBe([130]);
    }

    [Fact]
    public async Task A_stop_before_the_first_partition_is_told_as_a_stop()
    {
        _program.Destination.PrepareFails = new OperationCanceledException();
        Program.Ran ran = await _program.RunAsync("backfill");
        ran.Code.ShouldBe(130);
        ran.Error.ShouldBe("Stopped. What is loaded stays; the same command goes on from there.\n");
    }

    [Fact]
    public async Task A_ledger_that_gives_way_in_between_does_not_hide_what_was_done()
    {
        _program.MorePipelines.Add(new FlightPipeline(
            "later", PartitionScheme.None, new FlightContract("later"), _program.Flights.Registration.Descriptor.Loads[0].Contract).Registration);
        Func<Partition, IEnumerable<FlightRow>> good = _program.Flights.Rows;
        _program.Flights.Rows = day =>
        {
            _program.Destination.LedgerFails = day.Key == "2001-01-03" ? new PipelineException(FailureKind.Destination, "the server is gone", "Start it.") : null;
            return good(day);
        };
        Program.Ran ran = await _program.RunAsync("backfill", "--json");
        ran.Code.ShouldBe(1, "some was loaded, so it is not the whole truth that the destination is out of reach");
        ran.Json.GetProperty("total").GetProperty("loaded").GetInt32().ShouldBe(3);
        ran.Json.GetProperty("total").GetProperty("failed").GetInt32().ShouldBe(1, "what reads them, for nobody could ask what they are");
        ran.Output.ShouldContain("the server is gone");
    }
}
