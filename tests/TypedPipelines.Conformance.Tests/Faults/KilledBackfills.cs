using System.Diagnostics;
using TypedPipelines.Ledger;

namespace TypedPipelines.Conformance.Tests.Faults;

/// <summary>Statements 33, 35 and 49 for a process that loads a year, four days at the same time, and is killed again and again.</summary>
public sealed class KilledBackfills
{
    private const string Pipeline = "many-days";
    private const int Days = 365;
    private const int RowsOfADay = 20;
    private const int Kills = 6;

    [Theory, OnEveryDestination]
    public async Task S33_S35_S49_a_backfill_of_a_year_by_four_at_a_time_goes_on_after_each_kill_and_ends_as_an_undisturbed_one(Destination destination)
    {
        await using TestDatabase database = destination.NewDatabase();
        var random = new Random(7);
        int killed = 0;
        for (int kill = 0; kill < Kills; kill++)
        {
            using Process process = Start(database, destination);
            // As soon as it has begun to load, or some time later.
            await WaitForLoadsAsync(database, process, await CompleteAsync(database) + random.Next(1, 40));
            process.Kill();
            await process.WaitForExitAsync();
            killed += process.ExitCode == 0 ? 0 : 1;
        }

        int loaded = await CompleteAsync(database);
        killed.ShouldBeGreaterThan(2, "most kills are to come before the year is loaded");
        using (Process last = Start(database, destination))
        {
            await last.WaitForExitAsync();
            last.ExitCode.ShouldBe(0);
        }

        TestContext.Current.TestOutputHelper!.WriteLine($"{killed} kills at {destination}, after which {loaded} of {Days} days were loaded");
        (await CompleteAsync(database)).ShouldBe(Days);
        database.Count("many_days").ShouldBe(Days * RowsOfADay);
        database.Query<long>("select sum(value) from many_days").ShouldBe(Enumerable.Range(1, Days).Sum(day => (day * 1000L * RowsOfADay) + (RowsOfADay * (RowsOfADay + 1) / 2)));
        database.StagingObjects().ShouldBeEmpty();
        database.Count($"{database.LedgerTable("run")} where outcome = 'running'").ShouldBe(0);
    }

    private static async Task WaitForLoadsAsync(TestDatabase database, Process process, int days)
    {
        while (!process.HasExited && await CompleteAsync(database) < days)
        {
            await Task.Delay(20);
        }
    }

    private static async Task<int> CompleteAsync(TestDatabase database)
    {
        try
        {
            return (await database.Destination.Ledger.GetPartitionsAsync(Pipeline, CancellationToken.None)).Count(entry => entry.State == PartitionState.Complete);
        }
        catch (PipelineException)
        {
            return 0; // The process is about to create the ledger.
        }
    }

    private static Process Start(TestDatabase database, Destination destination)
    {
        string program = Repository.Path(
            "artifacts", "bin", "TypedPipelines.CrashTarget", Path.GetFileName(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar)), "TypedPipelines.CrashTarget.dll");
        var start = new ProcessStartInfo(
            "dotnet",
            [program, "backfill", Pipeline, "--parallel", "4", "--quiet", "--destination", destination.ToString().ToLowerInvariant(), "--connection", database.ConnectionString])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        Process process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { }; // Read, so that it never waits for a reader.
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }
}
