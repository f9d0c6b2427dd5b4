using System.Diagnostics;
using System.Globalization;

namespace TypedPipelines.Benchmarks;

/// <summary>
/// Measures loads by turns in one process, each of a turn's ways once: on a machine that others use, the ratios of one turn hold while
/// times do not. Printed are the medians of times, of the process's CPU time, and of each turn's ratio to the first way, with the
/// range that the middle half of the ratios keeps to.
/// </summary>
internal static class LoadsByTurns
{
    internal const string Argument = "--by-turns";

    internal static async Task RunAsync(string[] arguments)
    {
        int turns = arguments.Length > 1 ? int.Parse(arguments[1], CultureInfo.InvariantCulture) : 15;
        string only = arguments.Length > 2 ? arguments[2] : "";
        if (only is "" or "sqlite")
        {
            await SqliteAsync(turns);
        }

        if (only is "" or "postgresql")
        {
            await PostgreSqlAsync(turns);
        }
    }

    private static async Task SqliteAsync(int turns)
    {
        var inserts = new SqliteLoadBenchmarks();
        await inserts.NewTable();
        await MeasureAsync("SQLite insert 500,000", turns, inserts.StartFromPrepared, inserts.InsertLimit, inserts.Insert, inserts.InsertByHand, inserts.InsertByHandStaged);
        inserts.Delete();
        var reloads = new SqliteLoadBenchmarks();
        await reloads.LoadedDays();
        await MeasureAsync("SQLite reload 20 days of 365", turns, static () => { }, reloads.ReloadLimit, reloads.Reload, reloads.ReloadByHand, reloads.ReloadByHandStaged);
        reloads.Delete();
        var merges = new SqliteLoadBenchmarks();
        await merges.LoadedOrders();
        await MeasureAsync("SQLite merge 100,000 into 1,000,000", turns, merges.StartFromPrepared, merges.MergeLimit, merges.Merge, merges.MergeByHand, merges.MergeByHandStaged);
        merges.Delete();
    }

    private static async Task PostgreSqlAsync(int turns)
    {
        var inserts = new PostgreSqlLoadBenchmarks();
        await inserts.NewTable();
        await MeasureAsync("PostgreSQL insert 500,000", turns, inserts.Empty, inserts.InsertLimit, inserts.Insert, inserts.InsertByHand, inserts.InsertByHandStaged);
        await inserts.Stop();
        var reloads = new PostgreSqlLoadBenchmarks();
        await reloads.LoadedDays();
        await MeasureAsync("PostgreSQL reload 20 days of 365", turns, static () => { }, reloads.ReloadLimit, reloads.Reload, reloads.ReloadByHand, reloads.ReloadByHandStaged);
        await reloads.Stop();
        var merges = new PostgreSqlLoadBenchmarks();
        await merges.LoadedOrders();
        await MeasureAsync("PostgreSQL merge 100,000 into 1,000,000", turns, merges.StartFromPrepared, merges.MergeLimit, merges.Merge, merges.MergeByHand, null);
        await merges.Stop();
    }

    private static async Task MeasureAsync(string name, int turns, Action prepare, Action limit, Func<Task> ours, Action byHand, Action? staged)
    {
        (string Name, Func<Task> Run)[] ways = [("limit", Async(limit)), ("TypedPipelines", ours), ("by hand", Async(byHand)), .. Ways("by hand, staged", staged)];
        double[][] wall = [.. ways.Select(_ => new double[turns])];
        double[][] processor = [.. ways.Select(_ => new double[turns])];
        const int warmUp = 2;
        for (int turn = -warmUp; turn < turns; turn++)
        {
            for (int way = 0; way < ways.Length; way++)
            {
                prepare();
                TimeSpan used = Environment.CpuUsage.TotalTime;
                long started = Stopwatch.GetTimestamp();
                await ways[way].Run();
                if (turn >= 0)
                {
                    wall[way][turn] = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
                    processor[way][turn] = (Environment.CpuUsage.TotalTime - used).TotalMilliseconds;
                }
            }
        }

        Console.WriteLine($"{name}, {turns} turns");
        for (int way = 0; way < ways.Length; way++)
        {
            double[] ratios = [.. wall[way].Zip(wall[0], static (mine, first) => mine / first).Order()];
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  {ways[way].Name,-16} {Median(wall[way]),8:F1} ms, CPU {Median(processor[way]),8:F1} ms, {Median(ratios):F2} of the limit ({ratios[turns / 4]:F2} to {ratios[turns * 3 / 4]:F2})"));
        }
    }

    private static (string Name, Func<Task> Run)[] Ways(string name, Action? run) => run is null ? [] : [(name, Async(run))];

    private static Func<Task> Async(Action run) => () =>
    {
        run();
        return Task.CompletedTask;
    };

    private static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);
}
