namespace TypedPipelines.Cli.Tests;

/// <summary>Work that is seldom meant is asked about, and nobody is asked about what is usual.</summary>
public sealed class LargeWorkTests
{
    private readonly Program _program = new() { Flights = new("flights", PartitionScheme.Daily("1997-01-01", "2001-02-01"), new FlightContract("flights")) };

    [Fact]
    public async Task More_than_a_thousand_partitions_are_loaded_without_a_terminal_only_with_yes()
    {
        Program.Ran refused = await _program.RunAsync("backfill");
        refused.Code.ShouldBe(6);
        refused.Error.ShouldBe("error: 1492 partitions are to be loaded, more than 1000. Nothing was changed. See what they are with --dry-run; then add --yes, or set the configuration key TypedPipelines:AskAbove:Partitions or TypedPipelines:AskAbove:Share.\n");
        refused.Output.ShouldBeEmpty();
        _program.Destination.Tables.ShouldBeEmpty();
        (await _program.RunAsync("backfill", "--dry-run")).Code.ShouldBe(ExitCode.Done);
        (await _program.RunAsync("backfill", "--yes", "--quiet")).Code.ShouldBe(ExitCode.Done);
        _program.Destination.Tables.Count.ShouldBe(1492);
    }

    [Fact]
    public async Task A_thousand_are_not_asked_about()
    {
        (await _program.RunAsync("backfill", "--from", "1997-01-01", "--to", "1999-09-27", "--quiet")).Code.ShouldBe(ExitCode.Done);
        _program.Destination.Tables.Count.ShouldBe(1000);
    }

    [Fact]
    public async Task To_load_most_of_a_pipeline_again_is_asked_about_and_to_load_few_or_what_is_missing_is_not()
    {
        await LoadAsync(300);
        Program.Ran most = await _program.RunAsync("backfill", "--from", "1997-01-01", "--to", "1997-10-01", "--force");
        most.Code.ShouldBe(6);
        most.Error.ShouldContain("274 of the 300 loaded partitions of flights are to be loaded again, more than 50 %");
        (await _program.RunAsync("backfill", "--from", "1997-01-01", "--to", "1997-05-01", "--force")).Code.ShouldBe(ExitCode.Done, "121 are less than half");
        (await _program.RunAsync("backfill", "--to", "1998-03-01")).Code.ShouldBe(ExitCode.Done, "what is missing is not asked about");
    }

    [Fact]
    public async Task A_hundred_are_loaded_again_without_being_asked_for()
    {
        await LoadAsync(100);
        (await _program.RunAsync("backfill", "--to", "1997-04-10", "--force", "--quiet")).Code.ShouldBe(ExitCode.Done);
    }

    [Theory]
    [InlineData("y", 0)]
    [InlineData(" YES ", 0)]
    [InlineData("", 6)]
    [InlineData("n", 6)]
    [InlineData(null, 6)]
    public async Task Somebody_at_a_terminal_is_asked(string? said, int code)
    {
        await LoadAsync(150);
        int asked = 0;
        _program.Answer = () =>
        {
            asked++;
            return said;
        };
        Program.Ran ran = await _program.RunAsync("backfill", "--to", "1997-05-30", "--force", "--quiet");
        ran.Code.ShouldBe(code);
        ran.Error.ShouldContain("150 of the 150 loaded partitions of flights are to be loaded again, more than 50 %. Load them? [y/N] ", Case.Sensitive);
        asked.ShouldBe(1);
    }

    [Theory]
    [InlineData("TypedPipelines:AskAbove:Partitions", "5", "7 partitions are to be loaded, more than 5")]
    [InlineData("TypedPipelines:AskAbove:Partitions", "many", "the configuration key TypedPipelines:AskAbove:Partitions holds 'many'")]
    [InlineData("TypedPipelines:AskAbove:Share", "2", "the configuration key TypedPipelines:AskAbove:Share holds '2'")]
    public async Task The_configuration_says_where_that_begins(string key, string value, string message)
    {
        _program.Configure = app => app.Configuration[key] = value;
        Program.Ran ran = await _program.RunAsync("backfill", "--to", "1997-01-07");
        ran.Code.ShouldBeOneOf(ExitCode.NotAgreed, ExitCode.Usage);
        ran.Error.ShouldContain(message);
    }

    private async Task LoadAsync(int days) =>
        (await _program.RunAsync("backfill", "--to", new DateOnly(1997, 1, 1).AddDays(days - 1).ToString("O", System.Globalization.CultureInfo.InvariantCulture), "--quiet")).Code.ShouldBe(ExitCode.Done);
}
