using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using TypedPipelines.Ledger;
using TypedPipelines.Schedules;

namespace TypedPipelines.Cli.Tests;

/// <summary><c>serve</c>, with a clock and a scheduler in the test's hand.</summary>
public sealed class ServeTests
{
    private readonly HandScheduler _scheduler = new();
    private readonly Program _program;

    public ServeTests() => _program = new()
    {
        Flights = new("flights", PartitionScheme.Daily("2001-01-30"), new FlightContract("flights")) { Schedule = new("0 6 * * *", "Europe/Berlin") },
        Configure = app => app.Services.AddSingleton<IPipelineScheduler>(_scheduler),
    };

    private static DateTimeOffset At(string time) => DateTimeOffset.Parse(time, CultureInfo.InvariantCulture);

    [Fact]
    public async Task At_its_start_it_loads_what_was_due_at_the_last_time_and_leaves_what_has_ended_since_for_the_next()
    {
        // The window of the 31st has ended since: it is due at the next time, when its source has delivered.
        _scheduler.Last = At("2001-01-31T05:00:00Z");
        Task<Program.Ran> serving = _program.RunAsync("serve");
        await LoadedAsync("2001-01-30");
        (await KeysAsync()).ShouldBe(["2001-01-30"]);
        _scheduler.ComesDue("flights");
        await LoadedAsync("2001-01-31");
        _program.Interruption!.Signal();

        Program.Ran ran = await serving;

        ran.Code.ShouldBe(ExitCode.Done, ran.Error);
        ran.Output.ShouldStartWith(
            """
            2001-02-01T03:00:00Z flights: 0 6 * * * Europe/Berlin, next at 2001-02-01T04:00:00Z
            2001-02-01T03:00:00Z flights: catching up with what was due at 2001-01-31T05:00:00Z
            Loading into
            """);
        ran.Output.ShouldContain("\n2001-02-01T03:00:00Z flights: due\n");
        ran.Output.ShouldEndWith("2001-02-01T03:00:00Z stopped\n");
    }

    [Fact]
    public async Task A_signal_rolls_back_what_is_being_worked_on_and_is_its_regular_end()
    {
        _scheduler.Last = Program.Now;
        _program.Flights.Rows = day =>
        {
            _program.Interruption!.Signal();
            _program.Interruption.Token.WaitHandle.WaitOne();
            return [new(day.Window.StartDate, "ORD")];
        };
        Program.Ran ran = await _program.RunAsync("serve");
        ran.Code.ShouldBe(ExitCode.Done, ran.Error);
        ran.Error.ShouldContain("flights 2001-01-30 CANCELLED: the run was cancelled.");
        (await _program.Destination.Ledger.GetPartitionsAsync("flights", default)).ShouldNotContain(entry => entry.State == PartitionState.Complete);
        _program.Kills.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_failure_is_told_and_the_next_time_tries_again()
    {
        Func<Partition, IEnumerable<FlightRow>> good = _program.Flights.Rows;
        using var failed = new ManualResetEventSlim();
        _program.Flights.Rows = _ =>
        {
            failed.Set();
            throw new PipelineException(FailureKind.Source, "the file is not there", "Deliver it.");
        };
        Task<Program.Ran> serving = _program.RunAsync("serve");
        _scheduler.ComesDue("flights");
        failed.Wait(TimeSpan.FromSeconds(30)).ShouldBeTrue();
        _program.Flights.Rows = good;
        _scheduler.ComesDue("flights");
        await LoadedAsync("2001-01-30");
        await LoadedAsync("2001-01-31");
        _program.Interruption!.Signal();
        Program.Ran ran = await serving;
        ran.Code.ShouldBe(ExitCode.Done);
        ran.Error.ShouldContain("flights 2001-01-30 FAILED (Source): source Landing failed after 0 rows: the file is not there.");
    }

    [Fact]
    public async Task A_pipeline_that_comes_due_again_while_it_runs_is_run_once_more_and_never_beside_itself()
    {
        Func<Partition, IEnumerable<FlightRow>> good = _program.Flights.Rows;
        int atWork = 0;
        int most = 0;
        _program.Flights.Rows = day =>
        {
            most = Math.Max(most, Interlocked.Increment(ref atWork));
            _scheduler.ComesDue("flights");
            _scheduler.ComesDue("flights");
            Interlocked.Decrement(ref atWork);
            return good(day);
        };
        Task<Program.Ran> serving = _program.RunAsync("serve", "--parallel", "1");
        _scheduler.ComesDue("flights");
        await LoadedAsync("2001-01-31");
        await _program.SaidAsync("flights: Every partition is up to date.");
        _program.Interruption!.Signal();
        Program.Ran ran = await serving;
        most.ShouldBe(1);
        ran.Output.Split("flights: due").Length.ShouldBe(3); // The first, and one for all that came meanwhile.
        ran.Output.ShouldContain("flights: Every partition is up to date.");
    }

    [Fact]
    public async Task Unusually_much_is_not_loaded_unless_it_was_agreed_to_whoever_sits_at_the_terminal()
    {
        var program = new Program
        {
            Flights = new("flights", PartitionScheme.Daily("1990-01-01"), new FlightContract("flights")) { Schedule = new("0 6 * * *") },
            Configure = app => app.Services.AddSingleton<IPipelineScheduler>(_scheduler),
            Answer = () => throw new InvalidOperationException("nobody is to be asked"),
        };
        _scheduler.Last = Program.Now;
        Task<Program.Ran> serving = program.RunAsync("serve");
        await program.SaidAsync("Nothing was changed.");
        program.Interruption!.Signal();
        Program.Ran ran = await serving;
        ran.Error.ShouldContain("partitions are to be loaded, more than 1000. Nothing was changed.");
        (await program.Destination.Ledger.GetPartitionsAsync("flights", default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_scheduler_that_fails_ends_the_process_with_an_error()
    {
        _scheduler.Fails = new InvalidOperationException("no threads");
        Program.Ran ran = await _program.RunAsync("serve");
        ran.Code.ShouldBe(ExitCode.Failed);
        ran.Error.ShouldContain("no threads");
    }

    [Fact]
    public async Task Without_a_schedule_or_a_scheduler_it_says_what_to_do()
    {
        _program.Flights.Schedule = null;
        Program.Ran none = await _program.RunAsync("serve");
        none.Code.ShouldBe(ExitCode.Usage);
        none.Error.ShouldContain("no pipeline has a schedule. Declare it on the class: [Schedule(\"0 6 * * *\")] is six o'clock every day.");
        (await _program.RunAsync("serve", "flights")).Error.ShouldContain("flights has no schedule.");
        _program.Configure = _ => { };
        Program.Ran bare = await _program.RunAsync("serve");
        bare.Code.ShouldBe(ExitCode.Usage);
        bare.Error.ShouldContain("this program has nothing that keeps schedules. Reference TypedPipelines.Scheduling, and call app.UseSchedules() in Program.cs.");
    }

    [Theory]
    [InlineData("80a")]
    [InlineData("0")]
    [InlineData("host:70000")]
    [InlineData(":8080")]
    [InlineData("http://host:8080/")]
    public async Task An_address_for_probes_that_is_none(string address)
    {
        Program.Ran ran = await _program.RunAsync("serve", "--health", address);
        ran.Code.ShouldBe(ExitCode.Usage);
        ran.Error.ShouldContain($"--health takes a port or host:port, such as 8080 or *:8080, not '{address}'");
    }

    [Fact]
    public async Task List_and_status_tell_the_schedule()
    {
        (await _program.RunAsync("list")).Output.ShouldContain("  schedule    0 6 * * * Europe/Berlin\n");
        (await _program.RunAsync("list", "--json")).Json.GetProperty("pipelines")[0].GetProperty("schedule").GetProperty("cron").GetString().ShouldBe("0 6 * * *");
        (await _program.RunAsync("status")).Output.ShouldContain("never     0 6 * * * Europe/Berlin\n");
        (await _program.RunAsync("status", "--json")).Json.GetProperty("pipelines")[0].GetProperty("schedule").GetString().ShouldBe("0 6 * * * Europe/Berlin");
    }

    private async Task<IEnumerable<string>> KeysAsync() =>
        (await _program.Destination.Ledger.GetPartitionsAsync("flights", default)).Where(entry => entry.State == PartitionState.Complete).Select(entry => entry.Partition).Order(StringComparer.Ordinal);

    private async Task LoadedAsync(string key)
    {
        for (int i = 0; i < 600; i++)
        {
            if ((await KeysAsync()).Contains(key))
            {
                return;
            }

            await Task.Delay(50);
        }

        throw new TimeoutException($"{key} was never loaded");
    }
}
