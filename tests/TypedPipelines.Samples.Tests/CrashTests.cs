using System.Globalization;
using TypedPipelines.Samples.Tests.Harness;

namespace TypedPipelines.Samples.Tests;

/// <summary>Load semantics 33 and 34: a real process, really killed, before any statement of a run.</summary>
public sealed class CrashTests
{
    private const string Day = "2001-01-05";

    [Fact]
    public void S33_killed_before_any_statement_the_next_run_ends_as_an_undisturbed_one()
    {
        using Workplace prepared = Prepared();
        string old = prepared.Digest();
        using Workplace undisturbed = Workplace.CopyOf(prepared);
        ProgramResult whole = undisturbed.RunUntil(0, "run", "flights", "--partition", Day);
        whole.ExitCode.ShouldBe(0, whole.ToString());
        int statements = undisturbed.StatementsCounted();
        statements.ShouldBeGreaterThan(15);
        string expected = undisturbed.Digest();
        foreach (int point in Enumerable.Range(1, statements))
        {
            using Workplace place = Workplace.CopyOf(prepared);
            ProgramResult killed = place.RunUntil(point, "run", "flights", "--partition", Day);
            killed.ExitCode.ShouldBe(137, $"killed before statement {point}: {killed}");
            string left = place.Digest();
            (left == old || left == expected).ShouldBeTrue($"killed before statement {point}, readers see all of the old rows or all of the new");
            bool inLedger = place.Scalar<int>("select count(*) from tp_partition where pipeline = 'flights' and state = 'complete'") == 1;
            inLedger.ShouldBe(left == expected, $"34: killed before statement {point}, data and ledger agree");

            ProgramResult again = place.Run("run", "flights", "--partition", Day);

            again.ExitCode.ShouldBe(0, $"after a kill before statement {point}: {again}");
            place.Digest().ShouldBe(expected, $"after a kill before statement {point}");
            place.Scalar<int>("select count(*) from sqlite_master where name like 'stage%'").ShouldBe(0);
            place.Scalar<int>("select count(*) from tp_run where outcome = 'running'").ShouldBe(0, "the dead run is marked as abandoned");
        }
    }

    [Fact]
    public void S35_two_processes_load_every_partition_once_and_both_succeed()
    {
        string[] days = [.. Enumerable.Range(1, 12).Select(day => string.Create(CultureInfo.InvariantCulture, $"2001-01-{day:00}"))];
        using Workplace place = Workplace.Create(days);
        place.Run("run", "airports").ExitCode.ShouldBe(0);
        string[] command = ["backfill", "flights", "--from", days[0], "--to", days[^1]];

        RunningProgram one = place.Start(command);
        RunningProgram two = place.Start(command);
        ProgramResult first = one.Wait();
        ProgramResult second = two.Wait();

        first.ExitCode.ShouldBe(0, first.ToString());
        second.ExitCode.ShouldBe(0, second.ToString());
        place.Scalar<int>("select count(*) from tp_run where pipeline = 'flights' and outcome = 'succeeded'").ShouldBe(days.Length, "each partition once");
        place.Scalar<int>("select count(*) from tp_run where outcome not in ('succeeded', 'superfluous')").ShouldBe(0);
        place.Query<string>("select partition from tp_partition where pipeline = 'flights' and state = 'complete' order by 1").ShouldBe(days);
        place.Scalar<int>("select count(*) from flights").ShouldBe(days.Sum(day => File.ReadLines(place.LandingFile(day)).Count() - 1));
    }

    /// <summary>Each of the four has planned all 64 days: for each day one loads it, and the others wait for that or find it done.</summary>
    [Fact]
    public void S35_four_processes_at_once_load_each_of_64_partitions_once_and_leave_what_one_alone_does()
    {
        string[] days = [.. Enumerable.Range(0, 64).Select(day => new DateOnly(2001, 1, 1).AddDays(day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))];
        string[] command = ["backfill", "flights", "--from", days[0], "--to", days[^1]];
        using Workplace place = Workplace.Create(days);
        place.Run("run", "airports").ExitCode.ShouldBe(0);
        using Workplace alone = Workplace.CopyOf(place);
        alone.Run(command).ExitCode.ShouldBe(0);

        RunningProgram[] programs = [.. Enumerable.Range(0, 4).Select(_ => place.Start(command))];
        foreach (ProgramResult result in programs.Select(program => program.Wait()).ToList())
        {
            result.ExitCode.ShouldBe(0, result.ToString());
        }

        place.DigestOf("flights").ShouldBe(alone.DigestOf("flights"));
        place.Scalar<int>("select count(*) from tp_run where pipeline = 'flights' and outcome = 'succeeded'").ShouldBe(days.Length, "each partition once");
        place.Scalar<int>("select count(*) from tp_run where outcome not in ('succeeded', 'superfluous')").ShouldBe(0);
        place.Query<string>("select partition from tp_partition where pipeline = 'flights' and state = 'complete' order by 1").ShouldBe(days);
        place.Scalar<int>("select count(*) from tp_run where outcome = 'superfluous'").ShouldBeGreaterThan(0, "they are to have been at it at once");
    }

    [Fact]
    public void S39_an_interrupt_keeps_what_is_loaded_rolls_back_the_rest_and_exits_with_130()
    {
        using Workplace place = Workplace.Create();
        place.Run("run", "airports").ExitCode.ShouldBe(0);
        RunningProgram program = place.Start("backfill", "flights");
        program.WaitForOutput("flights 2001-01-03  ");

        // Nobody can write while another does: so the program is in the middle of its work until it has heard the signal.
        using (var other = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={place.Database};Pooling=False"))
        {
            other.Open();
            using Microsoft.Data.Sqlite.SqliteTransaction writing = other.BeginTransaction(deferred: false);
            using var kill = System.Diagnostics.Process.Start("kill", ["-INT", program.Id.ToString(CultureInfo.InvariantCulture)]);
            kill.WaitForExit();
            program.WaitForOutput("Stopping");
        }

        ProgramResult result = program.Wait();
        result.ExitCode.ShouldBe(130, result.ToString());
        int complete = place.Scalar<int>("select count(*) from tp_partition where pipeline = 'flights' and state = 'complete'");
        complete.ShouldBeInRange(3, 89);
        place.Scalar<int>("select count(distinct flight_date) from flights").ShouldBe(complete);
        place.Scalar<int>("select count(*) from tp_run where outcome = 'running'").ShouldBe(0);

        place.Run("backfill", "flights").ExitCode.ShouldBe(0);
        place.Scalar<int>("select count(*) from flights").ShouldBe(20_000);
    }

    /// <summary>A day of which old rows, now different in the file, are loaded: so that a half-made replacement would show.</summary>
    private static Workplace Prepared()
    {
        Workplace place = Workplace.Create(Day);
        string good = File.ReadAllText(place.LandingFile(Day));
        place.Run("run", "airports").ExitCode.ShouldBe(0);
        File.WriteAllText(place.LandingFile(Day), string.Join('\n', good.Split('\n')[..100]) + "\n");
        place.Run("run", "flights", "--partition", Day).ExitCode.ShouldBe(0);
        place.Run("run", "delays", "--partition", Day).ExitCode.ShouldBe(0);
        // The partition is to be run again in full: its entry is taken back, so that 34 can be told from the first load.
        using (var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={place.Database};Pooling=False"))
        {
            connection.Open();
            using Microsoft.Data.Sqlite.SqliteCommand forget = connection.CreateCommand();
            forget.CommandText = "delete from tp_partition where pipeline = 'flights'";
            forget.ExecuteNonQuery();
        }

        File.WriteAllText(place.LandingFile(Day), good);
        return place;
    }
}
