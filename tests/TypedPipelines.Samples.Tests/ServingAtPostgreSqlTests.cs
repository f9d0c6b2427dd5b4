using System.Diagnostics;
using Dapper;
using Npgsql;
using TypedPipelines.PostgreSql.Tests;
using TypedPipelines.Samples.Tests.Harness;

namespace TypedPipelines.Samples.Tests;

/// <summary>Processes that serve one PostgreSQL database: they catch up through its ledger, share the work, and leave no lock behind.</summary>
public sealed class ServingAtPostgreSqlTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("served-").FullName;
    private readonly string _database = PrivateServer.CreateDatabase();

    [Fact]
    public void Two_processes_catch_up_together_run_by_the_clock_and_end_at_a_signal_without_a_lock_left()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no SIGTERM.");
        Deliver("2026-01-01", 10, 11);
        Deliver("2026-01-02", 20, 21);
        RunningProgram[] both = [Serve(), Serve()];
        foreach (RunningProgram each in both)
        {
            each.WaitForOutput("catching up");
        }

        SpinWait.SpinUntil(() => Complete() == 2, TimeSpan.FromMinutes(2)).ShouldBeTrue();
        Prices().ShouldBe([10, 11, 20, 21]);
        Deliver("2026-01-03", 30, 31); // Nothing but the next minute starts it.
        SpinWait.SpinUntil(() => Complete() == 3, TimeSpan.FromMinutes(2)).ShouldBeTrue();
        foreach (RunningProgram each in both)
        {
            using Process kill = Process.Start("kill", ["-TERM", each.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
            kill.WaitForExit();
            ProgramResult ended = each.Wait(TimeSpan.FromSeconds(60));
            ended.ExitCode.ShouldBe(0, ended.ToString());
            ended.Output.ShouldEndWith(" stopped\n");
        }

        Prices().ShouldBe([10, 11, 20, 21, 30, 31]);
        Ask("select count(*) from typed_pipelines.run where outcome = 'running'").ShouldBe(0);
        Ask("select count(*) from typed_pipelines.lock where run_id is not null").ShouldBe(0);
        Ask("select count(*) from pg_locks where locktype = 'advisory'").ShouldBe(0);
    }

    public void Dispose()
    {
        PrivateServer.DropDatabase(_database);
        Directory.Delete(_folder, recursive: true);
    }

    private RunningProgram Serve() => new(
        Workplace.ProgramFile("TypedPipelines.OperatedTarget"),
        _folder,
        ["serve"],
        ("TYPEDPIPELINES__DESTINATION", "postgresql"),
        ("TYPEDPIPELINES__CONNECTION", _database));

    private void Deliver(string day, params int[] prices)
    {
        Directory.CreateDirectory(Path.Combine(_folder, "landing"));
        string file = Path.Combine(_folder, "landing", day + ".csv");
        File.WriteAllLines(file, ["day,number,price", .. prices.Select((price, i) => $"{day},{i + 1},{price}")]);
        File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddMinutes(-1));
    }

    private List<int> Prices()
    {
        using var connection = new NpgsqlConnection(_database);
        return connection.Query<int>("select price from tickets order by day, number").AsList();
    }

    private long Complete() =>
        Ask("select count(*) from pg_tables where schemaname = 'typed_pipelines' and tablename = 'partition'") == 0 ? 0 : Ask("select count(*) from typed_pipelines.partition where state = 'complete'");

    private long Ask(string sql)
    {
        using var connection = new NpgsqlConnection(_database);
        return connection.ExecuteScalar<long>(sql);
    }
}
