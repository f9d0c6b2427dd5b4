using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Engines;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using TypedPipelines.Benchmarks.Generated;
using TypedPipelines.PostgreSql;

namespace TypedPipelines.Benchmarks;

/// <summary>
/// Whole loads into PostgreSQL, lock, staging, checks, ledger and commit included, beside the limit, which encodes tuples itself, and what one would write
/// by hand over Npgsql, both without any of that: straight into the table, and through a temporary table, which shows what staging costs.
/// </summary>
[SimpleJob(RunStrategy.Monitoring, warmupCount: 3, iterationCount: 7)]
[GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory)]
[CategoriesColumn]
public class PostgreSqlLoadBenchmarks
{
    private const int Inserted = 500_000;
    private const int Stored = 1_000_000;
    private const int Merged = 100_000;
    private const int Reloads = 20;

    private OrderByDay[][] _days = [];
    private OrderById[] _changes = [];
    private PostgreSqlPrivateServer _server = null!;
    private NpgsqlDataSource _source = null!;
    private PostgreSqlDestination _destination = null!;
    private int _reloaded;

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
        using var load = new PostgreSqlByHand(_source);
        load.Insert([.. _days.SelectMany(day => day)]);
        load.Commit();
        Run("vacuum analyze");
        Run("checkpoint");
    }

    [GlobalSetup(Targets = [nameof(MergeLimit), nameof(MergeByHand), nameof(Merge)])]
    public async Task LoadedOrders()
    {
        _changes = Orders.Changed(Stored - (Merged / 2), Merged);
        await PrepareAsync();
        using var load = new PostgreSqlByHand(_source);
        load.Merge(Orders.ById(0, Stored));
        load.Commit();
        Run("create table prepared as table order_by_id");
    }

    [IterationSetup(Targets = [nameof(InsertLimit), nameof(InsertByHand), nameof(InsertByHandStaged), nameof(Insert)])]
    public void Empty()
    {
        Run("truncate order_by_day");
        Run("checkpoint");
    }

    [IterationSetup(Targets = [nameof(MergeLimit), nameof(MergeByHand), nameof(Merge)])]
    public void StartFromPrepared()
    {
        Run("truncate order_by_id");
        Run("insert into order_by_id table prepared");
        Run("vacuum analyze order_by_id");
        Run("checkpoint");
    }

    [GlobalCleanup]
    public async Task Stop()
    {
        await _destination.DisposeAsync();
        await _source.DisposeAsync();
        _server.Dispose();
    }

    [BenchmarkCategory("insert 500,000"), Benchmark(Baseline = true, Description = "limit")]
    public void InsertLimit()
    {
        using var load = new PostgreSqlByHand(_source);
        new PostgreSqlLimit(load).Insert(_days[0]);
        load.Commit();
    }

    [BenchmarkCategory("insert 500,000"), Benchmark(Description = "by hand")]
    public void InsertByHand()
    {
        using var load = new PostgreSqlByHand(_source);
        load.Insert(_days[0]);
        load.Commit();
    }

    [BenchmarkCategory("insert 500,000"), Benchmark(Description = "by hand, staged")]
    public void InsertByHandStaged()
    {
        using var load = new PostgreSqlByHand(_source);
        load.InsertThroughStaging(_days[0]);
        load.Commit();
    }

    [BenchmarkCategory("insert 500,000"), Benchmark(Description = "TypedPipelines")]
    public Task Insert() => WholeLoad.RunAsync(_destination, OrderByDayTable.Instance, 7, _days[0]);

    [BenchmarkCategory("reload one day of 365"), Benchmark(Baseline = true, OperationsPerInvoke = Reloads, Description = "limit")]
    public void ReloadLimit()
    {
        foreach (int day in NextDays())
        {
            using var load = new PostgreSqlByHand(_source);
            load.DeleteDay(Orders.Date(day));
            new PostgreSqlLimit(load).Insert(_days[day]);
            load.Commit();
        }
    }

    [BenchmarkCategory("reload one day of 365"), Benchmark(OperationsPerInvoke = Reloads, Description = "by hand")]
    public void ReloadByHand()
    {
        foreach (int day in NextDays())
        {
            using var load = new PostgreSqlByHand(_source);
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
            using var load = new PostgreSqlByHand(_source);
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
            await WholeLoad.RunAsync(_destination, OrderByDayTable.Instance, day, _days[day]);
        }
    }

    [BenchmarkCategory("merge 100,000 into 1,000,000"), Benchmark(Baseline = true, Description = "limit")]
    public void MergeLimit()
    {
        using var load = new PostgreSqlByHand(_source);
        new PostgreSqlLimit(load).Merge(_changes);
        load.Commit();
    }

    [BenchmarkCategory("merge 100,000 into 1,000,000"), Benchmark(Description = "by hand, staged")]
    public void MergeByHand()
    {
        using var load = new PostgreSqlByHand(_source);
        load.Merge(_changes);
        load.Commit();
    }

    [BenchmarkCategory("merge 100,000 into 1,000,000"), Benchmark(Description = "TypedPipelines")]
    public Task Merge() => WholeLoad.RunAsync(_destination, OrderByIdTable.Instance, 7, _changes);

    /// <summary>Days far apart, and none of them again before all others.</summary>
    private IEnumerable<int> NextDays() => Enumerable.Range(0, Reloads).Select(_ => _reloaded++ * 101 % Orders.Days);

    private async Task PrepareAsync()
    {
        _server = new PostgreSqlPrivateServer();
        _source = NpgsqlDataSource.Create(_server.ConnectionString);
        _destination = new PostgreSqlDestination(_server.ConnectionString, TimeProvider.System, NullLogger.Instance);
        await _destination.PrepareAsync([OrderByDayTable.Instance, OrderByIdTable.Instance], static _ => null, CancellationToken.None);

        // A server that was named instead of started may hold what another measurement has left.
        Run("truncate order_by_day, order_by_id");
        Run("drop table if exists prepared");
    }

    private void Run(string sql)
    {
        using NpgsqlCommand command = _source.CreateCommand(sql);
        command.CommandTimeout = 0;
        command.ExecuteNonQuery();
    }
}
