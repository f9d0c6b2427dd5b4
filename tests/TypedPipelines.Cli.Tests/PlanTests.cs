using System.Text.Json;

namespace TypedPipelines.Cli.Tests;

/// <summary><c>plan</c>: what a backfill would load, why, and what it is likely to take.</summary>
public sealed class PlanTests
{
    private readonly Program _program = new();

    [Fact]
    public async Task A_plan_says_what_and_why_and_touches_nothing()
    {
        Program.Ran ran = await _program.RunAsync("plan");
        ran.Code.ShouldBe(0);
        ran.Output.ShouldStartWith("flights 2001-01-01  missing: it was never loaded\n");
        ran.Output.ShouldBe((await _program.RunAsync("backfill", "--dry-run")).Output);
        _program.Destination.Touched.ShouldBeFalse();
    }

    [Fact]
    public async Task What_it_takes_is_estimated_by_the_last_runs()
    {
        await _program.RunAsync("backfill", "--to", "2001-01-01");
        Program.Ran ran = await _program.RunAsync("plan");
        ran.Output.ShouldContain("\nBy the last runs: about 6 rows to read, less than a second one after the other.\n");
        using JsonDocument document = JsonDocument.Parse((await _program.RunAsync("plan", "--json")).Output);
        JsonElement estimate = document.RootElement.GetProperty("estimates").EnumerateArray().Single();
        estimate.GetProperty("pipeline").GetString().ShouldBe("flights");
        estimate.GetProperty("partitions").GetInt32().ShouldBe(2);
        estimate.GetProperty("rows").GetInt64().ShouldBe(6);
        estimate.GetProperty("runs").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task With_nothing_to_do_it_says_so()
    {
        await _program.RunAsync("backfill");
        Program.Ran ran = await _program.RunAsync("plan");
        ran.Code.ShouldBe(0);
        ran.Output.ShouldBe("Every partition is up to date.\n");
    }

    [Fact]
    public async Task One_partition_is_explained()
    {
        (await _program.RunAsync("plan", "flights", "--explain", "2001-01-02")).Output.ShouldBe(
            """
            flights 2001-01-02
              window    2001-01-02T00:00:00Z until before 2001-01-03T00:00:00Z
              backfill  loads it, it was never loaded
              loaded    never

            """);
        await _program.RunAsync("run", "flights", "-p", "2001-01-02");
        Func<Partition, IEnumerable<FlightRow>> good = _program.Flights.Rows;
        _program.Flights.Rows = _ => throw new PipelineException(FailureKind.Source, "the file is missing", "Deliver it.");
        await _program.RunAsync("run", "flights", "-p", "2001-01-02");
        _program.Flights.Rows = good;

        string explained = (await _program.RunAsync("plan", "flights", "--explain", "2001-01-02")).Output;
        explained.ShouldContain("\n  backfill  loads it, its last run failed\n");
        explained.ShouldContain("; its last run failed, and left them as they were\n");
        explained.ShouldMatch(@"  last runs\n    [0-9T:Z-]+  failed  0 read, 0 loaded  0\.000 s  test 1\n        source Landing failed after 0 rows: the file is missing\. Deliver it\.\n    [0-9T:Z-]+  succeeded  3 read, 2 loaded  0\.000 s  test 1\n$");

        using JsonDocument document = JsonDocument.Parse((await _program.RunAsync("plan", "flights", "--explain", "2001-01-02", "--json")).Output);
        document.RootElement.GetProperty("status").GetProperty("state").GetString().ShouldBe("failed");
        document.RootElement.GetProperty("planned").GetProperty("reason").GetString().ShouldBe("failed");
        document.RootElement.GetProperty("runs").EnumerateArray().Select(run => run.GetProperty("outcome").GetString()).ShouldBe(["failed", "succeeded"]);
    }

    [Fact]
    public async Task What_a_partition_reads_is_told_with_what_of_it_is_not_complete()
    {
        var delays = new FlightPipeline("delays", PartitionScheme.Monthly("2001-01"), new FlightContract("delays"), new FlightContract("flights"));
        _program.MorePipelines.Add(delays.Registration);
        (await _program.RunAsync("plan", "delays", "--explain", "2001-01")).Output.ShouldContain(
            "  reads     analytics.flights of flights, 3 partitions: 2001-01-01 is missing, 2001-01-02 is missing, 2001-01-03 is missing\n");
        await _program.RunAsync("run", "flights", "-p", "2001-01-02");
        (await _program.RunAsync("plan", "delays", "--explain", "2001-01")).Output.ShouldContain(
            "  reads     analytics.flights of flights, 3 partitions: 2001-01-01 is missing, 2001-01-03 is missing; 1 complete\n");
        await _program.RunAsync("backfill", "flights");
        (await _program.RunAsync("plan", "delays", "--explain", "2001-01")).Output.ShouldContain("  reads     analytics.flights of flights, 3 partitions: 3 complete\n");
    }

    [Theory]
    [InlineData("--explain takes one partition of one pipeline: name the pipeline, as in: plan flights --explain 2001-01-17", "plan", "--explain", "2001-01-02")]
    [InlineData("--explain is about one partition: leave out --from, --to and --stale", "plan", "flights", "--explain", "2001-01-02", "--stale")]
    [InlineData("'2001-13-02' is not a partition of this pipeline, whose partitions are days such as 2001-01-3", "plan", "flights", "--explain", "2001-13-02")]
    public async Task What_makes_no_sense_is_a_usage_error(string message, params string[] args)
    {
        Program.Ran ran = await _program.RunAsync(args);
        ran.Code.ShouldBe(2);
        ran.Error.ShouldContain(message);
    }
}
