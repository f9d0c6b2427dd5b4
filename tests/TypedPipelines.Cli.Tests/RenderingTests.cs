using TypedPipelines.Cli.Rendering;
using TypedPipelines.Ledger;
using TypedPipelines.Running;

namespace TypedPipelines.Cli.Tests;

public sealed class RenderingTests
{
    [Fact]
    public void The_summary_adds_up_and_lines_up()
    {
        PipelineRegistration flights = new FlightPipeline("flights", PartitionScheme.Daily("2001-01-01"), new FlightContract("flights")).Registration;
        PipelineRegistration airports = new FlightPipeline("airports", PartitionScheme.None, new FlightContract("airports")).Registration;
        var output = new StringWriter { NewLine = "\n" };
        var error = new StringWriter { NewLine = "\n" };
        SummaryText.Write(
            new Screen { Output = output, Error = error },
            [
                Result(airports, "all", PartitionStatus.Loaded, new RowCounts(3376, 3376, 0, 0), 0.5),
                Result(flights, "2001-01-01", PartitionStatus.UpToDate, default, 0),
                Result(flights, "2001-01-02", PartitionStatus.Loaded, new RowCounts(222, 220, 1, 1), 0.012),
                Result(flights, "2001-01-03", PartitionStatus.Failed, new RowCounts(10, 0, 0, 0), 0.001),
            ],
            4,
            stopped: false);
        output.ToString().ShouldBe(
            """

            pipeline  read  loaded  dropped  rejected  seconds  rows/s  partitions
            airports  3376    3376        0         0    0.500    6752  1 loaded
            flights    232     220        1         1    0.013   17846  1 loaded, 1 up to date, 1 failed
            total     3608    3596        1         1    0.513    7033  2 loaded, 1 up to date, 1 failed

            """);
        error.ToString().ShouldBe("1 partition failed; their tables are as they were. The same command tries them again.\n");
    }

    [Fact]
    public async Task On_a_terminal_a_bar_shows_and_failures_stand_above_it()
    {
        var program = new Program { Interactive = true };
        Func<Partition, IEnumerable<FlightRow>> good = program.Flights.Rows;
        program.Flights.Rows = day => day.Key == "2001-01-02"
            ? throw new PipelineException(FailureKind.Source, "[red]not markup[/] is missing", "Deliver it.")
            : good(day);
        Program.Ran ran = await program.RunAsync("backfill");
        ran.Code.ShouldBe(1);
        ran.Output.ShouldContain("3/3 partitions");
        ran.Output.ShouldContain("rows/s");
        ran.Output.ShouldContain("[red]not markup[/]");
        ran.Output.ShouldContain("\u001b[?25h", customMessage: "the cursor is shown again");
        ran.Output.ShouldNotContain("3 read, 2 loaded");
    }

    [Theory]
    [InlineData("one two three", null, "one two three")]
    [InlineData("one two three", 8, "one two|  three")]
    [InlineData("a/very/long/path.csv is missing", 13, "a/very/long/path.csv|  is missing")]
    [InlineData("", 10, "")]
    [InlineData("    indented a/very/long/path.csv", 12, "    indented|  a/very/long/path.csv")]
    public void Long_messages_break_between_words(string text, int? width, string lines) =>
        string.Join('|', Wrapping.Lines(text, width, 2)).ShouldBe(lines);

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("a\u001b[31mb\r\n\tc", "a\\u001b[31mb\\r\\n\\tc")]
    [InlineData("7\u202e00.1\u2028x\ufeff\U000e0041", "7\\u202e00.1\\u2028x\\ufeff\\udb40\\udc41")]
    [InlineData("\U0001f469\u200d\U0001f680 \u0645\u06cc\u200c\u062e", "\U0001f469\u200d\U0001f680 \u0645\u06cc\u200c\u062e")]
    [InlineData(null, "")]
    public void Control_characters_of_data_are_shown_and_not_obeyed(string? text, string shown) => Visible.Of(text).ShouldBe(shown);

    [Fact]
    public void Half_a_character_of_data_is_shown_as_what_it_is() => Visible.Of("half \ud83d").ShouldBe("half \\ud83d");

    [Fact]
    public void A_line_break_in_what_a_pipeline_says_of_itself_fakes_no_line()
    {
        var output = new StringWriter();
        PipelineText.Write(output, new PipelineDescriptor
        {
            Name = "p",
            Owner = "me\n  tables      none",
            Description = "a\u001b[2Jb",
            Partitions = PartitionScheme.None,
            Nodes = [],
            Loads = [],
        });
        output.ToString().Split(Environment.NewLine)[..2].ShouldBe(["p  a\\u001b[2Jb", "  owner       me\\n  tables      none"]);
    }

    private static PartitionResult Result(PipelineRegistration pipeline, string key, PartitionStatus status, RowCounts counts, double seconds) => new(
        new PlannedPartition(pipeline, pipeline.Descriptor.Partitions.Parse(key), status == PartitionStatus.UpToDate ? PlanReason.UpToDate : PlanReason.Missing),
        status,
        null,
        counts,
        [],
        TimeSpan.FromSeconds(seconds),
        status == PartitionStatus.Failed ? new PipelineException(FailureKind.Source, "x", "y") : null);
}
