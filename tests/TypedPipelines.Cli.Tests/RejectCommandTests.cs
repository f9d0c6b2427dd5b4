using System.Text.Json;
using TypedPipelines.Cli.Tests.Fakes;

namespace TypedPipelines.Cli.Tests;

/// <summary>Rows in quarantine are counted, exported and replayed.</summary>
public sealed class RejectCommandTests : IDisposable
{
    private readonly Program _program = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("rejects-").FullName;

    public RejectCommandTests() => _program.Flights.Rows = day => [new(day.Window.StartDate, "ORD"), new(day.Window.StartDate, "???")];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_list_counts_them_by_partition_and_reason()
    {
        (await _program.RunAsync("rejects", "list")).Output.ShouldBe("No row is in quarantine.\n");
        await _program.RunAsync("run", "flights");
        (await _program.RunAsync("rejects", "list", "flights")).Output.ShouldBe(
            """
            pipeline  partition   rows  rejected by        column  reason
            flights   2001-01-03     1  analytics.flights  origin  must lie between AAA and ZZZ

            """);
        (await _program.RunAsync("rejects", "list", "--json")).Json.GetProperty("counts")[0].GetProperty("rows").GetInt64().ShouldBe(1);
    }

    [Fact]
    public async Task One_row_is_shown_in_full_and_one_that_is_not_there_says_so()
    {
        Program.Ran none = await _program.RunAsync("rejects", "show", "flights");
        none.Code.ShouldBe(2);
        none.Error.ShouldContain("no row of flights is in quarantine. rejects list counts them.");
        await _program.RunAsync("run", "flights");
        Program.Ran shown = await _program.RunAsync("rejects", "show", "flights", "--partition", "2001-01-03");
        shown.Code.ShouldBe(0, shown.Error);
        shown.Output.ShouldStartWith("flights 2001-01-03\n  reason  must lie between AAA and ZZZ\n  by      analytics.flights\n");
        shown.Output.ShouldContain("\n  column  origin\n  value   '???'\n  run     ");
        shown.Output.ShouldEndWith("\n  row\n    flight_date=2001-01-03, origin='???'\n");
        (await _program.RunAsync("rejects", "show", "flights", "--number", "2")).Error.ShouldContain("1 row of flights is in quarantine, and no number 2. rejects list counts them.");
    }

    [Fact]
    public async Task An_export_is_csv_or_json_lines_and_overwrites_no_file()
    {
        await _program.RunAsync("run", "flights");
        string csv = Path.Combine(_folder, "rejects.csv");
        (await _program.RunAsync("rejects", "export", "flights", "--output", csv)).Output.ShouldBe($"1 row written to {csv}.\n");
        string[] lines = File.ReadAllLines(csv);
        lines[0].ShouldBe("pipeline,partition,run_id,rejected_at,source,origin,line,column,value,reason,raw");
        lines[1].ShouldStartWith("flights,2001-01-03,");
        lines[1].ShouldEndWith(",origin,???,must lie between AAA and ZZZ,\"flight_date=2001-01-03, origin='???'\"");
        (await _program.RunAsync("rejects", "export", "flights", "--output", csv)).Code.ShouldBe(2);

        string line = (await _program.RunAsync("rejects", "export")).Output;
        line.Split('\n').Length.ShouldBe(2);
        JsonDocument.Parse(line).RootElement.GetProperty("raw").GetString().ShouldBe("flight_date=2001-01-03, origin='???'");
    }

    [Fact]
    public async Task A_replay_runs_their_partitions_again_and_says_how_many_are_left()
    {
        (await _program.RunAsync("rejects", "replay")).Output.ShouldBe("No row is in quarantine that could be replayed.\n");
        await _program.RunAsync("run", "flights", "--partition", "2001-01-02");
        (await _program.RunAsync("rejects", "replay", "--dry-run")).Output.ShouldContain("flights 2001-01-02  asked for");
        _program.Flights.Rows = day => [new(day.Window.StartDate, "ORD"), new(day.Window.StartDate, "LAX")];
        Program.Ran ran = await _program.RunAsync("rejects", "replay", "flights");
        ran.Code.ShouldBe(0);
        ran.Output.ShouldContain("flights 2001-01-02  2 read, 2 loaded, 0 dropped, 0 rejected");
        ran.Output.ShouldNotContain("2001-01-03");
    }

    [Fact]
    public async Task A_replay_of_one_partition_needs_its_pipeline() => (await _program.RunAsync("rejects", "replay", "--partition", "2001-01-02")).Code.ShouldBe(2);
}
