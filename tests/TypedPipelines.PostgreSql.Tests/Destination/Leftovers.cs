using System.Diagnostics;
using TypedPipelines.Destinations;

namespace TypedPipelines.PostgreSql.Tests;

/// <summary>What a session must not leave running or held at the server.</summary>
public sealed class Leftovers : IAsyncDisposable
{
    private readonly Database _database = new();
    private readonly TestContract _table = new("t", LoadStrategy.ReplaceTable, [Col.Key("id"), Col.Value("generation")]);

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task A_source_closed_before_its_end_does_not_read_the_rest()
    {
        await _database.PrepareAsync(_table);
        _database.Execute("insert into t select n, 0 from generate_series(1, 3000000) as n");
        await using IPartitionSession session = await _database.BeginAsync();
        IRowSource<object?[]> source = await session.ReadAsync(_table, null, CancellationToken.None);
        (await source.ReadAsync(new RowBatch<object?[]>(), CancellationToken.None)).ShouldBeTrue();
        long started = Stopwatch.GetTimestamp();
        await source.DisposeAsync();
        Stopwatch.GetElapsedTime(started).ShouldBeLessThan(TimeSpan.FromMilliseconds(400));
    }

    [Fact]
    public async Task S35_no_advisory_lock_outlives_its_run()
    {
        await Task.WhenAll(Enumerable.Range(1, 4).Select(n => Task.Run(() => _database.LoadAsync(_table, Database.Day($"2024-01-0{n}"), [1L, (long)n]))));
        _database.Query<long>("select count(*) from pg_locks where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())").ShouldBe(0);
    }
}
