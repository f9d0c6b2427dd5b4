using System.Diagnostics;
using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;
using TypedPipelines.Samples.Tests.Harness;

namespace TypedPipelines.Samples.Tests;

/// <summary>The sample that is served by a schedule, and whose loads can be undone.</summary>
public sealed class TakingsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("takings-").FullName;

    public TakingsTests()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "landing"));
        foreach (string file in Directory.GetFiles(Repository.Path("samples", "Takings", "landing")))
        {
            Deliver(Path.GetFileName(file), File.ReadAllLines(file));
        }
    }

    [Fact]
    public void It_catches_up_when_it_is_served_and_ends_at_a_signal()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no SIGTERM.");
        RunningProgram serving = Start("serve");
        serving.WaitForOutput("takings 2026-01-03  2 read, 2 loaded");
        using (Process kill = Process.Start("kill", ["-TERM", serving.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]))
        {
            kill.WaitForExit();
        }

        serving.Wait(TimeSpan.FromSeconds(60)).ExitCode.ShouldBe(0);
        Amounts().ShouldBe([812.40m, 95.00m, 1204.15m, 310.70m, 48.90m, 990.05m, 417.30m]);
    }

    [Fact]
    public void A_wrong_file_that_was_loaded_is_undone_and_the_day_is_complete_as_before()
    {
        Run("backfill").ExitCode.ShouldBe(0);
        Deliver("2026-01-02.csv", "day,till,amount", "2026-01-02,1,1.00");
        Run("run", "takings", "--partition", "2026-01-02").ExitCode.ShouldBe(0);
        Amounts().ShouldContain(1.00m);

        ProgramResult unasked = Run("undo", "takings", "--partition", "2026-01-02");
        unasked.ExitCode.ShouldBe(6, unasked.ToString());
        Amounts().ShouldContain(1.00m);
        ProgramResult undone = Run("undo", "takings", "--partition", "2026-01-02", "--yes");

        undone.ExitCode.ShouldBe(0, undone.ToString());
        undone.Output.ShouldContain("1 row of takings deleted, 3 put back");
        Amounts().ShouldBe([812.40m, 95.00m, 1204.15m, 310.70m, 48.90m, 990.05m, 417.30m]);
        JsonElement status = JsonDocument.Parse(Run("status", "--json").Output).RootElement.GetProperty("pipelines")[0];
        status.GetProperty("complete").GetInt32().ShouldBe(3);
        ProgramResult again = Run("undo", "takings", "--partition", "2026-01-02", "--yes");
        again.ExitCode.ShouldBe(0, again.ToString());
        again.Output.ShouldContain("has been undone already");
        Amounts().Count.ShouldBe(7);
    }

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    private RunningProgram Start(params string[] arguments) => new(Workplace.ProgramFile("Takings"), _folder, arguments);

    private ProgramResult Run(params string[] arguments) => Start(arguments).Wait();

    private void Deliver(string name, params string[] lines)
    {
        string file = Path.Combine(_folder, "landing", name);
        File.WriteAllLines(file, lines);
        File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddMinutes(-1));
    }

    private List<decimal> Amounts()
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(_folder, "takings.db")};Pooling=False");
        return [.. connection.Query<double>("select amount from takings order by day, till").Select(amount => (decimal)amount)];
    }
}
