using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Engines;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using TypedPipelines.Benchmarks.Generated;
using TypedPipelines.Destinations;
using TypedPipelines.Ledger;
using TypedPipelines.Sqlite;

namespace TypedPipelines.Benchmarks;

/// <summary>
/// Whole loads into SQLite, lock, staging, checks, ledger and commit included, beside what one would write by hand over ADO.NET: prepared
/// commands in one transaction, without any of that.
/// </summary>
[SimpleJob(RunStrategy.Monitoring, warmupCount: 1, iterationCount: 7)]
[GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory)]
[CategoriesColumn]
public class SqliteLoadBenchmarks
{
    private const int Days = 60;
    private const int RowsPerDay = 2_740; // A million in a year.
    private const int Stored = 200_000;
    private const int Merged = 50_000;
    private const int Chunk = 4096;

    private readonly OrderByDay[] _day = [.. Enumerable.Range(0, RowsPerDay).Select(n => LoadPipeline.ByDay(n, LoadPipeline.Day(7)))];
    private readonly OrderByDay[] _many = [.. Enumerable.Range(0, Stored).Select(n => LoadPipeline.ByDay(n, LoadPipeline.Day(7)))];
    private readonly OrderById[] _changes = Shuffled([.. Enumerable.Range(Stored - (Merged / 2), Merged).Select(n => LoadPipeline.ById(n) with { Quantity = 77 })]);
    private readonly Partition _partition = PartitionScheme.Daily("2026-01-01").Parse("2026-01-08");

    private string _file = "";
    private SqliteDestination _destination = null!;

    [IterationSetup(Targets = [nameof(InsertByHand), nameof(Insert)])]
    public void NewTable() => Prepare().GetAwaiter().GetResult();

    [IterationSetup(Targets = [nameof(ReloadDayByHand), nameof(ReloadDay)])]
    public void LoadedDays()
    {
        Prepare().GetAwaiter().GetResult();
        using SqliteConnection connection = Open();
        for (int day = 0; day < Days; day++)
        {
            InsertInto(connection, "order_by_day", [.. Enumerable.Range(0, RowsPerDay).Select(n => LoadPipeline.ByDay(n, LoadPipeline.Day(day)))]);
        }
    }

    [IterationSetup(Targets = [nameof(MergeByHand), nameof(Merge)])]
    public void LoadedOrders()
    {
        Prepare().GetAwaiter().GetResult();
        Load(OrderByIdTable.Instance, [.. Enumerable.Range(0, Stored).Select(n => LoadPipeline.ById(n))]).GetAwaiter().GetResult();
    }

    [IterationCleanup]
    public void Delete()
    {
        SqliteConnection.ClearAllPools();
        foreach (string file in Directory.GetFiles(Path.GetDirectoryName(_file)!, Path.GetFileName(_file) + "*"))
        {
            File.Delete(file);
        }
    }

    [BenchmarkCategory("insert 200,000"), Benchmark(Baseline = true)]
    public void InsertByHand()
    {
        using SqliteConnection connection = Open();
        InsertInto(connection, "order_by_day", _many);
    }

    [BenchmarkCategory("insert 200,000"), Benchmark]
    public Task Insert() => Load(OrderByDayTable.Instance, _many);

    [BenchmarkCategory("reload one day of 60"), Benchmark(Baseline = true)]
    public void ReloadDayByHand()
    {
        using SqliteConnection connection = Open();
        using SqliteTransaction transaction = connection.BeginTransaction();
        Execute(connection, transaction, "delete from order_by_day where order_date = '2026-01-08'");
        Insert(connection, transaction, "order_by_day", _day);
        transaction.Commit();
    }

    [BenchmarkCategory("reload one day of 60"), Benchmark]
    public Task ReloadDay() => Load(OrderByDayTable.Instance, _day);

    [BenchmarkCategory("merge 50,000 into 200,000"), Benchmark(Baseline = true)]
    public void MergeByHand()
    {
        using SqliteConnection connection = Open();
        using SqliteTransaction transaction = connection.BeginTransaction();
        using SqliteCommand command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = InsertSql("order_by_id") + """
             on conflict (order_id) do update set
                customer_id = excluded.customer_id, order_date = excluded.order_date, status = excluded.status, sku = excluded.sku, quantity = excluded.quantity,
                unit_price = excluded.unit_price, discount = excluded.discount, currency = excluded.currency, note = excluded.note
            """;
        SqliteParameter[] parameters = Parameters(command);
        foreach (OrderById order in _changes.OrderBy(order => order.OrderId))
        {
            Bind(parameters, order.OrderId, order.CustomerId, order.OrderDate, order.Status, order.Sku, order.Quantity, order.UnitPrice, order.Discount, order.Currency, order.Note);
            command.ExecuteNonQuery();
        }

        transaction.Commit();
    }

    [BenchmarkCategory("merge 50,000 into 200,000"), Benchmark]
    public Task Merge() => Load(OrderByIdTable.Instance, _changes);

    private async Task Prepare()
    {
        _file = Path.Combine(Path.GetTempPath(), $"loads-{Guid.NewGuid():n}.db");
        _destination = new SqliteDestination($"Data Source={_file}", TimeProvider.System, NullLogger.Instance);
        await _destination.PrepareAsync([OrderByDayTable.Instance, OrderByIdTable.Instance], static _ => null, CancellationToken.None);
    }

    private async Task Load<TRow>(TableContract<TRow> contract, TRow[] rows)
    {
        var run = new RunIdentity(Guid.CreateVersion7(), "loads", _partition, DateTimeOffset.UtcNow);
        await using IPartitionSession session = await _destination.BeginAsync(run, TimeSpan.Zero, CancellationToken.None);
        IStaging<TRow> staging = await session.StageAsync(contract, CancellationToken.None);
        for (int i = 0; i < rows.Length; i += Chunk)
        {
            await staging.AddAsync(rows.AsMemory(i, Math.Min(Chunk, rows.Length - i)), CancellationToken.None);
        }

        await session.PublishAsync(
            new RunEnd(RunOutcome.Succeeded, false, DateTimeOffset.UtcNow, new RowCounts(rows.Length, rows.Length, 0, 0), []), CancellationToken.None);
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection($"Data Source={_file}");
        connection.Open();
        Execute(connection, null, "pragma synchronous = full");
        return connection;
    }

    private static void InsertInto(SqliteConnection connection, string table, OrderByDay[] rows)
    {
        using SqliteTransaction transaction = connection.BeginTransaction();
        Insert(connection, transaction, table, rows);
        transaction.Commit();
    }

    private static void Insert(SqliteConnection connection, SqliteTransaction transaction, string table, OrderByDay[] rows)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = InsertSql(table);
        SqliteParameter[] parameters = Parameters(command);
        foreach (ref readonly OrderByDay order in rows.AsSpan())
        {
            Bind(parameters, order.OrderId, order.CustomerId, order.OrderDate, order.Status, order.Sku, order.Quantity, order.UnitPrice, order.Discount, order.Currency, order.Note);
            command.ExecuteNonQuery();
        }
    }

    private static string InsertSql(string table) =>
        $"insert into {table} (order_id, customer_id, order_date, status, sku, quantity, unit_price, discount, currency, note) values ($0, $1, $2, $3, $4, $5, $6, $7, $8, $9)";

    private static SqliteParameter[] Parameters(SqliteCommand command)
    {
        SqliteParameter[] parameters = [.. Enumerable.Range(0, 10).Select(i => command.Parameters.Add(new SqliteParameter($"${i}", null)))];
        command.Prepare();
        return parameters;
    }

    private static void Bind(SqliteParameter[] parameters, params ReadOnlySpan<object?> values)
    {
        for (int i = 0; i < parameters.Length; i++)
        {
            parameters[i].Value = values[i] switch
            {
                null => DBNull.Value,
                decimal number => (double)number,
                DateOnly date => date.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
                object value => value,
            };
        }
    }

    private static void Execute(SqliteConnection connection, SqliteTransaction? transaction, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static OrderById[] Shuffled(OrderById[] rows)
    {
        new Random(1).Shuffle(rows);
        return rows;
    }
}
