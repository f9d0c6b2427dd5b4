using System.Text.Json;

namespace TypedPipelines.Cli.Tests;

public sealed class ReadingCommandTests
{
    private readonly Program _program = new();

    [Fact]
    public async Task List_shows_what_a_pipeline_is_made_of_and_asks_no_destination()
    {
        Program.Ran ran = await _program.RunAsync("list");
        ran.Code.ShouldBe(0);
        ran.Output.ShouldBe(
            """
            flights  Flights as they landed
              owner       data-platform
              partitions  daily, from 2001-01-01 until before 2001-01-04, UTC
              sources     Landing -> FlightRow
              steps       Landing -> Clean -> FlightRow (filter)
              tables      analytics.flights (replace partition) from Clean

            """);
        _program.Connections.ShouldBeEmpty();
    }

    [Fact]
    public async Task List_as_json()
    {
        JsonElement pipeline = (await _program.RunAsync("list", "--json")).Json.GetProperty("pipelines")[0];
        pipeline.GetProperty("owner").GetString().ShouldBe("data-platform");
        pipeline.GetProperty("partitions").GetProperty("endsBefore").GetString().ShouldBe("2001-01-04");
        pipeline.GetProperty("tables")[0].GetProperty("strategy").GetString().ShouldBe("replacePartition");
        pipeline.GetProperty("steps")[0].GetProperty("kind").GetString().ShouldBe("filter");
        pipeline.GetProperty("tables")[0].GetProperty("columns").ValueKind.ShouldBe(JsonValueKind.Null, "this pipeline was built by hand, without lineage");
    }

    [Fact]
    public async Task Status_of_a_destination_never_loaded()
    {
        Program.Ran ran = await _program.RunAsync("status");
        ran.Code.ShouldBe(0);
        ran.Output.ShouldBe(
            """
            the test's memory (memory)

            pipeline  complete  partial  stale  failed  missing  rows  last run
            flights          0        0      0       0        3     0  never

            """);
        _program.Destination.Touched.ShouldBeFalse();
    }

    [Fact]
    public async Task Status_shows_what_is_not_complete_and_why()
    {
        await _program.RunAsync("run", "flights", "-p", "2001-01-01");
        _program.Flights.Rows = _ => throw new PipelineException(FailureKind.Source, "the file\u001b[2J is bad", "Mend it.");
        await _program.RunAsync("run", "flights", "-p", "2001-01-02");
        Program.Ran ran = await _program.RunAsync("status", "flights", "--partitions");
        ran.Code.ShouldBe(0);
        ran.Output.ShouldBe(
            """
            the test's memory (memory)

            pipeline  complete  partial  stale  failed  missing  rows  last run
            flights          1        0      0       1        1     2  2001-01-02 failed 2001-02-01T03:00:00Z

            flights 2001-01-02  failed  2001-02-01T03:00:00Z  source Landing failed after 0 rows: the file\u001b[2J is bad. Mend it.
            flights 2001-01-03  missing

            """);
        (await _program.RunAsync("status", "--all")).Output.ShouldContain("flights 2001-01-01  complete  2001-02-01T03:00:00Z  3 read, 2 loaded, 1 dropped, 0 rejected\n");
    }

    [Fact]
    public async Task Status_as_json()
    {
        await _program.RunAsync("run", "flights");
        JsonElement json = (await _program.RunAsync("status", "--json")).Json;
        JsonElement pipeline = json.GetProperty("pipelines")[0];
        pipeline.GetProperty("complete").GetInt32().ShouldBe(1);
        pipeline.GetProperty("missing").GetInt32().ShouldBe(2);
        pipeline.GetProperty("lastRun").GetProperty("outcome").GetString().ShouldBe("succeeded");
        pipeline.GetProperty("lastRun").GetProperty("finishedAt").GetString().ShouldBe("2001-02-01T03:00:00Z");
        pipeline.GetProperty("partitions").ValueKind.ShouldBe(JsonValueKind.Null);
        JsonElement partitions = (await _program.RunAsync("status", "--json", "--partitions")).Json.GetProperty("pipelines")[0].GetProperty("partitions");
        partitions[0].GetProperty("state").GetString().ShouldBe("missing");
    }

    [Fact]
    public async Task A_ledger_that_cannot_be_read_is_the_destinations_fault()
    {
        _program.Destination.LedgerFails = new PipelineException(FailureKind.Destination, "the ledger is locked", "Wait.");
        (await _program.RunAsync("status")).Code.ShouldBe(4);
    }

    [Fact]
    public async Task Rejects_show_where_what_and_why()
    {
        (await _program.RunAsync("rejects")).Output.ShouldBe("No row is in quarantine.\n");
        _program.Flights.Rows = day => [new(day.Window.StartDate, "ORD"), new(day.Window.StartDate, "???"), new(day.Window.StartDate, "???")];
        (await _program.RunAsync("run", "flights")).Output.ShouldContain("3 read, 1 loaded, 0 dropped, 2 rejected");

        Program.Ran ran = await _program.RunAsync("rejects", "flights", "--partition", "2001-01-03", "--limit", "1");
        ran.Code.ShouldBe(0);
        ran.Output.ShouldBe(
            """
            flights 2001-01-03  Landing:2  origin = '???': must lie between AAA and ZZZ
                flight_date=2001-01-03, origin='???'

            """);
        ran.Error.ShouldBe("There are more than these 1: --limit shows them.\n");
    }

    [Fact]
    public async Task Rejects_as_json()
    {
        _program.Flights.Rows = day => [new(day.Window.StartDate, "???")];
        await _program.RunAsync("run", "flights");
        JsonElement json = (await _program.RunAsync("rejects", "--json")).Json;
        json.GetProperty("more").GetBoolean().ShouldBeFalse();
        json.GetProperty("rejects")[0].GetProperty("line").GetInt64().ShouldBe(1);
        json.GetProperty("rejects")[0].GetProperty("column").GetString().ShouldBe("origin");
    }

    [Fact]
    public async Task A_partition_of_no_pipeline_is_a_usage_error() =>
        (await _program.RunAsync("rejects", "--partition", "2001-01-03")).Code.ShouldBe(2);
}
