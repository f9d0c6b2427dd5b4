using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Dapper;
using Microsoft.Data.Sqlite;
using TypedPipelines.Samples.Tests.Harness;

namespace TypedPipelines.Samples.Tests;

/// <summary>A process that serves, as an operator's machine would run it: it catches up, answers probes, runs by the clock and ends when it is told to.</summary>
public sealed class ServingTests : IDisposable
{
    private const string Secret = "s3cret-p4th";

    private readonly string _folder = Directory.CreateTempSubdirectory("served-").FullName;
    private readonly int _port = FreePort();

    [Fact]
    public async Task It_catches_up_answers_probes_runs_at_the_next_minute_and_ends_at_a_signal_with_nothing_half_loaded()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no SIGTERM.");
        }

        Deliver("2026-01-01", 10, 11);
        Deliver("2026-01-02", 20, 21);
        RunningProgram serving = Serve("--health", _port.ToString(System.Globalization.CultureInfo.InvariantCulture));
        serving.WaitForOutput("tickets 2026-01-03 FAILED (Source)"); // It was due, and nobody has delivered it.
        Prices().ShouldBe([10, 11, 20, 21]);
        (await ProbeAsync("live")).ShouldBe((HttpStatusCode.OK, "live\n"));
        (HttpStatusCode code, string text) = await ProbeAsync("health");
        code.ShouldBe(HttpStatusCode.OK);
        text.ShouldStartWith("degraded: tickets: 1 failed");
        (await ProbeAsync("tickets.db")).Code.ShouldBe(HttpStatusCode.NotFound);

        Deliver("2026-01-03", 30, 31);
        serving.WaitForOutput("tickets 2026-01-03  2 read, 2 loaded"); // By the clock: nothing but the next minute starts it.
        serving.WaitForOutput("1 loaded");
        Prices().ShouldBe([10, 11, 20, 21, 30, 31]);
        await Task.Delay(TimeSpan.FromSeconds(2.5)); // An answer is given again for so long.
        (await ProbeAsync("health")).Text.ShouldStartWith("healthy");

        Terminate(serving);
        ProgramResult ended = serving.Wait(TimeSpan.FromSeconds(30));
        ended.ExitCode.ShouldBe(0, ended.ToString());
        ended.Output.ShouldContain("tickets: due");
        ended.Output.ShouldEndWith(" stopped\n");
        ended.ToString().ShouldNotContain(Secret);
        await Should.ThrowAsync<HttpRequestException>(() => ProbeAsync("live"));
    }

    [Fact]
    public void A_signal_in_the_middle_of_a_partition_leaves_it_as_it_was_and_the_next_start_loads_it()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no SIGTERM.");
        }

        Deliver("2026-01-01", 10, 11);
        Deliver("2026-01-02", [.. Enumerable.Range(0, 2_000_000)]);
        RunningProgram serving = Serve();
        SpinWait.SpinUntil(() => Runs("2026-01-02"), TimeSpan.FromMinutes(1)).ShouldBeTrue();
        Terminate(serving);
        ProgramResult ended = serving.Wait(TimeSpan.FromSeconds(60));
        ended.ExitCode.ShouldBe(0, ended.ToString());
        ended.Errors.ShouldContain("tickets 2026-01-02 CANCELLED");
        Prices().ShouldBe([10, 11]);

        Deliver("2026-01-02", 20, 21);
        Deliver("2026-01-03", 30, 31);
        RunningProgram again = Serve();
        again.WaitForOutput("tickets 2026-01-03  2 read, 2 loaded");
        Terminate(again);
        again.Wait(TimeSpan.FromSeconds(30)).ExitCode.ShouldBe(0);
        Prices().ShouldBe([10, 11, 20, 21, 30, 31]);
    }

    [Fact]
    public void Two_processes_that_serve_one_database_do_each_other_no_harm()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no SIGTERM.");
        }

        Deliver("2026-01-01", 10, 11);
        Deliver("2026-01-02", 20, 21);
        Deliver("2026-01-03", 30, 31);
        RunningProgram[] both = [Serve(), Serve()];
        foreach (RunningProgram each in both)
        {
            each.WaitForOutput("catching up");
        }

        SpinWait.SpinUntil(() => File.Exists(Database) && Complete() == 3, TimeSpan.FromMinutes(1)).ShouldBeTrue();
        foreach (RunningProgram each in both)
        {
            Terminate(each);
            ProgramResult ended = each.Wait(TimeSpan.FromSeconds(60));
            ended.ExitCode.ShouldBe(0, ended.ToString());
            ended.Errors.ShouldNotContain("FAILED");
        }

        Prices().ShouldBe([10, 11, 20, 21, 30, 31]);
    }

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    private string Database => Path.Combine(_folder, "tickets.db");

    private RunningProgram Serve(params string[] arguments) => new(
        Workplace.ProgramFile("TypedPipelines.OperatedTarget"),
        _folder,
        ["serve", .. arguments],
        // Where nobody listens, so that its address would be seen.
        ("TYPEDPIPELINES_ALERTS_WEBHOOK", $"http://127.0.0.1:1/{Secret}"));

    private static void Terminate(RunningProgram program)
    {
        using Process kill = Process.Start("kill", ["-TERM", program.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    private async Task<(HttpStatusCode Code, string Text)> ProbeAsync(string path)
    {
        using var client = new HttpClient();
        using HttpResponseMessage answer = await client.GetAsync(new Uri($"http://localhost:{_port}/{path}"), TestContext.Current.CancellationToken);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private void Deliver(string day, params int[] prices)
    {
        Directory.CreateDirectory(Path.Combine(_folder, "landing"));
        string file = Path.Combine(_folder, "landing", day + ".csv");
        File.WriteAllLines(file, ["day,number,price", .. prices.Select((price, i) => $"{day},{i + 1},{price}")]);
        File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddMinutes(-1));
    }

    private List<int> Prices()
    {
        using var connection = new SqliteConnection($"Data Source={Database};Pooling=False");
        return connection.Query<int>("select price from tickets order by day, number").AsList();
    }

    private bool Runs(string day)
    {
        try
        {
            using var connection = new SqliteConnection($"Data Source={Database};Pooling=False");
            return connection.ExecuteScalar<int>("select count(*) from tp_run where partition = @day and outcome = 'running'", new { day }) == 1;
        }
        catch (SqliteException)
        {
            return false; // Its tables are being made.
        }
    }

    private int Complete()
    {
        try
        {
            using var connection = new SqliteConnection($"Data Source={Database};Pooling=False");
            return connection.ExecuteScalar<int>("select count(*) from tp_partition where state = 'complete'");
        }
        catch (SqliteException)
        {
            return 0; // Its tables are being made.
        }
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        int port = ((IPEndPoint)probe.LocalEndpoint).Port;
        probe.Stop();
        return port;
    }
}
