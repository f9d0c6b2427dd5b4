using Dapper;
using Microsoft.Data.SqlClient;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using TypedPipelines.Destinations;
using TypedPipelines.Ledger;
using TypedPipelines.Running;

namespace TypedPipelines.SqlServer.Tests;

/// <summary>
/// A database of one test, on the server that TYPEDPIPELINES_TEST_SQLSERVER names in SqlClient's keywords; its user must be allowed to
/// create and drop databases. Where the variable is not set, the test is skipped and says so.
/// </summary>
internal sealed class SqlServerTestDatabase : IAsyncDisposable
{
    internal const string Pipeline = "flights";

    private readonly SqlServerTestServer _server;
    private readonly string _name;

    private SqlServerTestDatabase(SqlServerTestServer server, bool readersSeeVersions, ILogger? logger)
    {
        _server = server;
        _name = server.CreateDatabase(readersSeeVersions);
        ConnectionString = server.To(_name);
        Destination = NewDestination(logger);
    }

    internal string ConnectionString { get; }

    internal bool IsBabelfish => _server.IsBabelfish;

    internal SqlServerDestination Destination { get; }

    internal static Partition Whole { get; } = new WholePartition();

    /// <summary>Creates a database.</summary>
    /// <param name="readersSeeVersions">Whether READ_COMMITTED_SNAPSHOT is on; null where that is as the tests are run.</param>
    /// <param name="logger">Hears the destination's statements.</param>
    internal static SqlServerTestDatabase Create(bool? readersSeeVersions = null, ILogger? logger = null)
    {
        Assert.SkipUnless(SqlServerTestServer.IsNamed, $"needs a SQL Server: set {SqlServerTestServer.Variable} to a connection string whose user may create databases");
        SqlServerTestServer server = SqlServerTestServer.Instance;
        return new SqlServerTestDatabase(server, readersSeeVersions ?? server.ReadersSeeVersions, logger);
    }

    internal SqlServerDestination NewDestination(ILogger? logger = null) => new(ConnectionString, TimeProvider.System, logger ?? NullLogger.Instance);

    internal static Partition Day(string day) => new DailyScheme(new DateOnly(2000, 1, 1), null, TimeZoneInfo.Utc, false).Parse(day);

    internal static RunIdentity NewRun(Partition? partition = null) => new(Guid.NewGuid(), Pipeline, partition ?? Whole, DateTimeOffset.UtcNow);

    internal static RunEnd Succeeded(long rows = 0) => new(RunOutcome.Succeeded, false, DateTimeOffset.UtcNow, new RowCounts(rows, rows, 0, 0), []);

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
    internal static async Task StageAsync(IPartitionSession session, TestContract table, Partition? partition, params object?[][] rows)
    {
        IStaging<object?[]> staging = await session.StageAsync(table, CancellationToken.None);
        var input = new LoadInput<object?[]>(table, staging, RunSlice.Of(partition ?? Whole, DateTimeOffset.UtcNow), new QuarantineSink([]));
        for (int i = 0; i < rows.Length; i++)
        {
            input.Add(rows[i], i);
        }

        await input.FlushAsync(new Positions(), CancellationToken.None);
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

    internal SqlConnection Open()
    {
        var connection = new SqlConnection(ConnectionString);
        connection.Open();
        return connection;
    }

    internal T Query<T>(string sql, object? values = null)
    {
        using SqlConnection connection = Open();
        return connection.QuerySingle<T>(sql, values);
    }

    internal List<T> List<T>(string sql)
    {
        using SqlConnection connection = Open();
        return connection.Query<T>(sql).AsList();
    }

    internal void Execute(string sql, object? values = null)
    {
        using SqlConnection connection = Open();
        connection.Execute(sql, values);
    }

    public async ValueTask DisposeAsync()
    {
        await Destination.DisposeAsync();
        await _server.DropDatabaseAsync(_name);
    }

    private sealed class Positions : IRowPositions
    {
        public RowPosition PositionOf(int row) => new("test.csv", row + 2);
    }
}
