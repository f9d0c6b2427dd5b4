using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Dapper;
using Microsoft.Data.SqlClient;

namespace TypedPipelines.SqlServer.Tests;

/// <summary>The sample, run as a process against SQL Server: with SQLite's counts, killed for real, and many at once (statements 33 to 35).</summary>
public sealed class Flights : IAsyncDisposable
{
    private const string Day = "2001-01-05";

    private readonly SqlServerTestDatabase _database = SqlServerTestDatabase.Create();

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public void All_flights_are_loaded_with_the_counts_that_sqlite_has_and_again_with_none()
    {
        Run(0, "run", "airports").ShouldBe(0);
        Run(0, "backfill", "flights").ShouldBe(0);
        Run(0, "backfill", "delays").ShouldBe(0);
        Count("airports").ShouldBe(3376);
        Count("flights").ShouldBe(20_000);
        _database.Query<int>("select count(distinct flight_date) from flights").ShouldBe(90);
        _database.Query<int>("select sum(flights) from daily_delays").ShouldBe(20_000);
        string before = Content(_database, "airports");
        Run(0, "run", "airports").ShouldBe(0);
        Content(_database, "airports").ShouldBe(before);
        Count("typed_pipelines.run where outcome <> 'succeeded'").ShouldBe(0);
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
        _database.Execute("select top (100) * into old from flights");
        _database.Execute("update old set delay_minutes = 9999");
        string? old = null;
        foreach (int point in Enumerable.Range(1, statements))
        {
            _database.Execute("delete from flights; insert into flights select * from old; delete from typed_pipelines.[partition] where pipeline = 'flights'");
            old ??= Content();
            Run(point, "run", "flights", "--partition", Day).ShouldBe(137, $"killed before statement {point}");
            WaitForTheDead();
            string left = Content();
            (left == old || left == expected).ShouldBeTrue($"killed before statement {point}, readers see all of the old rows or all of the new");
            (Count("typed_pipelines.[partition] where pipeline = 'flights' and state = 'complete'") == 1)
                .ShouldBe(left == expected, $"34: killed before statement {point}, data and ledger agree");
            if (point % 4 == 0)
            {
                Run(0, "run", "flights", "--partition", Day).ShouldBe(0);
                Content().ShouldBe(expected, $"after a kill before statement {point}");
                Count("typed_pipelines.run where outcome = 'running'").ShouldBe(0, "the dead run is marked as abandoned");
            }
        }
    }

    /// <summary>Each of the four has planned all 64 days: for each day one loads it, and the others wait for that or find it done.</summary>
    [Fact]
    public async Task S35_four_processes_at_once_load_each_of_64_partitions_once_and_leave_what_one_alone_does()
    {
        string[] command = ["backfill", "flights", "--from", "2001-01-01", "--to", "2001-03-05"];
        await using SqlServerTestDatabase alone = SqlServerTestDatabase.Create();
        Start(alone, [], "run", "airports").ExitCode().ShouldBe(0);
        Start(alone, [], command).ExitCode().ShouldBe(0);
        Run(0, "run", "airports").ShouldBe(0);

        Process[] processes = [.. Enumerable.Range(0, 4).Select(_ => Start(_database, [], command))];
        processes.Select(process => process.ExitCode()).ShouldBe([0, 0, 0, 0]);

        Content().ShouldBe(Content(alone, "flights"));
        Count("typed_pipelines.run where pipeline = 'flights' and outcome = 'succeeded'").ShouldBe(64, "each partition once");
        Count("typed_pipelines.[partition] where pipeline = 'flights' and state = 'complete'").ShouldBe(64);
        Count("typed_pipelines.run where outcome not in ('succeeded', 'superfluous')").ShouldBe(0);
        Count("typed_pipelines.run where outcome = 'superfluous'").ShouldBeGreaterThan(0, "they are to have been at it at once");
    }

    private static string CountFile => Path.Combine(AppContext.BaseDirectory, "statements");

    private int Count(string from) => _database.Query<int>($"select count(*) from {from}");

    private string Content() => Content(_database, "flights");

    /// <summary>A table's rows in one short text, whatever their order.</summary>
    private static string Content(SqlServerTestDatabase database, string table)
    {
        using SqlConnection connection = database.Open();
        IEnumerable<string> rows = connection.Query($"select * from {table}")
            .Select(row => string.Join('|', ((IDictionary<string, object?>)row).Values.Select(value => Convert.ToString(value, CultureInfo.InvariantCulture))));
        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', rows.Order(StringComparer.Ordinal)))));
    }

    /// <summary>It had the partition by a lock of its session: who is granted it knows that the server has ended what the killed process had it do.</summary>
    private void WaitForTheDead()
    {
        using SqlConnection next = _database.Open();
        string name = LockName.OfPartition("flights", Day);
        next.QuerySingle<int>(AppLock.TakeForSession, new { name, timeout = 60_000 }, commandTimeout: 120)
            .ShouldBeGreaterThanOrEqualTo(0, "a killed process must not hold the server for a minute");
        next.Execute(AppLock.Release, new { name });
    }

    private int Run(int killAt, params string[] arguments) => Start(
        _database,
        [("CRASH_AT_STATEMENT", killAt.ToString(CultureInfo.InvariantCulture)), ("CRASH_COUNT_FILE", CountFile)],
        arguments).ExitCode();

    private static Process Start(SqlServerTestDatabase database, (string Name, string Value)[] environment, params string[] arguments) =>
        CrashTarget.Start("sqlserver", database.ConnectionString, environment, arguments);
}
