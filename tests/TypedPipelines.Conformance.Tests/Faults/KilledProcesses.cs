using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Dapper;
using Microsoft.Data.SqlClient;
using TypedPipelines.CrashTarget;
using TypedPipelines.Destinations;
using TypedPipelines.Ledger;
using TypedPipelines.SqlServer;

namespace TypedPipelines.Conformance.Tests.Faults;

/// <summary>Statements 33 and 34 for a process that is killed in the middle of whatever it is doing: of a statement, of a copy, of a commit.</summary>
public sealed class KilledProcesses
{
    private const int Kills = 40;
    private const int Fewest = 12;

    /// <summary>One of so many kills is aimed at the publish, and at SQL Server another one at a bulk copy: on a busy machine random ones may miss what is short.</summary>
    private const int AimedOf = 5;

    private const string Day = "2024-03-01";

    /// <summary>On a slow machine there are fewer kills.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(32);

    private static readonly Column[] Columns =
        [Col.Key("id"), Col.Value("day", ColumnType.Date, nullable: false), Col.Value("text", ColumnType.String, nullable: false)];

    /// <summary>The two pipelines of the process: one that replaces its day and one that merges.</summary>
    private static readonly (string Pipeline, TestContract Table)[] Loads =
    [
        ("large-days", new TestContract("large_days", LoadStrategy.ReplacePartition, Columns, partition: "day")),
        ("large-things", new TestContract("large_things", LoadStrategy.Merge, Columns)),
    ];

    [Theory, OnEveryDestination]
    public async Task S33_S34_killed_at_any_instant_all_or_nothing_is_changed_and_the_next_run_ends_as_an_undisturbed_one(Destination destination)
    {
        await using TestDatabase database = destination.NewDatabase();
        var expected = new string[Loads.Length];
        var taken = new TimeSpan[Loads.Length];
        var merged = new SortedDictionary<long, string>();
        for (int load = 0; load < Loads.Length; load++)
        {
            // The first run makes the tables, the second is as long as those that are killed.
            await RunAsync(database, Loads[load], 0);
            using LoadingProcess undisturbed = Start(database, destination, load, 1);
            undisturbed.WaitForBegin();
            long begun = Stopwatch.GetTimestamp();
            undisturbed.WaitForEnd();
            taken[load] = Stopwatch.GetElapsedTime(begun);
            Merge(merged, 0);
            expected[load] = Expect(load, merged, 1);
            Content(database, load).ShouldBe(expected[load]);
        }

        int[] instants = [.. Enumerable.Range(0, Kills)];
        var random = new Random(1);
        random.Shuffle(instants);
        var ends = new List<(bool Staging, bool Publishing, string Last)>();
        int inCopy = 0;
        long started = Stopwatch.GetTimestamp();
        for (int kill = 0; kill < Kills && (kill < Fewest || Stopwatch.GetElapsedTime(started) < Longest); kill++)
        {
            int load = kill % Loads.Length;
            int version = kill + 2;
            string old = expected[load];
            expected[load] = Expect(load, merged, version);
            Guid before = await LoadedByAsync(database, load);
            using LoadingProcess process = Start(database, destination, load, version);
            process.WaitForBegin();
            await WaitForInstantAsync(process, destination, kill, taken[load] * ((instants[kill] + random.NextDouble()) / Kills));
            process.Kill();
            inCopy += process.IsCopying ? 1 : 0;
            WaitForTheDead(database, Loads[load].Pipeline);
            string where = $"{Loads[load].Pipeline}, killed after: {process.Last}";
            bool published = await LoadedByAsync(database, load) != before;
            Content(database, load).ShouldBe(published ? expected[load] : old, where);
            ends.Add((process.Doing.Staging, process.Doing.Publishing, process.Last));

            await RunAsync(database, Loads[load], version);

            Content(database, load).ShouldBe(expected[load], where);
            database.StagingObjects().ShouldBeEmpty(where);
            database.Count($"{database.LedgerTable("run")} where outcome = 'running'").ShouldBe(0, where);
        }

        TestContext.Current.TestOutputHelper!.WriteLine($"{ends.Count} kills at {destination} in {Stopwatch.GetElapsedTime(started).TotalSeconds:0} s, after:\n{string.Join('\n', ends.Order())}");
        ends.ShouldContain(end => end.Staging, "some kills are to come while rows are staged");
        ends.ShouldContain(end => end.Publishing, "and some while they are published");
        if (destination == Destination.SqlServer)
        {
            inCopy.ShouldBeGreaterThan(0, "and some in the middle of a bulk copy");
        }
    }

    /// <summary>At random over the whole of the load, or a moment after what it is aimed at has begun.</summary>
    private static Task WaitForInstantAsync(LoadingProcess process, Destination destination, int kill, TimeSpan instant)
    {
        switch (kill % AimedOf)
        {
            case 2:
                process.WaitForPublish();
                break;
            case 4 when destination == Destination.SqlServer:
                process.WaitForCopy();
                break;
            default:
                return Task.Delay(instant);
        }

        return Task.Delay(kill / AimedOf);
    }

    /// <summary>What a load of a version leaves: of merges, what was there stays.</summary>
    private static string Expect(int load, SortedDictionary<long, string> merged, int version)
    {
        if (load == 0)
        {
            return Digest(LargeRows.Of(version).Select(row => (row.Id, row.Text)));
        }

        Merge(merged, version);
        return Digest(merged.Select(row => (row.Key, row.Value)));
    }

    private static void Merge(SortedDictionary<long, string> merged, int version)
    {
        foreach ((long id, string text) in LargeRows.Of(version))
        {
            merged[id] = text;
        }
    }

    private static LoadingProcess Start(TestDatabase database, Destination destination, int load, int version) => new(
        destination,
        database.ConnectionString,
        Loads[load].Pipeline,
        Day,
        version);

    /// <summary>The same load by this process.</summary>
    private static async Task RunAsync(TestDatabase database, (string Pipeline, TestContract Table) load, int version)
    {
        Partition day = TestDatabase.Day(Day);
        object?[][] rows = [.. LargeRows.Of(version).Select(row => new object?[] { row.Id, new DateOnly(2024, 3, 1), row.Text })];
        await database.PrepareAsync(load.Table);
        await using IPartitionSession session = await database.Destination.BeginAsync(
            new RunIdentity(Guid.NewGuid(), load.Pipeline, day, TestDatabase.Now()), TimeSpan.FromSeconds(30), CancellationToken.None);
        await TestDatabase.StageAsync(session, load.Table, day, 1000, [], rows);
        await session.PublishAsync(TestDatabase.Succeeded(rows.Length), CancellationToken.None);
    }

    private static async Task<Guid> LoadedByAsync(TestDatabase database, int load)
    {
        PartitionEntry? entry = await database.Destination.Ledger.FindPartitionAsync(Loads[load].Pipeline, Day, CancellationToken.None);
        return entry!.LoadedRunId!.Value;
    }

    private static string Content(TestDatabase database, int load) =>
        Digest(database.Rows(Loads[load].Table).Select(row => ((long)row[0]!, (string)row[2]!)));

    /// <summary>Rows in the order of their ids, in one short text.</summary>
    private static string Digest(IEnumerable<(long Id, string Text)> rows)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        int count = 0;
        foreach ((long id, string text) in rows)
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{id} {text}\n"));
            count++;
        }

        return $"{count} rows, {Convert.ToHexString(hash.GetHashAndReset())}";
    }

    /// <summary>The server ends what a killed process had it do: until then, it may yet commit. Of SQLite the process is all there is.</summary>
    private static void WaitForTheDead(TestDatabase database, string pipeline)
    {
        if (database is PostgreSqlTestDatabase)
        {
            SpinWait.SpinUntil(
                () => database.Query<long>("select count(*) from pg_stat_activity where datname = current_database() and application_name = 'TypedPipelines' and state <> 'idle'") == 0
                    && database.Query<long>("select count(*) from pg_locks where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())") == 0,
                TimeSpan.FromMinutes(1)).ShouldBeTrue("a killed process must not hold the server for a minute");
        }
        else if (database is SqlServerTestDatabase)
        {
            // It had the partition by a lock of its session, and who is granted it knows that there is none any more: to see that needs no right.
            using var next = (SqlConnection)database.Open();
            string name = LockName.OfPartition(pipeline, Day);
            next.QuerySingle<int>(AppLock.TakeForSession, new { name, timeout = 60_000 }, commandTimeout: 120)
                .ShouldBeGreaterThanOrEqualTo(0, "a killed process must not hold the server for a minute");
            next.Execute(AppLock.Release, new { name });
        }
    }
}
