using System.Text.Json;

namespace TypedPipelines.Cli.Tests;

/// <summary><c>late</c>, which a scheduler asks every few minutes.</summary>
public sealed class LateTests
{
    private static Program NewProgram(string? dueWithin) =>
        new() { Flights = new("flights", PartitionScheme.Daily("2001-01-29", "2001-02-02", dueWithin: dueWithin), new FlightContract("flights")) };

    [Fact]
    public async Task What_was_due_and_is_not_complete_is_shown_and_the_exit_code_says_so()
    {
        Program program = NewProgram("03:00:00");
        await program.RunAsync("run", "flights", "-p", "2001-01-29");
        program.Flights.Rows = _ => throw new PipelineException(FailureKind.Source, "the file is bad", "Mend it.");
        await program.RunAsync("run", "flights", "-p", "2001-01-30");

        Program.Ran ran = await program.RunAsync("late");

        ran.Code.ShouldBe(ExitCode.OutOfDate);
        ran.Output.ShouldBe(
            """
            pipeline  partition   state    due                   owner
            flights   2001-01-30  failed   2001-01-31T03:00:00Z  data-platform
            flights   2001-01-31  missing  2001-02-01T03:00:00Z  data-platform

            """);
        JsonElement late = (await program.RunAsync("late", "--json")).Json.GetProperty("partitions");
        late.GetArrayLength().ShouldBe(2);
        late[1].GetProperty("state").GetString().ShouldBe("missing");
        late[1].GetProperty("due").GetDateTime().ShouldBe(new DateTime(2001, 2, 1, 3, 0, 0, DateTimeKind.Utc));
    }

    [Fact]
    public async Task What_is_due_later_is_not_late()
    {
        Program program = NewProgram("03:00:01");
        await program.RunAsync("backfill", "--to", "2001-01-30");
        Program.Ran ran = await program.RunAsync("late");
        ran.Code.ShouldBe(ExitCode.Done);
        ran.Output.ShouldBe("No partition is late.\n");
        (await NewProgram(null).RunAsync("late")).Output.ShouldBe("No pipeline says when it is due: set DueWithin beside its start.\n");
    }
}
