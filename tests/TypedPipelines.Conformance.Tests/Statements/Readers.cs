using System.Data.Common;
using Dapper;
using TypedPipelines.Destinations;

namespace TypedPipelines.Conformance.Tests;

/// <summary>Statement 32: what others see while a run publishes.</summary>
public sealed class Readers
{
    private static readonly Partition Day = TestDatabase.Day("2024-03-01");
    private static readonly TestContract Other = Table("other", LoadStrategy.Merge);

    private static TestContract Table(string name, LoadStrategy strategy) => new(
        name,
        strategy,
        [Col.Key("id"), Col.Value("day", ColumnType.Date, nullable: false), Col.Value("generation")],
        partition: strategy == LoadStrategy.ReplacePartition ? "day" : null);

    private static object?[][] Generation(long generation, int rows = 300) =>
        [.. Enumerable.Range(0, rows).Select(id => new object?[] { (long)id, new DateOnly(2024, 3, 1), generation })];

    /// <summary>
    /// Two tables, the first by the strategy: in one statement a reader must see one generation of both. Where it sees rows as they are, the first
    /// alone: it would come to the second after the commit, and the two wait for each other.
    /// </summary>
    [Theory]
    [OnEveryDestination(LoadStrategy.ReplaceTable)]
    [OnEveryDestination(LoadStrategy.ReplacePartition)]
    [OnEveryDestination(LoadStrategy.Merge)]
    public async Task S32_readers_see_all_old_or_all_new_rows(Destination destination, LoadStrategy strategy)
    {
        await using TestDatabase database = destination.NewDatabase();
        TestContract table = Table("t", strategy);
        await PublishAsync(0);
        string rowsRead = database.ReadersSeeVersions ? "(select generation from t union all select generation from other) as both_tables" : "t";
        int expected = database.ReadersSeeVersions ? 600 : 300;
        using var stop = new CancellationTokenSource();
        int generations = 0;
        Task reading = Task.Factory.StartNew(
            () =>
            {
                using DbConnection connection = database.Open();
                var seen = new HashSet<long>();
                while (!stop.IsCancellationRequested)
                {
                    (long rows, long oldest, long newest) = connection.QuerySingle<(long, long, long)>(
                        $"select count(*), min(generation), max(generation) from {rowsRead}");
                    (rows, oldest).ShouldBe((expected, newest));
                    seen.Add(newest);
                    Volatile.Write(ref generations, seen.Count);
                }
            },
            TaskCreationOptions.LongRunning);

        // As many publishes as it takes to have the reader see several of them, on however slow a machine.
        for (int generation = 1; generation <= 15 || (Volatile.Read(ref generations) < 5 && generation < 1000 && !reading.IsCompleted); generation++)
        {
            await PublishAsync(generation);
        }

        await stop.CancelAsync();
        await reading;
        generations.ShouldBeGreaterThanOrEqualTo(5);

        async Task PublishAsync(long generation)
        {
            await database.PrepareAsync(table, Other);
            await using IPartitionSession session = await database.BeginAsync(Day);
            await TestDatabase.StageAsync(session, table, Day, Generation(generation));
            await TestDatabase.StageAsync(session, Other, Day, Generation(generation));
            await session.PublishAsync(TestDatabase.Succeeded(600), CancellationToken.None);
        }
    }

    [Theory]
    [OnEveryDestination(LoadStrategy.ReplaceTable)]
    [OnEveryDestination(LoadStrategy.ReplacePartition)]
    [OnEveryDestination(LoadStrategy.Merge)]
    [OnEveryDestination(LoadStrategy.Append)]
    public async Task S32_a_reader_sees_the_old_rows_until_a_publish_commits_and_waits_only_where_there_are_no_versions(Destination destination, LoadStrategy strategy)
    {
        using var gate = new CommitGate();
        await using TestDatabase database = destination.NewDatabase(gate);
        TestContract table = Table("t", strategy);
        await database.LoadAsync(table, Day, [1L, new DateOnly(2024, 3, 1), 0L]);
        await using IPartitionSession session = await database.BeginAsync(Day);
        await TestDatabase.StageAsync(session, table, Day, [2L, new DateOnly(2024, 3, 1), 1L], [3L, new DateOnly(2024, 3, 1), 1L]);
        await session.PublishGatedAsync(gate, whileBeforeTheGate: () =>
        {
            if (!database.ReadersSeeVersions)
            {
                Should.Throw<DbException>(() => database.ExecuteAtOnce("select * from t"));
                return;
            }

            database.ExecuteAtOnce("select * from t");
            database.Lines(table).ShouldBe(["1 | 2024-03-01 | 0"]);
        });
        List<string> added = ["2 | 2024-03-01 | 1", "3 | 2024-03-01 | 1"];
        database.Lines(table).ShouldBe(strategy is LoadStrategy.Merge or LoadStrategy.Append ? ["1 | 2024-03-01 | 0", .. added] : added);
    }

    [Theory, OnEveryDestination]
    public async Task S32_a_reader_that_began_before_a_publish_keeps_its_rows(Destination destination)
    {
        await using TestDatabase database = destination.NewDatabase();
        TestContract table = Table("t", LoadStrategy.ReplaceTable);
        await database.LoadAsync(table, null, Generation(0, rows: 10_000));
        await using IPartitionSession session = await database.BeginAsync(TestDatabase.Day("2024-01-01"));
        await using IRowSource<object?[]> source = await session.ReadAsync(table, null, CancellationToken.None);
        var batch = new RowBatch<object?[]>();
        (await source.ReadAsync(batch, CancellationToken.None)).ShouldBeTrue();
        Task<LoadedTable> load = database.LoadAsync(table, null, Generation(1, rows: 1));
        if (database.ReadersSeeVersions)
        {
            await load; // Else it waits for the reader.
        }

        int read = batch.Count;
        while (await source.ReadAsync(batch, CancellationToken.None))
        {
            read += batch.Count;
        }

        (read + batch.Count).ShouldBe(10_000);
        batch.Rows[^1][2].ShouldBe(0L);
        await load;
        (await source.ReadAsync(batch, CancellationToken.None)).ShouldBeFalse();
        batch.Count.ShouldBe(0);
    }

    [Theory, OnEveryDestination]
    public async Task S32_two_tables_publish_together_or_not_at_all(Destination destination)
    {
        await using TestDatabase database = destination.NewDatabase();
        TestContract table = Table("t", LoadStrategy.ReplaceTable);
        await database.LoadAsync(table, null, Generation(0, rows: 1));
        await database.LoadAsync(Other, null, Generation(0, rows: 1));
        database.Refuse("update", "other", "no", ("generation", 2));
        foreach (long generation in new[] { 2L, 1L })
        {
            await using IPartitionSession session = await database.BeginAsync();
            await TestDatabase.StageAsync(session, table, null, Generation(generation, rows: 1));
            await TestDatabase.StageAsync(session, Other, null, Generation(generation, rows: 1));
            Task<IReadOnlyList<LoadedTable>> publish = session.PublishAsync(TestDatabase.Succeeded(2), CancellationToken.None);
            if (generation == 2)
            {
                (await Should.ThrowAsync<PipelineException>(publish)).Kind.ShouldBe(FailureKind.Row);
                await session.FailAsync(TestDatabase.Failed("refused"), CancellationToken.None);
            }
            else
            {
                (await publish).Select(loaded => loaded.Table).ShouldBe(["t", "other"]);
            }

            long seen = generation == 2 ? 0 : 1;
            database.Lines(table).ShouldBe([$"0 | 2024-03-01 | {seen}"]);
            database.Lines(Other).ShouldBe([$"0 | 2024-03-01 | {seen}"]);
        }
    }

    [Theory, OnEveryDestination]
    public async Task S32_rows_of_two_tables_that_come_by_turns_all_arrive(Destination destination)
    {
        await using TestDatabase database = destination.NewDatabase();
        TestContract table = Table("t", LoadStrategy.ReplaceTable);
        await database.PrepareAsync(table, Other);
        await using (IPartitionSession session = await database.BeginAsync())
        {
            IStaging<object?[]> first = await session.StageAsync(table, CancellationToken.None);
            IStaging<object?[]> second = await session.StageAsync(Other, CancellationToken.None);
            for (int batch = 0; batch < 60; batch++)
            {
                object?[][] rows = [.. Enumerable.Range(batch * 1024, 1024).Select(id => new object?[] { (long)id, new DateOnly(2024, 3, 1), (long)id })];
                await first.AddAsync(rows, CancellationToken.None);
                await second.AddAsync(rows, CancellationToken.None);
            }

            await session.PublishAsync(TestDatabase.Succeeded(), CancellationToken.None);
        }

        foreach (string each in new[] { "t", "other" })
        {
            database.Query<(long, long)>($"select count(*), sum(cast(generation as decimal(18,0))) from {each}").ShouldBe((61_440, 1_887_406_080));
        }
    }
}
