using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using TypedPipelines.Destinations;
using TypedPipelines.Ledger;
using TypedPipelines.Running;

namespace TypedPipelines.Sqlite.Tests;

/// <summary>A database file of one test, loaded through the destination and looked into with Dapper.</summary>
internal sealed class Database : IDisposable
{
    internal const string Pipeline = "flights";

    private readonly string _folder = Directory.CreateTempSubdirectory("typedpipelines-").FullName;

    internal Database(TimeSpan? lease = null, Microsoft.Extensions.Logging.ILogger? logger = null) => Destination = new SqliteDestination(
        ConnectionString, TimeProvider.System, logger ?? NullLogger.Instance, lease ?? TimeSpan.FromMinutes(2));

    internal string Folder => _folder;

    internal string File => Path.Combine(_folder, "test.db");

    internal string ConnectionString => $"Data Source={File}";

    internal SqliteDestination Destination { get; }

    internal static Partition Day(string day, string zone = "Etc/UTC") =>
        new DailyScheme(new DateOnly(2000, 1, 1), null, TimeZoneInfo.FindSystemTimeZoneById(zone), false).Parse(day);

    internal static Partition Whole { get; } = new WholePartition();

    internal static RunIdentity NewRun(Partition? partition = null) => new(Guid.NewGuid(), Pipeline, partition ?? Whole, DateTimeOffset.UtcNow);

    internal static RunEnd Succeeded(long rows = 0) =>
        new(RunOutcome.Succeeded, false, DateTimeOffset.UtcNow, new RowCounts(rows, rows, 0, 0), []);

    internal static RunEnd Failed(string error, params Reject[] rejects) =>
        new(RunOutcome.Failed, false, DateTimeOffset.UtcNow, new RowCounts(0, 0, 0, rejects.Length), rejects, FailureKind.Row, error);

    internal Task PrepareAsync(params TableContract[] tables) => Destination.PrepareAsync(tables, CancellationToken.None);

    internal async Task<IPartitionSession> BeginAsync(Partition? partition = null, TimeSpan lockWait = default) =>
        await Destination.BeginAsync(NewRun(partition), lockWait, CancellationToken.None);

    /// <summary>One undisturbed run: prepare, stage, publish.</summary>
    internal async Task<LoadedTable> LoadAsync(TestContract table, Partition? partition, params object?[][] rows)
    {
        await PrepareAsync(table);
        await using IPartitionSession session = await BeginAsync(partition, TimeSpan.FromSeconds(30));
        await StageAsync(session, table, partition, rows);
        return (await session.PublishAsync(Succeeded(rows.Length), CancellationToken.None))[0];
    }

    /// <summary>Rows through the gate that generated code puts them through.</summary>
    internal static async Task<LoadInput<object?[]>> StageAsync(IPartitionSession session, TestContract table, Partition? partition, params object?[][] rows)
    {
        IStaging<object?[]> staging = await session.StageAsync(table, CancellationToken.None);
        var input = new LoadInput<object?[]>(table, staging, RunSlice.Of(partition ?? Whole, DateTimeOffset.UtcNow), new QuarantineSink([]));
        for (int i = 0; i < rows.Length; i++)
        {
            input.Add(rows[i], i);
        }

        await input.FlushAsync(new Positions(), CancellationToken.None);
        return input;
    }

    internal static async Task<List<object?[]>> ReadAsync(IPartitionSession session, TestContract table, Partition? partition = null)
    {
        await using IRowSource<object?[]> source = await session.ReadAsync(table, partition, CancellationToken.None);
        var batch = new RowBatch<object?[]>();
        var rows = new List<object?[]>();
        bool more;
        do
        {
            more = await source.ReadAsync(batch, CancellationToken.None);
            rows.AddRange(batch.Rows);
        }
        while (more);
        return rows;
    }

    internal SqliteConnection Open()
    {
        var connection = new SqliteConnection($"{ConnectionString};Pooling=False");
        connection.Open();
        return connection;
    }

    internal T Query<T>(string sql, object? values = null)
    {
        using SqliteConnection connection = Open();
        return connection.QuerySingle<T>(sql, values);
    }

    internal List<T> List<T>(string sql)
    {
        using SqliteConnection connection = Open();
        return connection.Query<T>(sql).AsList();
    }

    internal int Execute(string sql, object? values = null)
    {
        using SqliteConnection connection = Open();
        return connection.Execute(sql, values);
    }

    /// <summary>All rows of a table as one text: equal texts, equal tables.</summary>
    internal string Digest(string table, string where = "true")
    {
        using SqliteConnection connection = Open();
        return string.Join('\n', connection.Query($"select rowid as row_id, * from \"{table}\" where {where} order by rowid")
            .Select(row => string.Join('|', ((IDictionary<string, object>)row).Values.Select(value => $"{value?.GetType().Name}:{value}"))));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private sealed class Positions : IRowPositions
    {
        public RowPosition PositionOf(int row) => new("test.csv", row + 2);
    }
}
