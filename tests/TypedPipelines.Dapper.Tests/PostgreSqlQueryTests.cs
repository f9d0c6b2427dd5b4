using System.Diagnostics;
using Npgsql;
using TypedPipelines.PostgreSql.Tests;

namespace TypedPipelines.Queries.Tests;

/// <summary>Queries of a real server: its types, and that what is under way stops when the run does.</summary>
public sealed class PostgreSqlQueryTests
{
    private readonly SourceReading _reading = new();

    [Fact]
    public async Task TheServersTypes_ArriveAsTheyAre()
    {
        await using NpgsqlDataSource database = NpgsqlDataSource.Create(PrivateServer.CreateDatabase());
        DayPartition day = (DayPartition)PartitionScheme.Daily("2026-01-01", timeZone: "Europe/Berlin").Parse("2026-01-31");

        var query = new DbQuery<Everything>(
            database,
            """
            select 7::smallint as small, 3000000000::bigint as large, 1.10::numeric as exact, 0.1::float8 as near, true as yes, 'text' as words, null::text as maybe,
                   date '2026-01-31' as day, time '07:05' as clock, timestamp '2026-01-31 12:00' as local, @Start::timestamptz as moment,
                   '00000000-0000-0000-0000-00000000000a'::uuid as id, '\x01'::bytea as bytes, array[1,2] as list, interval '1 hour' as span, id.n as number
            from (select unnest(@numbers) as n) id where n = any(@numbers)
            """,
            new { day.Start, numbers = new[] { 5 } });

        Everything row = (await _reading.AllAsync(query)).ShouldHaveSingleItem().Row;
        _reading.Rejects.ShouldBeEmpty();
        byte[] bytes = row.Bytes;
        int[] list = row.List;
        row.ShouldBe(new Everything(
            7, 3_000_000_000, 1.10m, 0.1, true, "text", null, new DateOnly(2026, 1, 31), new TimeOnly(7, 5), new DateTime(2026, 1, 31, 12, 0, 0),
            new DateTimeOffset(2026, 1, 30, 23, 0, 0, TimeSpan.Zero), new Guid(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 10), bytes, list, TimeSpan.FromHours(1), 5));
        bytes.ShouldBe([1]);
        list.ShouldBe([1, 2]);
    }

    [Fact]
    public async Task AQueryUnderWay_IsCancelledAtTheServer()
    {
        await using NpgsqlDataSource database = NpgsqlDataSource.Create(PrivateServer.CreateDatabase());
        using var cancellation = new CancellationTokenSource(TimeSpan.FromSeconds(0.5));
        long started = Stopwatch.GetTimestamp();
        await Should.ThrowAsync<OperationCanceledException>(() =>
            _reading.AllAsync(new DbQuery<Number>(database, "select 1::bigint as value from pg_sleep(30)"), cancellation.Token));
        Stopwatch.GetElapsedTime(started).ShouldBeLessThan(TimeSpan.FromSeconds(15));
        (await RunningAsync(database)).ShouldBe(0);
    }

    [Fact]
    public async Task AResultThatIsLeftInTheMiddle_IsNotFetchedToItsEnd()
    {
        await using NpgsqlDataSource database = NpgsqlDataSource.Create(PrivateServer.CreateDatabase());
        long started = Stopwatch.GetTimestamp();
        await using (IRowSource<Number> open = ((ISource<Number>)new DbQuery<Number>(database, "select generate_series(1::bigint, 4000000000) as value"))
            .Open(new SourceContext("Feed", null!, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance)))
        {
            (await open.ReadAsync(new RowBatch<Number>(), CancellationToken.None)).ShouldBeTrue();
        }

        Stopwatch.GetElapsedTime(started).ShouldBeLessThan(TimeSpan.FromSeconds(20));
        (await RunningAsync(database)).ShouldBe(0);
    }

    [Fact]
    public async Task ATimeLimit_EndsTheRun()
    {
        await using NpgsqlDataSource database = NpgsqlDataSource.Create(PrivateServer.CreateDatabase());
        PipelineException failure = await _reading.FailAsync(
            new DbQuery<Number>(database, "select 1::bigint as value from pg_sleep(30)") { Timeout = TimeSpan.FromSeconds(1) });
        failure.What.ShouldContain("the query 'select 1::bigint as value from pg_sleep(30)' cannot be run: ");
    }

    [Fact]
    public async Task AServerThatIsNotThere_IsNamed_WithoutThePassword()
    {
        await using NpgsqlDataSource database = NpgsqlDataSource.Create("Host=127.0.0.1;Port=1;Username=me;Password=s3cret;Database=shop;Timeout=3");
        PipelineException failure = await _reading.FailAsync(new DbQuery<Number>(database, "select 1 as value"));
        failure.What.ShouldContain("source Feed cannot connect to 'shop' at ");
        failure.Next.ShouldContain("run the partition again");
        failure.ToString().ShouldNotContain("s3cret");
    }

    private static async Task<long> RunningAsync(NpgsqlDataSource database)
    {
        await using NpgsqlCommand command = database.CreateCommand("select count(*) from pg_stat_activity where datname = current_database() and state = 'active' and pid <> pg_backend_pid()");
        return (long)(await command.ExecuteScalarAsync())!;
    }

    public sealed record Number(long Value);

    public sealed record Everything(
        int Small, long Large, decimal Exact, double Near, bool Yes, string Words, string? Maybe, DateOnly Day, TimeOnly Clock, DateTime Local, DateTimeOffset Moment, Guid Id, byte[] Bytes, int[] List, TimeSpan Span, long Number);
}
