using TypedPipelines.Ledger;

namespace TypedPipelines.Cli.Tests;

/// <summary>A load is undone by those who agree to it, and where it cannot be undone the answer says what to do instead.</summary>
public sealed class UndoTests
{
    private const string Day = "2001-01-03";

    private readonly Program _program = new() { Flights = new("flights", PartitionScheme.Daily("2001-01-01", "2001-01-04"), new FlightContract("flights") { Keeps = true }) };

    [Fact]
    public async Task Without_a_terminal_and_without_yes_nothing_is_changed()
    {
        await LoadTwiceAsync();

        Program.Ran refused = await _program.RunAsync("undo", "flights", "--partition", Day);

        refused.Code.ShouldBe(ExitCode.NotAgreed);
        refused.Error.ShouldContain("is to be undone: what run ");
        refused.Error.ShouldContain("Nothing was changed. See it with --dry-run; then add --yes.");
        (await RunsAsync()).ShouldBe([RunOutcome.Succeeded, RunOutcome.Succeeded]);
    }

    [Theory]
    [InlineData("y", ExitCode.Done)]
    [InlineData("n", ExitCode.NotAgreed)]
    [InlineData(null, ExitCode.NotAgreed)]
    public async Task Somebody_at_a_terminal_is_asked(string? said, int code)
    {
        await LoadTwiceAsync();
        _program.Answer = () => said;

        Program.Ran ran = await _program.RunAsync("undo", "flights", "--partition", Day);

        ran.Code.ShouldBe(code);
        ran.Error.ShouldContain("and the partition will be complete again. Undo it? [y/N] ");
        (await RunsAsync()).First().ShouldBe(code == ExitCode.Done ? RunOutcome.Restored : RunOutcome.Succeeded);
    }

    [Fact]
    public async Task To_undo_twice_does_no_harm()
    {
        await LoadTwiceAsync();
        (await _program.RunAsync("undo", "flights", "--partition", Day, "--yes")).Output.ShouldContain("is as it was before run ");

        Program.Ran again = await _program.RunAsync("undo", "flights", "--partition", Day, "--yes");

        again.Code.ShouldBe(ExitCode.Done);
        again.Output.ShouldBe("The last load of flights 2001-01-03 has been undone already.\n");
        (await RunsAsync()).Count(outcome => outcome == RunOutcome.Restored).ShouldBe(1);
    }

    [Fact]
    public async Task A_dry_run_says_what_would_be_put_back()
    {
        (await _program.RunAsync("run", "flights", "--partition", Day)).Code.ShouldBe(ExitCode.Done);

        Program.Ran ran = await _program.RunAsync("undo", "flights", "--partition", Day, "--dry-run", "--json");

        ran.Code.ShouldBe(ExitCode.Done);
        ran.Json.GetProperty("state").GetString().ShouldBe("missing");
        ran.Json.GetProperty("tables").GetArrayLength().ShouldBe(0);
        (await RunsAsync()).ShouldBe([RunOutcome.Succeeded]);
    }

    [Theory]
    [InlineData("undo takes back one partition of flights, and none is named", "undo", "flights")]
    [InlineData("there is no load of flights 2001-01-02 to undo: it has not been loaded", "undo", "flights", "--partition", "2001-01-02", "--yes")]
    public async Task What_cannot_be_undone_is_a_matter_of_usage(string message, params string[] args)
    {
        Program.Ran ran = await _program.RunAsync(args);
        ran.Code.ShouldBe(ExitCode.Usage);
        ran.Error.ShouldContain(message);
    }

    [Fact]
    public async Task A_contract_that_keeps_nothing_is_told_how_to()
    {
        var plain = new Program();
        await plain.RunAsync("run", "flights", "--partition", Day);

        Program.Ran ran = await plain.RunAsync("undo", "flights", "--partition", Day, "--yes");

        ran.Code.ShouldBe(ExitCode.Usage);
        ran.Error.ShouldContain("put [KeepReplaced] on FlightRow");
    }

    private async Task LoadTwiceAsync()
    {
        (await _program.RunAsync("run", "flights", "--partition", Day)).Code.ShouldBe(ExitCode.Done);
        (await _program.RunAsync("run", "flights", "--partition", Day)).Code.ShouldBe(ExitCode.Done);
    }

    private async Task<IReadOnlyList<RunOutcome>> RunsAsync() =>
        [.. (await _program.Destination.GetRunsOfAsync("flights", Day, 10, CancellationToken.None)).Select(run => run.Outcome)];
}
