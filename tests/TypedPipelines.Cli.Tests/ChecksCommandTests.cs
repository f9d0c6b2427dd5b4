using System.Text.Json;
using TypedPipelines.Cli.Tests.Fakes;

namespace TypedPipelines.Cli.Tests;

/// <summary>What came of checks is shown by those that were not passed, and a run that they stopped says so.</summary>
public sealed class ChecksCommandTests
{
    private readonly Program _program = new();

    public ChecksCommandTests() => _program.Destination.Checks["2001-01-03"] =
    [
        new CheckResult("flights", "HasOrigin", CheckSeverity.Fail, CheckOutcome.Passed, "no row to break it") { Observed = 0 },
        new CheckResult("flights", "EndsLater", CheckSeverity.Fail, CheckOutcome.Failed, "no row to break it")
        {
            Observed = 1, Finding = "1 of 4 rows break it", Sample = "a.csv:2: origin='\u001b[2J'\na.csv:3: origin='X'", Duration = TimeSpan.FromMilliseconds(12),
        },
        new CheckResult("flights", "Steady(Delay)", CheckSeverity.Warn, CheckOutcome.NotEnoughHistory, "the mean to be usual") { Observed = 3.5, Finding = "there are fewer than 5 earlier loads to compare with" },
    ];

    [Fact]
    public async Task Those_are_shown_that_were_not_passed_with_rows_that_break_them()
    {
        (await _program.RunAsync("checks")).Output.ShouldBe("No check was made.\n");
        await _program.RunAsync("run", "flights");
        (await _program.RunAsync("checks", "flights", "--partition", "2001-01-03")).Output.ShouldBe(
            """
            flights 2001-01-03  FAILED  EndsLater of flights: 1 of 4 rows break it (expected no row to break it)
                a.csv:2: origin='\u001b[2J'
                a.csv:3: origin='X'
            flights 2001-01-03  not enough history  Steady(Delay) of flights: there are fewer than 5 earlier loads to compare with (expected the mean to be usual)

            """);
    }

    [Fact]
    public async Task That_every_check_was_passed_is_said_where_some_was_made()
    {
        _program.Destination.Checks["2001-01-03"] = [new CheckResult("flights", "HasOrigin", CheckSeverity.Fail, CheckOutcome.Passed, "no row to break it") { Observed = 0 }];
        await _program.RunAsync("run", "flights");
        (await _program.RunAsync("checks")).Output.ShouldBe("Every check that was made was passed.\n");
        (await _program.RunAsync("checks", "--all")).Output.ShouldContain("HasOrigin");
    }

    [Fact]
    public async Task With_all_those_are_shown_too_that_were_passed_up_to_the_limit()
    {
        await _program.RunAsync("run", "flights");
        Program.Ran ran = await _program.RunAsync("checks", "--all", "--limit", "1");
        ran.Output.ShouldBe("flights 2001-01-03  passed  HasOrigin of flights\n");
        ran.Error.ShouldBe("There are more than these 1: --limit shows them.\n");
    }

    [Fact]
    public async Task As_json()
    {
        await _program.RunAsync("run", "flights");
        JsonElement first = (await _program.RunAsync("checks", "--json")).Json.GetProperty("checks")[0];
        first.GetProperty("partition").GetString().ShouldBe("2001-01-03");
        JsonElement result = first.GetProperty("result");
        result.GetProperty("outcome").GetString().ShouldBe("failed");
        result.GetProperty("sample").GetArrayLength().ShouldBe(2);
        result.GetProperty("seconds").GetDouble().ShouldBe(0.012);
    }

    [Fact]
    public async Task An_explanation_lists_all_of_the_partition()
    {
        await _program.RunAsync("run", "flights");
        (await _program.RunAsync("plan", "flights", "--explain", "2001-01-03")).Output.ShouldContain(
            """
              checks
                passed  HasOrigin of flights
                FAILED  EndsLater of flights: 1 of 4 rows break it (expected no row to break it)
            """);
        (await _program.RunAsync("plan", "flights", "--explain", "2001-01-03", "--json")).Json.GetProperty("checks").GetArrayLength().ShouldBe(3);
    }

    [Fact]
    public async Task A_run_that_a_check_stopped_exits_with_3_and_status_says_so()
    {
        _program.Flights.Rows = _ => throw new PipelineException(FailureKind.Check, "the check EndsLater of flights failed", "Mend the data.");
        Program.Ran ran = await _program.RunAsync("run", "flights");
        ran.Code.ShouldBe(3);
        ran.Error.ShouldContain("flights 2001-01-03 FAILED (Check): ");
        ran.Error.ShouldContain("the check EndsLater of flights failed");
        (await _program.RunAsync("status")).Output.ShouldContain("2001-01-03 checks failed 2001-02-01T03:00:00Z");
    }
}
