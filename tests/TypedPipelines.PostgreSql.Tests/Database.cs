using Dapper;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using TypedPipelines.Destinations;
using TypedPipelines.Ledger;
using TypedPipelines.Running;

namespace TypedPipelines.PostgreSql.Tests;

/// <summary>A database of one test, loaded through the destination and looked into with Dapper.</summary>
internal sealed class Database : IAsyncDisposable
{
    internal const string Pipeline = "flights";

    internal Database(ILogger? logger = null, string options = "")
    {
        ConnectionString = PrivateServer.CreateDatabase(options);
        Destination = NewDestination(logger);
    }

    internal string ConnectionString { get; }

    internal PostgreSqlDestination Destination { get; }

    internal static Partition Whole { get; } = new WholePartition();

    internal PostgreSqlDestination NewDestination(ILogger? logger = null) =>
        new(new NpgsqlConnectionStringBuilder(ConnectionString) { Pooling = true }.ConnectionString, TimeProvider.System, logger ?? NullLogger.Instance);

    internal static Partition Day(string day, string zone = "Etc/UTC") =>
        new DailyScheme(new DateOnly(2000, 1, 1), null, TimeZoneInfo.FindSystemTimeZoneById(zone), false).Parse(day);

    internal static RunIdentity NewRun(Partition? partition = null) => new(Guid.NewGuid(), Pipeline, partition ?? Whole, Now());

    /// <summary>Now, to the microsecond, which is what the ledger keeps.</summary>
    internal static DateTimeOffset Now() => new(DateTimeOffset.UtcNow.Ticks / 10 * 10, TimeSpan.Zero);

    internal static RunEnd Succeeded(long rows = 0) => new(RunOutcome.Succeeded, false, Now(), new RowCounts(rows, rows, 0, 0), []);

    internal static RunEnd Failed(string error, params Reject[] rejects) =>
        new(RunOutcome.Failed, false, Now(), new RowCounts(0, 0, 0, rejects.Length), rejects, FailureKind.Row, error);

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

    internal NpgsqlConnection Open()
    {
        var connection = new NpgsqlConnection(ConnectionString);
        connection.Open();
        return connection;
    }

    internal T Query<T>(string sql, object? values = null)
    {
        using NpgsqlConnection connection = Open();
        return connection.QuerySingle<T>(sql, values);
    }

    internal List<T> List<T>(string sql)
    {
        using NpgsqlConnection connection = Open();
        return connection.Query<T>(sql).AsList();
    }

    internal int Execute(string sql, object? values = null)
    {
        using NpgsqlConnection connection = Open();
        return connection.Execute(sql, values);
    }

    /// <summary>Has a table refuse every row that a statement of a kind would change.</summary>
    internal void Refuse(string kind, string table, string message, string when = "true") => Execute($"""
        create or replace function refuse() returns trigger language plpgsql as $f$ begin raise exception '{message}'; end $f$;
        create or replace trigger refuse before {kind} on {table} for each row when ({when}) execute function refuse();
        """);

    /// <summary>All rows of a table as one text, with the versions of the rows: equal texts, untouched tables.</summary>
    internal string Digest(string table, string where = "true") =>
        string.Join('\n', List<string>($"select ctid::text || xmin::text || t::text from \"{table}\" as t where {where} order by ctid"));

    public async ValueTask DisposeAsync()
    {
        await Destination.DisposeAsync();
        PrivateServer.DropDatabase(ConnectionString);
    }

    private sealed class Positions : IRowPositions
    {
        public RowPosition PositionOf(int row) => new("test.csv", row + 2);
    }
}
