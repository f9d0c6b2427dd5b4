using Microsoft.Extensions.Logging;
using TypedPipelines.Destinations;
using TypedPipelines.Ledger;
using TypedPipelines.Running;

namespace TypedPipelines.Conformance.Tests;

/// <summary>Statements 45 and 52 where a run and one that depends on it are under way at the same time: whichever comes first, what was made from old rows is stale.</summary>
public sealed class RunsBesideEachOther
{
    private static readonly TestContract Visits = new(
        "visits", LoadStrategy.ReplacePartition, [Col.Value("day", ColumnType.Date, nullable: false), Col.Value("n")], partition: "day");

    private static readonly TestContract Monthly = new(
        "monthly", LoadStrategy.ReplacePartition, [Col.Value("month", ColumnType.Date, nullable: false), Col.Value("n")], partition: "month");

    private static readonly TestContract Prices = new(
        "prices",
        LoadStrategy.History,
        [Col.Key("id"), Col.Value("price"), Col.Value("valid_from", ColumnType.Date, nullable: false), Col.Value("valid_to", ColumnType.Date)],
        partition: "valid_from",
        validTo: "valid_to");

    private static readonly PartitionScheme Days = PartitionScheme.Daily("2024-03-01", "2024-03-04");

    /// <summary>The value that an upstream's next run loads: no two runs load the same.</summary>
    private long _n;

    [Theory, OnEveryDestination]
    public async Task S52_what_was_read_while_its_upstream_was_loaded_again_is_stale(Destination destination)
    {
        await using TestDatabase database = destination.NewDatabase();
        Action meanwhile = () => { };
        PipelineRegistration months = Reading(() => meanwhile());
        using var engine = new Engine(Upstream, database.Destination, months);
        await engine.RunAsync(await engine.PlanAsync());
        (await engine.PlanAsync()).ShouldAllBe(planned => !planned.Runs);

        using var other = new Engine(Upstream, database.NewDestination(), months);
        meanwhile = () => other.RunAsync([other.Planner.PlanOne(TestDatabase.Pipeline, "2024-03-02")]).GetAwaiter().GetResult().Single().Failure.ShouldBeNull();
        (await engine.RunAsync([engine.Planner.PlanOne("monthly", "2024-03")])).Single().Failure.ShouldBeNull();
        meanwhile = () => { };

        PlannedPartition stale = (await engine.PlanAsync()).Single(planned => planned.Runs);
        (stale.Partition.Key, stale.Reason).ShouldBe(("2024-03", PlanReason.Stale));
        stale.Detail.ShouldBe("partition 2024-03-02 of flights, which it reads, was loaded again while it ran");
        await engine.RunAsync(await engine.PlanAsync());
        (await engine.PlanAsync()).ShouldAllBe(planned => !planned.Runs);
    }

    /// <summary>What is read whole is another, too, where a part of it was loaded for the first time.</summary>
    [Theory, OnEveryDestination]
    public async Task S52_a_partition_that_came_to_what_was_read_whole_makes_it_stale(Destination destination)
    {
        await using TestDatabase database = destination.NewDatabase();
        Action meanwhile = () => { };
        PipelineRegistration total = Reading(() => meanwhile(), PartitionScheme.None);
        using var engine = new Engine(Upstream, database.Destination, total);
        await engine.RunAsync([engine.Planner.PlanOne(TestDatabase.Pipeline, "2024-03-01")]);

        using var other = new Engine(Upstream, database.NewDestination(), total);
        meanwhile = () => other.RunAsync([other.Planner.PlanOne(TestDatabase.Pipeline, "2024-03-03")]).GetAwaiter().GetResult().Single().Failure.ShouldBeNull();
        (await engine.RunAsync([engine.Planner.PlanOne("monthly", null)])).Single().Failure.ShouldBeNull();

        (await database.Destination.Ledger.FindPartitionAsync("monthly", "all", CancellationToken.None))!.State.ShouldBe(PartitionState.Stale);
    }

    /// <summary>The upstream stands before its commit: nobody sees its rows yet, and it has looked for readers that are complete.</summary>
    [Theory, OnEveryDestination]
    public async Task S52_a_publish_waits_for_that_of_what_it_has_read_and_knows_of_it(Destination destination)
    {
        await using TestDatabase database = destination.NewDatabase();
        PipelineRegistration months = Reading(() => { });
        using var engine = new Engine(Upstream, database.Destination, months);
        await engine.RunAsync(await engine.PlanAsync());

        using var gate = new CommitGate();
        using var gated = new Engine(Upstream, database.NewDestination(gate), months);
        (await BesideAsync(gate, gated, gated.Planner.PlanOne(TestDatabase.Pipeline, "2024-03-02"), engine, engine.Planner.PlanOne("monthly", "2024-03")))
            .ShouldAllBe(result => result.Failure == null);

        Runs(await engine.PlanAsync()).ShouldBe(["2024-03"]);
    }

    /// <summary>The other way round: the reader stands before its commit, and the upstream, which must find it complete, waits.</summary>
    [Theory, OnEveryDestination]
    public async Task S52_a_publish_waits_for_that_of_its_readers_and_makes_them_stale(Destination destination)
    {
        await using TestDatabase database = destination.NewDatabase();
        PipelineRegistration months = Reading(() => { });
        using var engine = new Engine(Upstream, database.Destination, months);
        await engine.RunAsync((await engine.PlanAsync()).Where(planned => planned.Pipeline != months).ToList());

        using var gate = new CommitGate();
        using var gated = new Engine(Upstream, database.NewDestination(gate), months);
        (await BesideAsync(gate, gated, gated.Planner.PlanOne("monthly", "2024-03"), engine, engine.Planner.PlanOne(TestDatabase.Pipeline, "2024-03-02")))
            .ShouldAllBe(result => result.Failure == null);

        Runs(await engine.PlanAsync()).ShouldBe(["2024-03"]);
    }

    /// <summary>The later window of a history commits while the earlier one waits for the table: it says what changed since rows that are others now.</summary>
    [Theory, OnEveryDestination]
    public async Task S45_S47_an_earlier_window_of_a_history_makes_a_later_one_stale_that_was_published_while_it_waited(Destination destination)
    {
        await using TestDatabase database = destination.NewDatabase();
        PipelineRegistration history = TestPipeline.Of(Days, Prices, _ => [[1L, 5L, null, null]]);
        using var engine = new Engine(history, database.Destination);
        await engine.RunAsync([engine.Planner.PlanOne(TestDatabase.Pipeline, "2024-03-03")]);

        using var gate = new CommitGate();
        using var gated = new Engine(history, database.NewDestination(gate));
        await BesideAsync(
            gate, gated, gated.Planner.PlanOne(TestDatabase.Pipeline, "2024-03-02"), engine, engine.Planner.PlanOne(TestDatabase.Pipeline, "2024-03-01"));
        Runs(await engine.PlanAsync()).ShouldBe(["2024-03-02", "2024-03-03"]);

        await engine.RunAsync(await engine.PlanAsync());
        (await engine.PlanAsync()).ShouldAllBe(planned => !planned.Runs);
        database.Lines(Prices).ShouldBe(["1 | 5 | 2024-03-01 | null"]);
    }

    /// <summary>A pipeline under its old name and its new one, as while a program is replaced by its next version.</summary>
    [Theory, OnEveryDestination]
    public async Task S35_two_pipelines_that_replace_one_window_of_a_table_leave_the_rows_of_one(Destination destination)
    {
        await using TestDatabase database = destination.NewDatabase();
        PipelineRegistration renamed = TestPipeline.Of(Days, Visits, day => [[day.Window.StartDate, 100L]], "visits_v2");
        using var engine = new Engine(renamed, database.Destination);
        using var gate = new CommitGate();
        using var gated = new Engine(Upstream, database.NewDestination(gate));
        await gated.RunAsync([gated.Planner.PlanOne(TestDatabase.Pipeline, "2024-03-01")]);

        (await BesideAsync(gate, gated, gated.Planner.PlanOne(TestDatabase.Pipeline, "2024-03-02"), engine, engine.Planner.PlanOne("visits_v2", "2024-03-02")))
            .ShouldAllBe(result => result.Failure == null);

        database.Lines(Visits).ShouldBe(["2024-03-01 | 1", "2024-03-02 | 100"]);
    }

    /// <summary>Two programs that each believe a table to be theirs: within one the start is refused.</summary>
    [Theory, OnEveryDestination]
    public async Task S35_a_table_that_another_pipeline_has_loaded_is_told_of(Destination destination)
    {
        var log = new EventLog(LogLevel.Warning);
        await using TestDatabase database = destination.NewDatabase(log);
        using var one = new Engine(Upstream, database.Destination);
        using var other = new Engine(TestPipeline.Of(Days, Visits, day => [[day.Window.StartDate, 100L]], "visits of all"), database.Destination);
        await one.RunAsync([one.Planner.PlanOne(TestDatabase.Pipeline, "2024-03-01")]);
        await one.RunAsync([one.Planner.PlanOne(TestDatabase.Pipeline, "2024-03-02")]);
        log.Messages.ShouldNotContain(message => message.Contains("was loaded by", StringComparison.Ordinal));

        await other.RunAsync([other.Planner.PlanOne("visits of all", "2024-03-01")]);
        await other.RunAsync([other.Planner.PlanOne("visits of all", "2024-03-02")]);
        await one.RunAsync([one.Planner.PlanOne(TestDatabase.Pipeline, "2024-03-01")]);
        log.Messages.Where(message => message.Contains("was loaded by", StringComparison.Ordinal)).Select(message => message[..message.IndexOf(" before.", StringComparison.Ordinal)]).ShouldBe(
        [
            "visits of all 2024-03-01: the table visits was loaded by the pipeline flights",
            "flights 2024-03-01: the table visits was loaded by the pipeline visits of all",
        ]);
    }

    [Theory, OnEveryDestination]
    public async Task S35_windows_of_two_cuts_of_one_pipeline_leave_no_row_twice(Destination destination)
    {
        await using TestDatabase database = destination.NewDatabase();
        PipelineRegistration months = TestPipeline.Of(PartitionScheme.Monthly("2024-03", "2024-04"), Visits, _ => [[new DateOnly(2024, 3, 2), 100L], [new DateOnly(2024, 3, 3), 100L]]);
        using var engine = new Engine(months, database.Destination);
        using var gate = new CommitGate();
        using var gated = new Engine(Upstream, database.NewDestination(gate));
        await gated.RunAsync([gated.Planner.PlanOne(TestDatabase.Pipeline, "2024-03-01")]);

        (await BesideAsync(gate, gated, gated.Planner.PlanOne(TestDatabase.Pipeline, "2024-03-02"), engine, engine.Planner.PlanOne(TestDatabase.Pipeline, "2024-03")))
            .ShouldAllBe(result => result.Failure == null);

        database.Lines(Visits).ShouldBe(["2024-03-02 | 100", "2024-03-03 | 100"]);
    }

    private PipelineRegistration Upstream => TestPipeline.Of(Days, Visits, day => [[day.Window.StartDate, Interlocked.Increment(ref _n)]]);

    private static PipelineRegistration Reading(Action meanwhile, PartitionScheme? scheme = null) => TestPipeline.Of(
        scheme ?? PartitionScheme.Monthly("2024-03", "2024-04"),
        Monthly,
        month =>
        {
            meanwhile();
            return scheme is null ? [[month.Window.StartDate, 1L]] : [];
        },
        "monthly",
        Visits);

    /// <summary>Runs one partition up to its commit, another beside it, and then both to their ends.</summary>
    private static async Task<IEnumerable<PartitionResult>> BesideAsync(CommitGate gate, Engine gated, PlannedPartition first, Engine engine, PlannedPartition second)
    {
        gate.Close();
        // Threads of their own, which may be held up.
        Task<IReadOnlyList<PartitionResult>> one = Task.Factory.StartNew(() => gated.RunAsync([first]).GetAwaiter().GetResult(), TaskCreationOptions.LongRunning);
        Task<IReadOnlyList<PartitionResult>> other;
        try
        {
            gate.WaitForArrival();
            other = Task.Factory.StartNew(() => engine.RunAsync([second]).GetAwaiter().GetResult(), TaskCreationOptions.LongRunning);
            (await Task.WhenAny(other, Task.Delay(TimeSpan.FromSeconds(1)))).ShouldNotBe(other, "it waits for the first");
        }
        finally
        {
            gate.LetThrough();
        }

        return [.. await one, .. await other];
    }

    private static IEnumerable<string> Runs(IReadOnlyList<PlannedPartition> plan) => plan.Where(planned => planned.Runs).Select(planned => planned.Partition.Key);
}
