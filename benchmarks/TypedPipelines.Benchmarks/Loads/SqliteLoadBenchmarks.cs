using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Engines;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using TypedPipelines.Benchmarks.Generated;
using TypedPipelines.Sqlite;

namespace TypedPipelines.Benchmarks;

/// <summary>
/// Whole loads into SQLite, lock, staging, checks, ledger and commit included, beside the limit, which binds natively, and what one would write by
/// hand over ADO.NET, both without any of that: straight into the table, and through a temporary table, which shows what staging costs.
/// </summary>
[SimpleJob(RunStrategy.Monitoring, warmupCount: 3, iterationCount: 7)]
[GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory)]
[CategoriesColumn]
public class SqliteLoadBenchmarks
{
    private const int Inserted = 500_000;
    private const int Stored = 1_000_000;
    private const int Merged = 100_000;
    private const int Reloads = 20;

    private OrderByDay[][] _days = [];
    private OrderById[] _changes = [];
    private string _folder = "";
    private SqliteDestination? _destination;
    private int _reloaded;

    private string Prepared => Path.Combine(_folder, "prepared.db");

    private string File => Path.Combine(_folder, "loads.db");

    [GlobalSetup(Targets = [nameof(InsertLimit), nameof(InsertByHand), nameof(InsertByHandStaged), nameof(Insert)])]
    public async Task NewTable()
    {
        _days = [Orders.OfDay(7, Inserted)];
        await PrepareAsync();
    }

    [GlobalSetup(Targets = [nameof(ReloadLimit), nameof(ReloadByHand), nameof(ReloadByHandStaged), nameof(Reload)])]
    public async Task LoadedDays()
    {
        _days = [.. Enumerable.Range(0, Orders.Days).Select(day => Orders.OfDay(day))];
        await PrepareAsync();
        using (var load = new SqliteByHand(Prepared))
        {
            load.Insert([.. _days.SelectMany(day => day)]);
            load.Commit();
        }

        StartFromPrepared();
    }

    [GlobalSetup(Targets = [nameof(MergeLimit), nameof(MergeByHand), nameof(MergeByHandStaged), nameof(Merge)])]
    public async Task LoadedOrders()
    {
        _changes = Orders.Changed(Stored - (Merged / 2), Merged);
        await PrepareAsync();
        using var load = new SqliteByHand(Prepared);
        load.Merge(Orders.ById(0, Stored));
        load.Commit();
    }

    [IterationSetup(Targets = [nameof(InsertLimit), nameof(InsertByHand), nameof(InsertByHandStaged), nameof(Insert), nameof(MergeLimit), nameof(MergeByHand), nameof(MergeByHandStaged), nameof(Merge)])]
    public void StartFromPrepared()
    {
        Close();
        _destination = Destination(File);
        System.IO.File.Copy(Prepared, File, overwrite: true);
        using FileStream copy = System.IO.File.OpenWrite(File);
        copy.Flush(flushToDisk: true);
    }

    [GlobalCleanup]
    public void Delete()
    {
        Close();
        Directory.Delete(_folder, recursive: true);
    }

    [BenchmarkCategory("insert 500,000"), Benchmark(Baseline = true, Description = "limit")]
    public void InsertLimit()
    {
        using var load = new SqliteLimit(File, SqliteByHand.InsertOne);
        load.Insert(_days[0]);
        load.ByHand.Commit();
    }

    [BenchmarkCategory("insert 500,000"), Benchmark(Description = "by hand")]
    public void InsertByHand()
    {
        using var load = new SqliteByHand(File);
        load.Insert(_days[0]);
        load.Commit();
    }

    [BenchmarkCategory("insert 500,000"), Benchmark(Description = "by hand, staged")]
    public void InsertByHandStaged()
    {
        using var load = new SqliteByHand(File);
        load.InsertThroughStaging(_days[0]);
        load.Commit();
    }

    [BenchmarkCategory("insert 500,000"), Benchmark(Description = "TypedPipelines")]
    public Task Insert() => WholeLoad.RunAsync(_destination!, OrderByDayTable.Instance, 7, _days[0]);

    [BenchmarkCategory("reload one day of 365"), Benchmark(Baseline = true, OperationsPerInvoke = Reloads, Description = "limit")]
    public void ReloadLimit()
    {
        foreach (int day in NextDays())
        {
            using var load = new SqliteLimit(File, SqliteByHand.InsertOne);
            load.ByHand.DeleteDay(Orders.Date(day));
            load.Insert(_days[day]);
            load.ByHand.Commit();
        }
    }

    [BenchmarkCategory("reload one day of 365"), Benchmark(OperationsPerInvoke = Reloads, Description = "by hand")]
    public void ReloadByHand()
    {
        foreach (int day in NextDays())
        {
            using var load = new SqliteByHand(File);
            load.DeleteDay(Orders.Date(day));
            load.Insert(_days[day]);
            load.Commit();
        }
    }

    [BenchmarkCategory("reload one day of 365"), Benchmark(OperationsPerInvoke = Reloads, Description = "by hand, staged")]
    public void ReloadByHandStaged()
    {
        foreach (int day in NextDays())
        {
            using var load = new SqliteByHand(File);
            load.DeleteDay(Orders.Date(day));
            load.InsertThroughStaging(_days[day]);
            load.Commit();
        }
    }

    [BenchmarkCategory("reload one day of 365"), Benchmark(OperationsPerInvoke = Reloads, Description = "TypedPipelines")]
    public async Task Reload()
    {
        foreach (int day in NextDays())
        {
            await WholeLoad.RunAsync(_destination!, OrderByDayTable.Instance, day, _days[day]);
        }
    }

    [BenchmarkCategory("merge 100,000 into 1,000,000"), Benchmark(Baseline = true, Description = "limit")]
    public void MergeLimit()
    {
        using var load = new SqliteLimit(File, SqliteByHand.MergeOne);
        load.Merge(_changes);
        load.ByHand.Commit();
    }

    [BenchmarkCategory("merge 100,000 into 1,000,000"), Benchmark(Description = "by hand")]
    public void MergeByHand()
    {
        using var load = new SqliteByHand(File);
        load.Merge(_changes);
        load.Commit();
    }

    [BenchmarkCategory("merge 100,000 into 1,000,000"), Benchmark(Description = "by hand, staged")]
    public void MergeByHandStaged()
    {
        using var load = new SqliteByHand(File);
        load.MergeThroughStaging(_changes);
        load.Commit();
    }

    [BenchmarkCategory("merge 100,000 into 1,000,000"), Benchmark(Description = "TypedPipelines")]
    public Task Merge() => WholeLoad.RunAsync(_destination!, OrderByIdTable.Instance, 7, _changes);

    /// <summary>Days far apart, and none of them again before all others.</summary>
    private IEnumerable<int> NextDays() => Enumerable.Range(0, Reloads).Select(_ => _reloaded++ * 101 % Orders.Days);

    private async Task PrepareAsync()
    {
        _folder = Directory.CreateTempSubdirectory("loads-").FullName;
        using SqliteDestination destination = Destination(Prepared);
        await destination.PrepareAsync([OrderByDayTable.Instance, OrderByIdTable.Instance], static _ => null, CancellationToken.None);
    }

    private void Close()
    {
        SqliteConnection.ClearAllPools();
        _destination?.Dispose();
    }

    private static SqliteDestination Destination(string file) => new($"Data Source={file}", TimeProvider.System, NullLogger.Instance);
}
