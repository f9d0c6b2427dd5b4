using System.Diagnostics;
using System.Globalization;
using Dapper;
using Npgsql;

namespace TypedPipelines.PostgreSql.Tests;

/// <summary>The sample, run as a process against PostgreSQL: with SQLite's counts, killed for real, and many at once (statements 33 to 35).</summary>
public sealed class Flights : IAsyncDisposable
{
    private const string Day = "2001-01-05";

    private readonly Database _database = new();

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public void All_flights_are_loaded_with_the_counts_that_sqlite_has_and_again_with_none()
    {
        Run(0, "run", "airports").ShouldBe(0);
        Run(0, "backfill", "flights").ShouldBe(0);
        Run(0, "backfill", "delays").ShouldBe(0);
        _database.Query<string>("select (select count(*) from airports) || ' ' || (select count(*) from flights) || ' ' || (select count(distinct flight_date) from flights)")
            .ShouldBe("3376 20000 90");
        _database.Query<long>("select sum(flights) from daily_delays").ShouldBe(20_000);
        string before = _database.Digest("airports");
        Run(0, "run", "airports").ShouldBe(0);
        _database.Digest("airports").ShouldBe(before);
        _database.Query<long>("select count(*) from typed_pipelines.run where outcome <> 'succeeded'").ShouldBe(0);
    }

    [Fact]
    public void S33_S34_killed_before_any_statement_the_next_run_ends_as_an_undisturbed_one()
    {
        Run(0, "run", "airports").ShouldBe(0);
        Run(0, "run", "flights", "--partition", Day).ShouldBe(0);
        Run(0, "run", "flights", "--partition", Day).ShouldBe(0); // Counted: the first run of all creates the table besides.
        int statements = int.Parse(File.ReadAllText(CountFile), CultureInfo.InvariantCulture);
        statements.ShouldBeGreaterThan(20);
        string expected = Content();

        // Old rows that differ from the file's, so that a half-made replacement would show.
        _database.Execute("create table old as select * from flights limit 100; update old set delay_minutes = 9999");
        string? old = null;
        foreach (int point in Enumerable.Range(1, statements))
        {
            _database.Execute("delete from flights; insert into flights select * from old; delete from typed_pipelines.partition where pipeline = 'flights'");
            old ??= Content();
            Run(point, "run", "flights", "--partition", Day).ShouldBe(137, $"killed before statement {point}");
            WaitForTheDead();
            string left = Content();
            (left == old || left == expected).ShouldBeTrue($"killed before statement {point}, readers see all of the old rows or all of the new");
            (_database.Query<long>("select count(*) from typed_pipelines.partition where pipeline = 'flights' and state = 'complete'") == 1)
                .ShouldBe(left == expected, $"34: killed before statement {point}, data and ledger agree");
            if (point % 4 == 0)
            {
                Run(0, "run", "flights", "--partition", Day).ShouldBe(0);
                Content().ShouldBe(expected, $"after a kill before statement {point}");
                _database.Query<long>("select count(*) from typed_pipelines.run where outcome = 'running'").ShouldBe(0, "the dead run is marked as abandoned");
                _database.Query<long>("select count(*) from pg_class where relpersistence = 't'").ShouldBe(0);
            }
        }
    }

    /// <summary>Each of the four has planned all 64 days: for each day one loads it, and the others wait for that or find it done.</summary>
    [Fact]
    public async Task S35_four_processes_at_once_load_each_of_64_partitions_once_and_leave_what_one_alone_does()
    {
        string[] command = ["backfill", "flights", "--from", "2001-01-01", "--to", "2001-03-05"];
        await using var alone = new Database();
        Start(alone, [], "run", "airports").ExitCode().ShouldBe(0);
        Start(alone, [], command).ExitCode().ShouldBe(0);
        Run(0, "run", "airports").ShouldBe(0);

        Process[] processes = [.. Enumerable.Range(0, 4).Select(_ => Start(_database, [], command))];
        processes.Select(process => process.ExitCode()).ShouldBe([0, 0, 0, 0]);

        Content(_database).ShouldBe(Content(alone));
        _database.Query<long>("select count(*) from typed_pipelines.run where pipeline = 'flights' and outcome = 'succeeded'").ShouldBe(64, "each partition once");
        _database.Query<long>("select count(distinct partition) from typed_pipelines.partition where pipeline = 'flights' and state = 'complete'").ShouldBe(64);
        _database.Query<long>("select count(*) from typed_pipelines.run where outcome not in ('succeeded', 'superfluous')").ShouldBe(0);
        _database.Query<long>("select count(*) from typed_pipelines.run where outcome = 'superfluous'").ShouldBeGreaterThan(0, "they are to have been at it at once");
    }

    private static string CountFile => Path.Combine(AppContext.BaseDirectory, "statements");

    private string Content() => Content(_database);

    private static string Content(Database database) => database.Query<string>("select md5(string_agg(f::text, ',' order by f::text)) from flights as f");

    /// <summary>The server notices within a moment that a killed process has closed its sockets, and ends what it was doing.</summary>
    private void WaitForTheDead()
    {
        bool Gone() => _database.Query<long>(
            "select count(*) from pg_stat_activity where datname = current_database() and application_name = 'TypedPipelines'") == 0;
        SpinWait.SpinUntil(Gone, TimeSpan.FromMinutes(1)).ShouldBeTrue("a killed process must not hold the server for a minute");
    }

    private int Run(int killAt, params string[] arguments) => Start(
        _database,
        [("CRASH_AT_STATEMENT", killAt.ToString(CultureInfo.InvariantCulture)), ("CRASH_COUNT_FILE", CountFile)],
        arguments).ExitCode();

    private static Process Start(Database database, (string Name, string Value)[] environment, params string[] arguments) =>
        CrashTarget.Start("postgresql", database.ConnectionString, environment, arguments);
}
