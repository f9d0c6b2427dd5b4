using System.Globalization;
using System.Text.RegularExpressions;
using TypedPipelines.Alerts;
using TypedPipelines.Cli.RunBooks;

namespace TypedPipelines.Cli.Tests;

/// <summary>The run book that <c>runbook</c> writes, and how CI finds out that the committed one is stale.</summary>
public sealed partial class RunBookTests : IDisposable
{
    private static readonly FlightContract Checked = new("flights")
    {
        Declared =
        [
            new RowCountCheck("RowCount") { Minimum = 1, Description = "There are flights every day.", Remedy = "Call the airline desk." },
            new RowCheck("Origin|<b>") { Severity = CheckSeverity.Quarantine },
        ],
    };

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("runbook-");

    private readonly Program _program = new() { Flights = new("flights", PartitionScheme.Daily("2001-01-01", "2001-01-04", dueWithin: "06:00:00"), Checked) };

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task It_says_whose_it_is_what_a_rerun_does_and_what_to_type()
    {
        string page = await WriteAsync();

        page.ShouldContain("Flights as they landed");
        page.ShouldContain("| owner | data-platform |");
        page.ShouldContain("| due | `06:00:00` after the end of its window |");
        page.ShouldContain("Deletes the rows of the partition's window, by `flight_date`, and inserts what the source has now");
        page.ShouldContain($"{ShellText.Program} run flights --partition 2001-01-01\n");
        page.ShouldContain($"{ShellText.Program} retry flights\n");
        page.ShouldContain($"{ShellText.Program} backfill flights --from 2001-01-01 --to 2001-01-01 --force\n");
        page.ShouldContain("**Pause**");
        page.ShouldContain("**Take back**");
        _program.Connections.ShouldBeEmpty();
    }

    [Fact]
    public async Task Where_what_a_load_replaces_is_kept_it_says_how_to_undo_one_and_elsewhere_what_to_do_instead()
    {
        (await WriteAsync()).ShouldContain("no command undoes a load, since what it replaced in `analytics.flights` is not kept. Mend what was wrong");

        var keeping = new Program { Flights = new("flights", PartitionScheme.Daily("2001-01-01", "2001-01-04"), new FlightContract("flights") { Keeps = true }) };
        (await keeping.RunAsync("runbook", "--output", _folder.FullName)).Code.ShouldBe(ExitCode.Done);
        string page = await File.ReadAllTextAsync(Path.Combine(_folder.FullName, "flights.md"));
        page.ShouldContain($"{ShellText.Program} undo flights --partition 2001-01-01\n");
        page.ShouldNotContain("no command undoes");
    }

    [Fact]
    public async Task A_check_has_a_place_with_its_meaning_and_what_to_do_and_alerts_can_link_to_it()
    {
        string page = await WriteAsync();

        string count = SectionAt(page, RunBookPage.PlaceOf("analytics.flights", "RowCount"));
        count.ShouldContain("There are flights every day.");
        count.ShouldContain("exit code 3, and the rows that were there before stay");
        count.ShouldContain("- What to do: Call the airline desk.");
        string origin = SectionAt(page, RunBookPage.PlaceOf("analytics.flights", "Origin|<b>"));
        origin.ShouldContain("Origin\\|&lt;b&gt; of analytics.flights");
        origin.ShouldContain("kept out");
        origin.ShouldContain("Mend", Case.Insensitive, "where nobody has said what to do, the kind of check does");
        SectionAt(page, RunBookPage.PlaceOf(FailureKind.Check)).ShouldContain("checks flights");
        SectionAt(page, RunBookPage.Late).ShouldContain("plan flights --explain 2001-01-01");
    }

    [Fact]
    public async Task It_names_who_reads_the_tables_and_whose_it_reads()
    {
        _program.MorePipelines.Add(new FlightPipeline("delays", PartitionScheme.Daily("2001-01-01", "2001-01-04"), new FlightContract("delays"), Checked).Registration);
        string page = await WriteAsync();
        page.ShouldContain("| [delays](delays.md) | data-platform | `analytics.flights` |");
        page.ShouldContain("--force --downstream\n");
        File.ReadAllText(Path.Combine(_folder.FullName, "delays.md")).ShouldContain("| reads | `analytics.flights` (loaded by [flights](flights.md)) |");
    }

    [Fact]
    public async Task Every_link_within_it_leads_somewhere_and_no_place_is_there_twice()
    {
        string page = await WriteAsync();
        string[] places = [.. Place().Matches(page).Select(place => place.Groups[1].Value)];
        places.ShouldBeUnique();
        foreach (Match link in Link().Matches(page))
        {
            places.ShouldContain(link.Groups[1].Value);
        }
    }

    [Fact]
    public void Every_kind_of_failure_is_explained() =>
        FailureGuide.All(_program.Flights.Registration.Descriptor).Select(failure => failure.Kind).Order().ShouldBe(Enum.GetValues<FailureKind>().Order());

    [Theory]
    [InlineData("fi-FI")]
    [InlineData("tr-TR")]
    [InlineData("ar-SA")]
    public async Task It_is_the_same_in_every_culture(string culture)
    {
        string page = await WriteAsync();
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = new CultureInfo(culture);
            Program.Ran ran = await _program.RunAsync("runbook", "--output", _folder.FullName, "--check");
            ran.Code.ShouldBe(ExitCode.Done, ran.Error);
            (await WriteAsync()).ShouldBe(page);
        }
        finally
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = before;
        }
    }

    [Fact]
    public async Task A_check_finds_the_committed_page_stale_and_shows_the_first_lines_that_differ()
    {
        string page = await WriteAsync();
        File.WriteAllText(FileOfFlights, page.Replace("\n", "\r\n", StringComparison.Ordinal));
        (await _program.RunAsync("runbook", "--output", _folder.FullName, "--check")).Code.ShouldBe(ExitCode.Done, "line ends are a checkout's affair");
        File.WriteAllText(FileOfFlights, page.Replace("| owner | data-platform |", "| owner | nobody |", StringComparison.Ordinal));
        DateTime written = File.GetLastWriteTimeUtc(FileOfFlights);

        Program.Ran ran = await _program.RunAsync("runbook", "--output", _folder.FullName, "--check");

        ran.Code.ShouldBe(5);
        int line = page.Split('\n').TakeWhile(each => !each.StartsWith("| owner", StringComparison.Ordinal)).Count() + 1;
        ran.Error.ShouldContain($"flights.md is not what the code says, from line {line} on:\n  - | owner | nobody |\n");
        ran.Error.ShouldContain("  + | owner | data-platform |\n");
        ran.Error.ShouldContain("1 run book of 1 is out of date: `runbook`");
        File.GetLastWriteTimeUtc(FileOfFlights).ShouldBe(written);
    }

    [Fact]
    public async Task A_page_that_is_not_there_is_out_of_date()
    {
        Program.Ran ran = await _program.RunAsync("runbook", "--output", _folder.FullName, "--check");
        ran.Code.ShouldBe(5);
        ran.Error.ShouldContain("flights.md is not there");
        _folder.GetFiles().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_file_of_somebody_elses_is_not_written_over()
    {
        File.WriteAllText(FileOfFlights, "# Mine\n");
        Program.Ran ran = await _program.RunAsync("runbook", "--output", _folder.FullName);
        ran.Code.ShouldBe(ExitCode.Usage);
        ran.Error.ShouldContain("is no run book that this command has written");
        File.ReadAllText(FileOfFlights).ShouldBe("# Mine\n");
    }

    [Fact]
    public void Names_that_no_file_or_address_may_have_are_told_apart()
    {
        RunBookPage.FileOf("flights").ShouldBe("flights.md");
        string[] files = [.. new[] { "a b", "a-b", "A-b", "a/b", "../a-b", "a\u200eb", "" }.Select(RunBookPage.FileOf)];
        files.Select(file => file.ToUpperInvariant()).ShouldBeUnique();
        files.ShouldAllBe(file => SafeName().IsMatch(file));
    }

    private string FileOfFlights => Path.Combine(_folder.FullName, "flights.md");

    private async Task<string> WriteAsync()
    {
        Program.Ran ran = await _program.RunAsync("runbook", "--output", _folder.FullName);
        ran.Code.ShouldBe(ExitCode.Done, ran.Error);
        return await File.ReadAllTextAsync(FileOfFlights);
    }

    /// <summary>What stands between a place and the next.</summary>
    private static string SectionAt(string page, string place)
    {
        int start = page.IndexOf($"<a id=\"{place}\">", StringComparison.Ordinal);
        start.ShouldBeGreaterThanOrEqualTo(0, place);
        int end = page.IndexOf("<a id=", start + 1, StringComparison.Ordinal);
        return end < 0 ? page[start..] : page[start..end];
    }

    [GeneratedRegex("<a id=\"([^\"]+)\">")]
    private static partial Regex Place();

    [GeneratedRegex(@"\]\(#([^)]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^[a-z0-9_-][a-z0-9._-]*\.md$")]
    private static partial Regex SafeName();
}
