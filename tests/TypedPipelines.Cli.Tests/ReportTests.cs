using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace TypedPipelines.Cli.Tests;

/// <summary>The report: one file, whole, with nothing in it that a browser would run or fetch.</summary>
public sealed partial class ReportTests : IDisposable
{
    private const string Hostile = "</title><script>alert(1)</script><img src=x onerror=alert(2)>\"'&";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("report-");
    private readonly Program _program = new();

    private string File => Path.Combine(_folder.FullName, "report.html");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task It_shows_each_partition_its_state_and_what_is_wrong()
    {
        await _program.RunAsync("run", "flights", "-p", "2001-01-01");
        _program.Flights.Rows = _ => throw new PipelineException(FailureKind.Source, "the file is bad", "Mend it.");
        await _program.RunAsync("run", "flights", "-p", "2001-01-02");
        string page = await WriteAsync();

        page.ShouldContain("the test&#39;s memory (memory), 2001-02-01T03:00:00Z");
        page.ShouldContain("<b>2001-01</b>");
        page.ShouldContain("<i class=\"complete\" title=\"2001-01-01 complete, 2 rows\"></i><i class=\"failed\" title=\"2001-01-02 failed: source Landing failed after 0 rows: the file is bad. Mend it.\"></i><i class=\"missing\" title=\"2001-01-03 missing\"></i>");
        page.ShouldContain("rows loaded: up to 2 rows, 2 runs");
        page.ShouldContain("<title>Clean: filter, gives FlightRow</title>");
    }

    [Fact]
    public async Task It_shows_which_checks_take_long_and_where_they_took_longest()
    {
        var program = new Program
        {
            Flights = new("flights", PartitionScheme.Daily("2001-01-01", "2001-01-04"), new FlightContract("flights") { Declared = [new DeclaredCheck("Unique", "no value twice"), new RowCheck("Origin")] }),
        };
        program.Destination.Checks["2001-01-01"] = [Took("Unique", 1), Took("Origin", 0)];
        program.Destination.Checks["2001-01-02"] = [Took("Unique", 2), Took("Origin", 0)];
        await program.RunAsync("backfill", "--to", "2001-01-02");

        (await program.RunAsync("report", "--output", File)).Code.ShouldBe(ExitCode.Done);
        string page = await System.IO.File.ReadAllTextAsync(File);

        page.ShouldContain("The slowest checks of the last runs");
        page.ShouldContain(">1.500<");
        page.ShouldContain(">2.000<");
        page[page.IndexOf("The slowest checks", StringComparison.Ordinal)..].Split("</details>")[0].ShouldNotContain("Origin", Case.Sensitive, "it is made while the rows pass");

        static CheckResult Took(string check, double seconds) =>
            new("analytics.flights", check, CheckSeverity.Fail, CheckOutcome.Passed, "nothing wrong") { Duration = TimeSpan.FromSeconds(seconds) };
    }

    [Fact]
    public async Task What_comes_from_data_is_text()
    {
        _program.Flights.Rows = _ => throw new PipelineException(FailureKind.Source, Hostile, "Mend it.");
        await _program.RunAsync("run", "flights", "-p", "2001-01-01");
        _program.Flights.Rows = partition => [new(partition.Window.StartDate, "???")];
        _program.Destination.Checks["2001-01-02"] = [new CheckResult(Hostile, Hostile, CheckSeverity.Warn, CheckOutcome.Warned, Hostile) { Finding = Hostile }];
        await _program.RunAsync("run", "flights", "-p", "2001-01-02");
        string page = await WriteAsync();

        page.ShouldContain("&lt;script&gt;alert(1)&lt;/script&gt;");
        page.ShouldNotContain("<script", Case.Insensitive);
        page.ShouldNotContain("<img", Case.Insensitive);
        // What is left is well-formed: nothing that was escaped has ended an element or begun one.
        XDocument.Parse(Void().Replace(page.Replace("<!doctype html>", "", StringComparison.Ordinal), "$0</$1>")).Root!.Name.LocalName.ShouldBe("html");
    }

    [Fact]
    public async Task Nothing_is_fetched_and_nothing_runs()
    {
        await _program.RunAsync("backfill");
        string page = await WriteAsync();
        page.ShouldContain("content=\"default-src 'none'; style-src 'unsafe-inline'\"");
        Fetched().Matches(page).ShouldBeEmpty();
        page.ShouldContain("prefers-color-scheme:dark");
        page.ShouldContain("name=\"viewport\"");
    }

    [Fact]
    public async Task It_is_the_same_in_every_culture()
    {
        await _program.RunAsync("run", "flights", "-p", "2001-01-01");
        string page = await WriteAsync();
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("fi-FI");
            (await WriteAsync()).ShouldBe(page);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public async Task A_folder_that_is_not_there_is_said()
    {
        Program.Ran ran = await _program.RunAsync("report", "--output", Path.Combine(_folder.FullName, "no", "report.html"));
        ran.Code.ShouldBe(ExitCode.Usage);
        ran.Error.ShouldContain("cannot be written");
    }

    private async Task<string> WriteAsync()
    {
        Program.Ran ran = await _program.RunAsync("report", "--output", File);
        ran.Code.ShouldBe(ExitCode.Done, ran.Error);
        return await System.IO.File.ReadAllTextAsync(File);
    }

    [GeneratedRegex("<(meta)[^>]*>")]
    private static partial Regex Void();

    [GeneratedRegex(@"(src|href)=""(?!#)|url\(|@import|\son[a-z]+=", RegexOptions.IgnoreCase)]
    private static partial Regex Fetched();
}
