using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Dapper;
using Microsoft.Data.Sqlite;
using TypedPipelines.Samples.Tests.Harness;

namespace TypedPipelines.Samples.Tests;

/// <summary>A bad day in a backfill, as whoever is on call meets it: the process, the alert, the run book.</summary>
public sealed class OperatingTests : IDisposable
{
    private const string Secret = "s3cret-p4th";

    private readonly string _folder = Directory.CreateTempSubdirectory("operated-").FullName;
    private readonly HttpListener _server = new();
    private readonly ConcurrentQueue<JsonNode> _alerts = [];
    private readonly Task _serving;
    private readonly int _port;

    public OperatingTests()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        _port = ((IPEndPoint)probe.LocalEndpoint).Port;
        probe.Stop();
        _server.Prefixes.Add($"http://127.0.0.1:{_port}/");
        _server.Start();
        _serving = ServeAsync();
    }

    [Fact]
    public void A_check_that_fails_on_one_day_keeps_its_old_rows_loads_the_rest_alerts_once_and_the_run_book_it_links_to_says_what_to_do()
    {
        Deliver("2026-01-01", 10, 11);
        Deliver("2026-01-02", 20, 21);
        Deliver("2026-01-03", 30, 31);
        ProgramResult first = Run("backfill");
        first.ExitCode.ShouldBe(0, first.ToString());
        _alerts.ShouldBeEmpty();
        Deliver("2026-01-01", 12, 13);
        Deliver("2026-01-02", 22);
        Deliver("2026-01-03", 32, 33);

        ProgramResult second = Run("backfill", "--force");

        second.ExitCode.ShouldBe(3, second.ToString());
        second.Errors.ShouldContain("tickets 2026-01-02 FAILED (Check)");
        Prices().ShouldBe([12, 13, 20, 21, 32, 33]);
        JsonNode alert = _alerts.ShouldHaveSingleItem();
        alert["reason"]!.ToString().ShouldBe("action_needed");
        alert["partition"]!.ToString().ShouldBe("2026-01-02");
        alert["owner"]!.ToString().ShouldBe("box-office");
        alert["text"]!.ToString().ShouldContain("The check RowCount of tickets: there is 1 row (expected at least 2 rows).", Case.Sensitive, alert.ToJsonString());
        string[] command = alert["command"]!.ToString().Split(' ');
        command[0].ShouldBe("TypedPipelines.OperatedTarget");
        Run(command[1..]).Output.ShouldContain("tickets 2026-01-02  FAILED  RowCount of tickets");

        // The link leads to a place of the page that this program writes, and that says what to do.
        Run("runbook", "--output", "books").ExitCode.ShouldBe(0);
        string[] link = alert["runBook"]!.ToString().Split('#');
        link[0].ShouldBe("https://books.example/tickets.md");
        string page = File.ReadAllText(Path.Combine(_folder, "books", "tickets.md"));
        int place = page.IndexOf($"<a id=\"{link[1]}\"></a>", StringComparison.Ordinal);
        place.ShouldBeGreaterThan(0);
        page[place..page.IndexOf("<a id", place + 1, StringComparison.Ordinal)].ShouldContain("Call the box office for the whole file, then run the day again.");

        // The next process finds the same, and has nothing new to say; once mended, it is over.
        Run("retry").ExitCode.ShouldBe(3);
        _alerts.Count.ShouldBe(1);
        Deliver("2026-01-02", 22, 23);
        Run("retry").ExitCode.ShouldBe(0);
        Prices().ShouldBe([12, 13, 22, 23, 32, 33]);
        _alerts.Count.ShouldBe(1);
        $"{first}{second}".ShouldNotContain(Secret);
    }

    [Fact]
    public void An_alert_that_nobody_takes_changes_neither_the_exit_code_nor_the_rows_and_its_address_is_not_shown()
    {
        _server.Stop();
        Deliver("2026-01-01", 10, 11);
        Deliver("2026-01-02", 20);
        ProgramResult result = Run("backfill", "--to", "2026-01-02", "--verbose");
        result.ExitCode.ShouldBe(3, result.ToString());
        Prices().ShouldBe([10, 11]);
        result.Errors.ShouldContain("the alert was not sent to the webhook (json): it cannot be reached");
        result.ToString().ShouldNotContain(Secret);
    }

    public void Dispose()
    {
        _server.Close();
        _serving.Wait();
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    private ProgramResult Run(params string[] arguments) => new RunningProgram(
        Workplace.ProgramFile("TypedPipelines.OperatedTarget"),
        _folder,
        arguments,
        ("TYPEDPIPELINES_ALERTS_WEBHOOK", $"http://127.0.0.1:{_port}/{Secret}"),
        ("TYPEDPIPELINES_ALERTS_RUNBOOKS", "https://books.example/")).Wait();

    private void Deliver(string day, params int[] prices)
    {
        Directory.CreateDirectory(Path.Combine(_folder, "landing"));
        string file = Path.Combine(_folder, "landing", day + ".csv");
        File.WriteAllLines(file, ["day,number,price", .. prices.Select((price, i) => $"{day},{i + 1},{price}")]);
        File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddMinutes(-1));
    }

    private List<int> Prices()
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(_folder, "tickets.db")};Pooling=False");
        return connection.Query<int>("select price from tickets order by day, number").AsList();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                HttpListenerContext call = await _server.GetContextAsync();
                using var body = new StreamReader(call.Request.InputStream);
                _alerts.Enqueue(JsonNode.Parse(await body.ReadToEndAsync())!);
                call.Response.Close();
            }
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or InvalidOperationException)
        {
            // Closed: the test is over.
        }
    }
}
