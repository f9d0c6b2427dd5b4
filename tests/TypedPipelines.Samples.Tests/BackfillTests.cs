using TypedPipelines.Samples.Tests.Harness;

namespace TypedPipelines.Samples.Tests;

/// <summary>The README's first command, on all of the data: load, load again, load by force.</summary>
public sealed class BackfillTests
{
    [Fact]
    public void Backfill_loads_everything_once_then_finds_it_up_to_date_and_by_force_makes_it_the_same_again()
    {
        using Workplace place = Workplace.Create();

        ProgramResult first = place.Run("backfill");
        first.ExitCode.ShouldBe(0, first.ToString());
        first.Output.ShouldContain("flights 2001-01-01  222 read, 222 loaded, 0 dropped, 0 rejected");
        first.Output.ShouldContain("pipeline   read  loaded  dropped  rejected  seconds  rows/s  partitions");
        first.Output.ShouldMatch(@"flights   20000   20000        0         0 +[0-9.]+ +[0-9]+  90 loaded");
        place.Scalar<int>("select count(*) from flights").ShouldBe(20_000);
        place.Scalar<int>("select count(distinct flight_date) from flights").ShouldBe(90);
        place.Scalar<int>("select count(*) from airports").ShouldBe(3_376);
        place.Scalar<int>("select sum(flights) from daily_delays").ShouldBe(20_000);
        place.Scalar<int>("select count(*) from flights where origin_city is null").ShouldBe(
            place.Scalar<int>("select count(*) from flights f join airports a on a.iata = f.origin where a.city is null"));
        string digest = place.Digest();
        byte[] file = File.ReadAllBytes(place.Database);

        ProgramResult second = place.Run("backfill");
        second.ExitCode.ShouldBe(0, second.ToString());
        second.Output.ShouldContain("Every partition is up to date.");
        place.Digest().ShouldBe(digest);
        File.ReadAllBytes(place.Database).ShouldBe(file, "asking changes nothing, not even in the ledger");

        ProgramResult third = place.Run("backfill", "--force");
        third.ExitCode.ShouldBe(0, third.ToString());
        place.Digest().ShouldBe(digest);
        place.Scalar<int>("select count(*) from tp_run where outcome = 'succeeded'").ShouldBe(2 * 181);
    }

    [Fact]
    public void A_dry_run_says_what_is_missing_and_creates_nothing()
    {
        using Workplace place = Workplace.Create("2001-01-01");
        ProgramResult result = place.Run("backfill", "flights", "--from", "2001-01-01", "--to", "2001-01-02", "--dry-run");
        result.ExitCode.ShouldBe(0, result.ToString());
        result.Output.ShouldContain("flights 2001-01-01  missing");
        result.Output.ShouldContain("flights 2001-01-02  missing");
        File.Exists(place.Database).ShouldBeFalse();
    }

    [Fact]
    public void Flights_wait_for_airports()
    {
        using Workplace place = Workplace.Create("2001-01-01");
        ProgramResult blocked = place.Run("run", "flights", "--partition", "2001-01-01");
        blocked.ExitCode.ShouldBe(1, blocked.ToString());
        blocked.Errors.ShouldContain("it reads the table airports");
        blocked.Errors.ShouldContain("run airports");

        place.Run("run", "airports").ExitCode.ShouldBe(0);
        place.Run("run", "flights", "--partition", "2001-01-01").ExitCode.ShouldBe(0);
        place.Scalar<int>("select count(*) from flights").ShouldBe(222);
    }

    [Fact]
    public void Culture_and_time_zone_of_the_machine_change_nothing()
    {
        using Workplace here = Workplace.Create("2001-01-01", "2001-01-02");
        using Workplace there = Workplace.Create("2001-01-01", "2001-01-02");
        string[] command = ["backfill", "airports", "flights", "delays", "--from", "2001-01-01", "--to", "2001-01-02"];
        here.Run("run", "airports").ExitCode.ShouldBe(0);
        new RunningProgram(Workplace.ProgramFile("Flights"), there.Folder, ["run", "airports"], ("LANG", "ar_SA.UTF-8"), ("TZ", "Pacific/Kiritimati")).Wait().ExitCode.ShouldBe(0);
        foreach (string pipeline in new[] { "flights", "delays" })
        {
            string[] backfill = ["backfill", pipeline, "--from", "2001-01-01", "--to", "2001-01-02"];
            here.Run(backfill).ExitCode.ShouldBe(0);
            ProgramResult far = new RunningProgram(Workplace.ProgramFile("Flights"), there.Folder, backfill, ("LANG", "ar_SA.UTF-8"), ("TZ", "Pacific/Kiritimati")).Wait();
            far.ExitCode.ShouldBe(0, far.ToString());
        }

        there.Digest().ShouldBe(here.Digest());
    }
}
