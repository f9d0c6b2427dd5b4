using System.Globalization;
using System.Text.Json;

namespace TypedPipelines.Cli.Tests;

public sealed class BackfillTests
{
    private readonly Program _program = new();

    [Fact]
    public async Task Loads_what_is_missing_and_says_so_line_by_line()
    {
        Program.Ran ran = await _program.RunAsync("backfill");

        ran.Error.ShouldBe("");
        ran.Code.ShouldBe(0);
        ran.Steady[..ran.Steady.IndexOf("\npipeline", StringComparison.Ordinal)].ShouldBe(
            """
            Loading into the test's memory (memory)
            flights: 3 partitions to load, 2001-01-01 to 2001-01-03 (3 missing); 0 up to date

            flights 2001-01-01  3 read, 2 loaded, 1 dropped, 0 rejected, 0.000 s
            flights 2001-01-02  3 read, 2 loaded, 1 dropped, 0 rejected, 0.000 s
            flights 2001-01-03  3 read, 2 loaded, 1 dropped, 0 rejected, 0.000 s

            """);
    }

    [Fact]
    public async Task Twice_is_once()
    {
        await _program.RunAsync("backfill");
        Program.Ran ran = await _program.RunAsync("backfill");
        ran.Code.ShouldBe(0);
        ran.Output.ShouldBe("Every partition is up to date.\n");
    }

    [Fact]
    public async Task With_nothing_to_do_the_tables_are_looked_at_and_what_is_stale_by_that_is_loaded()
    {
        await _program.RunAsync("backfill");
        _program.Destination.StaleOncePrepared = ("flights", "2001-01-02");

        (await _program.RunAsync("backfill", "--dry-run")).Output.ShouldContain("Every partition is up to date", customMessage: "a dry run changes nothing");
        Program.Ran ran = await _program.RunAsync("backfill");

        ran.Output.ShouldContain("flights: 1 partition to load, 2001-01-02 (1 stale); 2 up to date");
        ran.Output.ShouldContain("flights 2001-01-02  3 read");
    }

    [Fact]
    public async Task What_was_loaded_by_other_logic_is_told_and_left_until_stale_ones_are_asked_for()
    {
        _program.Flights.Logic = new PipelineLogic { Fingerprint = "a", Parts = [] };
        await _program.RunAsync("backfill");
        _program.Flights.Logic = new PipelineLogic { Fingerprint = "b", Parts = [] };

        Program.Ran told = await _program.RunAsync("backfill");
        told.Output.ShouldBe(
            """
            Every partition is up to date.
            flights: 3 partitions up to date by other logic than today's: its pipeline's logic changed after it was loaded. `backfill flights --stale` loads them again.

            """);

        JsonElement plan = (await _program.RunAsync("backfill", "--dry-run", "--json")).Json;
        plan.GetProperty("partitions").GetArrayLength().ShouldBe(0);
        plan.GetProperty("otherLogic").EnumerateArray().Select(planned => (planned.GetProperty("partition").GetString(), planned.GetProperty("reason").GetString()))
            .ShouldBe([("2001-01-01", "logicChanged"), ("2001-01-02", "logicChanged"), ("2001-01-03", "logicChanged")]);

        Program.Ran stale = await _program.RunAsync("backfill", "--stale", "--to", "2001-01-02");
        stale.Output.ShouldContain("flights: 2 partitions to load, 2001-01-01 to 2001-01-02 (2 stale); 0 up to date");
        (await _program.RunAsync("backfill", "--stale")).Output.ShouldContain("flights: 1 partition to load, 2001-01-03 (1 stale)");
        (await _program.RunAsync("backfill", "--stale")).Output.ShouldBe("No partition is stale.\n");
        (await _program.RunAsync("backfill", "--stale", "--force")).Error.ShouldContain("--force loads all partitions and --stale only some");
    }

    [Fact]
    public async Task Force_loads_what_is_up_to_date_and_to_is_included()
    {
        await _program.RunAsync("backfill");
        Program.Ran ran = await _program.RunAsync("backfill", "flights", "--from", "2001-01-02", "--to", "2001-01-03", "--force");
        ran.Output.ShouldContain("flights: 2 partitions to load, 2001-01-02 to 2001-01-03 (2 asked for); 0 up to date");
        ran.Output.ShouldContain("flights 2001-01-03  3 read");
        ran.Output.ShouldNotContain("flights 2001-01-01");
    }

    [Theory]
    [InlineData("--force loads all partitions and --failed only some: give one of them", "backfill", "--force", "--failed")]
    [InlineData("--downstream adds what reads the tables of the pipelines named, and none is", "backfill", "--downstream")]
    public async Task Options_that_contradict_each_other_are_a_usage_error(string message, params string[] args)
    {
        Program.Ran ran = await _program.RunAsync(args);
        ran.Code.ShouldBe(2);
        ran.Error.ShouldContain(message);
    }

    [Fact]
    public async Task S51_what_has_failed_and_cannot_be_loaded_any_more_is_told_and_not_forgotten()
    {
        Func<Partition, IEnumerable<FlightRow>> good = _program.Flights.Rows;
        _program.Flights.Rows = day => day.Key == "2001-01-03" ? throw new PipelineException(FailureKind.Source, "it is missing", "Deliver it.") : good(day);
        await _program.RunAsync("backfill");
        var shorter = new Program(_program.Destination) { Flights = new FlightPipeline("flights", PartitionScheme.Daily("2001-01-01", "2001-01-03"), new FlightContract("flights")) };

        Program.Ran retry = await shorter.RunAsync("retry");
        retry.Output.ShouldBe("No partition has failed.\n");
        retry.Error.ShouldBe("warning: flights 2001-01-03 has failed, and is no partition any more that flights can load: its file is gone, or its window lies outside the pipeline's range. It is not tried again.\n");
        Program.Ran status = await shorter.RunAsync("status", "--partitions");
        status.Output.ShouldMatch(@"flights +2 +0 +0 +1 +0 ");
        status.Output.ShouldContain("flights 2001-01-03  failed, and no partition any more that can be loaded  ");
        (await shorter.RunAsync("status", "--partitions", "--json")).Json.GetProperty("pipelines")[0].GetProperty("partitions")[0].GetProperty("key").GetString().ShouldBe("2001-01-03");
    }

    [Fact]
    public async Task Only_what_is_missing_or_failed()
    {
        await _program.RunAsync("backfill", "--to", "2001-01-01");
        Program.Ran missing = await _program.RunAsync("backfill", "--missing", "--dry-run");
        missing.Output.ShouldContain("flights: 2 partitions to load, 2001-01-02 to 2001-01-03 (2 missing); 0 up to date");
        (await _program.RunAsync("backfill", "--failed")).Output.ShouldBe("No partition is failed.\n");
        (await _program.RunAsync("backfill", "--missing")).Code.ShouldBe(0);
        (await _program.RunAsync("backfill", "--missing", "--failed")).Output.ShouldBe("No partition is failed or missing.\n");
    }

    [Fact]
    public async Task A_dry_run_tells_the_reasons_and_touches_nothing()
    {
        Program.Ran ran = await _program.RunAsync("backfill", "--dry-run");
        ran.Code.ShouldBe(0);
        ran.Output.ShouldBe(
            """
            flights 2001-01-01  missing: it was never loaded
            flights 2001-01-02  missing: it was never loaded
            flights 2001-01-03  missing: it was never loaded

            flights: 3 partitions to load, 2001-01-01 to 2001-01-03 (3 missing); 0 up to date
            Nothing was changed in the test's memory (memory), and whether its tables have their contracts' shape was not looked at.

            """);
        _program.Destination.Touched.ShouldBeFalse();
    }

    [Fact]
    public async Task A_failed_partition_is_told_on_the_error_output_and_the_others_go_on()
    {
        var good = _program.Flights.Rows;
        _program.Flights.Rows = day => day.Key == "2001-01-02"
            ? throw new PipelineException(FailureKind.Source, "landing/2001-01-02.csv is not there", "Deliver it.")
            : good(day);
        Program.Ran ran = await _program.RunAsync("backfill");
        ran.Code.ShouldBe(1);
        ran.Error.ShouldBe(
            """
            flights 2001-01-02 FAILED (Source): source Landing failed after 0 rows: landing/2001-01-02.csv is not there.
                Deliver it.
            1 partition failed; their tables are as they were. The same command tries them again.

            """);
        ran.Output.ShouldContain("flights 2001-01-03  3 read");

        Program.Ran again = await _program.RunAsync("backfill", "--dry-run");
        again.Output.ShouldStartWith("flights 2001-01-02  failed: its last run failed\n");
    }

    [Fact]
    public async Task Bad_data_alone_has_a_code_of_its_own()
    {
        _program.Flights.Rows = _ => throw new PipelineException(FailureKind.DuplicateKey, "two rows have one key", "Mend them.");
        (await _program.RunAsync("backfill")).Code.ShouldBe(3);
    }

    [Fact]
    public async Task What_reads_a_failed_table_is_blocked()
    {
        _program.MorePipelines.Add(new FlightPipeline(
            "delays", PartitionScheme.Daily("2001-01-01", "2001-01-02"), new FlightContract("delays"), _program.Flights.Registration.Descriptor.Loads[0].Contract).Registration);
        _program.Flights.Rows = _ => throw new InvalidOperationException("boom");
        Program.Ran ran = await _program.RunAsync("backfill");
        ran.Code.ShouldBe(1);
        ran.Error.ShouldContain("delays 2001-01-01 BLOCKED: it reads the table analytics.flights");
        ran.Error.ShouldContain("3 partitions failed, 1 blocked;");
        ran.Error.ShouldNotContain("   at ");
    }

    [Fact]
    public async Task Of_many_blocked_partitions_the_first_tells_why_and_the_others_are_counted()
    {
        _program.MorePipelines.Add(new FlightPipeline(
            "delays", PartitionScheme.Daily("2001-01-01", "2001-01-04"), new FlightContract("delays"), _program.Flights.Registration.Descriptor.Loads[0].Contract).Registration);
        _program.Flights.Rows = _ => throw new InvalidOperationException("boom");
        Program.Ran ran = await _program.RunAsync("backfill", "--quiet");
        ran.Error.ShouldContain("delays 2001-01-01 BLOCKED: it reads the table analytics.flights");
        ran.Error.ShouldContain("delays: 2 more partitions BLOCKED, too\n");
        ran.Error.ShouldNotContain("delays 2001-01-02");
        ran.Error.ShouldContain("3 partitions failed, 3 blocked;");
    }

    [Fact]
    public async Task A_destination_that_cannot_be_reached_is_told_once()
    {
        _program.Destination.PrepareFails = new PipelineException(FailureKind.Destination, "the memory is full", "Buy more.");
        Program.Ran ran = await _program.RunAsync("backfill");
        ran.Code.ShouldBe(4);
        ran.Error.ShouldBe("error: the memory is full. Buy more.\n");
    }

    [Fact]
    public async Task Json_is_one_document_and_nothing_else()
    {
        Program.Ran ran = await _program.RunAsync("backfill", "--json");
        ran.Code.ShouldBe(0);
        ran.Error.ShouldBe("");
        JsonElement partition = ran.Json.GetProperty("partitions")[0];
        partition.GetProperty("pipeline").GetString().ShouldBe("flights");
        partition.GetProperty("key").GetString().ShouldBe("2001-01-01");
        partition.GetProperty("status").GetString().ShouldBe("loaded");
        partition.GetProperty("reason").GetString().ShouldBe("missing");
        partition.GetProperty("rows").GetProperty("dropped").GetInt64().ShouldBe(1);
        ran.Json.GetProperty("total").GetProperty("loaded").GetInt32().ShouldBe(3);

        JsonElement again = (await _program.RunAsync("backfill", "--json")).Json;
        again.GetProperty("total").GetProperty("upToDate").GetInt32().ShouldBe(3);
        JsonElement plan = (await _program.RunAsync("backfill", "--json", "--dry-run", "--force")).Json;
        plan.GetProperty("partitions")[2].GetProperty("reason").GetString().ShouldBe("asked");
    }

    [Fact]
    public async Task Json_tells_failures_too()
    {
        _program.Flights.Rows = _ => throw new PipelineException(FailureKind.RejectLimit, "too many rejects", "Mend them.");
        Program.Ran ran = await _program.RunAsync("backfill", "--json");
        ran.Code.ShouldBe(3);
        ran.Json.GetProperty("exitCode").GetInt32().ShouldBe(3);
        ran.Json.GetProperty("partitions")[0].GetProperty("failure").GetProperty("kind").GetString().ShouldBe("rejectLimit");
        ran.Error.ShouldContain("FAILED (RejectLimit)");
    }

    [Fact]
    public async Task Quiet_leaves_the_summary()
    {
        Program.Ran ran = await _program.RunAsync("backfill", "--quiet");
        ran.Output.ShouldNotContain("flights 2001-01-01");
        ran.Output.ShouldContain("pipeline");
    }

    [Theory]
    [InlineData("--quiet")]
    [InlineData("--json")]
    public async Task S01_a_partition_without_rows_is_told_of_where_nobody_looks_at_what_went_well(string option)
    {
        _program.Flights.Rows = _ => [];
        Program.Ran ran = await _program.RunAsync("run", "flights", "--partition", "2001-01-01", option);
        ran.Code.ShouldBe(0);
        ran.Error.ShouldContain("flights 2001-01-01  0 read, 0 loaded");
        ran.Error.ShouldContain("(no rows loaded)");
    }

    [Fact]
    public async Task Finnish_settings_change_nothing()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = new CultureInfo("fi-FI");
            Program.Ran ran = await _program.RunAsync("backfill");
            ran.Steady.ShouldContain("flights 2001-01-01  3 read, 2 loaded, 1 dropped, 0 rejected, 0.000 s\n");
            (await _program.RunAsync("status")).Output.ShouldContain("2001-01-03 succeeded 2001-02-01T03:00:00Z");
        }
        finally
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = before;
        }
    }

    [Fact]
    public async Task An_empty_partition_is_pointed_out()
    {
        _program.Flights.Rows = _ => [];
        (await _program.RunAsync("backfill")).Steady.ShouldContain("flights 2001-01-01  0 read, 0 loaded, 0 dropped, 0 rejected, 0.000 s  (no rows loaded)\n");
    }

    [Fact]
    public async Task Lock_wait_reaches_the_destination()
    {
        await _program.RunAsync("backfill", "--lock-wait", "7");
        _program.Destination.LockWait.ShouldBe(TimeSpan.FromSeconds(7));
        (await _program.RunAsync("backfill", "--lock-wait", "-1")).Code.ShouldBe(2);
    }
}
