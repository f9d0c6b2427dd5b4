using TypedPipelines.Functional.Tests.Harness;
using TypedPipelines.Functional.Tests.Pipelines;
using TypedPipelines.Ledger;
using TypedPipelines.Running;

namespace TypedPipelines.Functional.Tests;

/// <summary>Statements 45 to 47: versions of a row by the time for which they hold.</summary>
public sealed class HistoryTests
{
    [Fact]
    public async Task S45_an_unchanged_row_adds_no_version_and_A_B_A_gives_three()
    {
        using var stage = new Stage();
        stage.AddPipelines();
        string[] plans = ["free", "free", "pro", "free", "free"];
        Feed.Set<Subscription>(day => [new(1, plans[((DayPartition)day).Date.Day - 1], 1), new(2, null, 1)]);
        for (int day = 1; day <= plans.Length; day++)
        {
            await Loaded(stage, "subscriptions", Day(day));
        }

        Versions(stage).ShouldBe(
            """
            1|free|2026-01-01|2026-01-03
            1|free|2026-01-04|
            1|pro|2026-01-03|2026-01-04
            2||2026-01-01|
            """);
    }

    [Fact]
    public async Task S45_deleted_and_returned_alike_is_a_new_version_with_a_gap()
    {
        using var stage = new Stage();
        stage.AddPipelines();
        Feed.Set<Subscription>(day => [new(1, "free", 1, Closed: day.Key is "2026-01-02" or "2026-01-03")]);
        for (int day = 1; day <= 4; day++)
        {
            await Loaded(stage, "subscriptions", Day(day));
        }

        Versions(stage).ShouldBe("1|free|2026-01-01|2026-01-02\n1|free|2026-01-04|");
    }

    [Fact]
    public async Task S45_several_changes_in_one_window_are_versions_of_their_own_times()
    {
        using var stage = new Stage();
        stage.AddPipelines();
        DateTime noon = new(2026, 1, 1, 12, 0, 0, DateTimeKind.Utc);
        Feed.Give(
            new Subscription(1, "pro", 1, noon.AddHours(2)),
            new Subscription(1, "free", 1),
            new Subscription(1, "free", 1, noon),
            new Subscription(1, "gone", 1, noon.AddHours(3), Closed: true));
        await Loaded(stage, "subscriptions", Day(1));
        await Loaded(stage, "subscriptions", Day(1));
        stage.Query<int>("select count(*) from subscription").ShouldBe([2]);
        stage.Query<int>("select count(*) from subscription where valid_to is null").ShouldBe([0]);
        stage.Query<string>("select plan from subscription order by valid_from").ShouldBe(["free", "pro"]);
    }

    [Fact]
    public async Task S45_twenty_thousand_changes_of_one_key_in_one_window_are_loaded_and_loaded_again()
    {
        using var stage = new Stage();
        stage.AddPipelines();
        DateTime first = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        Feed.Set<Subscription>(_ => [.. Enumerable.Range(0, 20_000).Select(i => new Subscription(1, $"plan {i % 7}", 1, first.AddSeconds(i)))]);
        await Loaded(stage, "subscriptions", Day(1));
        await Loaded(stage, "subscriptions", Day(1));
        stage.Query<int>("select count(*) from subscription").ShouldBe([20_000]);
        stage.Query<string>("select plan from subscription where valid_to is null").ShouldBe(["plan 0"]);
        stage.Query<int>("select count(*) from subscription as s where exists (select 1 from subscription as n where n.valid_from = s.valid_to)").ShouldBe([19_999]);
    }

    [Fact]
    public async Task S45_two_rows_of_one_key_and_time_are_an_error()
    {
        using var stage = new Stage();
        stage.AddPipelines();
        Feed.Give(new Subscription(1, "free", 1), new Subscription(1, "pro", 1));
        PartitionResult result = await stage.RunAsync("subscriptions", Day(1));
        result.Failure!.Kind.ShouldBe(FailureKind.DuplicateKey);
        result.Failure.What.ShouldStartWith("two rows for subscription have the key id=1, valid_from=2026-01-01");
    }

    [Fact]
    public async Task S45_what_the_source_no_longer_has_is_closed_within_the_limit()
    {
        using var stage = new Stage();
        stage.AddPipelines();
        string[][] teams = [["ann", "bob", "cid"], ["ann", "bob"], ["ann", "bob", "cid"]];
        Feed.Set<Employee>(day => teams[((DayPartition)day).Date.Day - 1].Select(name => new Employee(name, "core")));
        for (int day = 1; day <= 3; day++)
        {
            await Loaded(stage, "employees", Day(day));
        }

        stage.Table("employee", "name, \"from\", \"to\"").ShouldBe("ann|2026-01-01|\nbob|2026-01-01|\ncid|2026-01-01|2026-01-02\ncid|2026-01-03|");
        Feed.Give(new Employee("ann", "core"));
        (await stage.RunAsync("employees", Day(4))).Failure!.Kind.ShouldBe(FailureKind.DeleteLimit);
    }

    [Fact]
    public async Task S47_a_day_run_again_makes_the_later_ones_stale_and_they_are_planned()
    {
        using var stage = new Stage();
        stage.AddPipelines();
        Feed.Set<Subscription>(day => [new(1, ((DayPartition)day).Date.Day < 3 ? "free" : "pro", 1)]);
        var january = new BackfillRequest(["subscriptions"], Day(1), Day(4));
        await stage.BackfillAsync(january);
        await Loaded(stage, "subscriptions", Day(2));
        (await stage.Planner.PlanAsync(january, CancellationToken.None)).ShouldAllBe(planned => !planned.Runs, "a window that changed no version restates nothing");
        await Loaded(stage, "subscriptions", Day(1));

        IReadOnlyList<PlannedPartition> plan = await stage.Planner.PlanAsync(january, CancellationToken.None);
        plan.Where(planned => planned.Runs).Select(planned => (planned.Partition.Key, planned.Reason))
            .ShouldBe([(Day(2), PlanReason.Stale), (Day(3), PlanReason.Stale), (Day(4), PlanReason.Stale)]);
        (await stage.Ledger.FindPartitionAsync("subscriptions", Day(1), CancellationToken.None))!.State.ShouldBe(PartitionState.Complete);

        await stage.BackfillAsync(january);
        (await stage.Planner.PlanAsync(january, CancellationToken.None)).ShouldAllBe(planned => !planned.Runs);
    }

    /// <summary>
    /// Days loaded in any order, some of them again with other rows, then on from the earliest that changed: what the ledger then
    /// plans, loaded in order, ends as a history built from scratch. And at every moment in between no two versions overlap.
    /// </summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task S46_S47_whatever_the_order_the_end_is_the_history_from_scratch_and_no_versions_overlap(int seed)
    {
        var random = new Random(seed);
        const int Days = 7;
        Dictionary<string, Subscription[]> inputs = Enumerable.Range(1, Days).ToDictionary(Day, day => Changes(random, day));
        using var stage = new Stage();
        stage.AddPipelines();
        Feed.Set<Subscription>(day => inputs[day.Key]);
        for (int step = 0; step < 12; step++)
        {
            int day = random.Next(1, Days + 1);
            if (random.Next(3) == 0)
            {
                inputs[Day(day)] = Changes(random, day);
            }

            await Loaded(stage, "subscriptions", Day(day));
            stage.Query<int>(
                """
                select count(*) from subscription as a join subscription as b on a.id = b.id and a.valid_from < b.valid_from
                where a.valid_to is null or a.valid_to > b.valid_from
                """).ShouldBe([0], "no two versions of a key overlap");
            stage.Query<int>("select count(*) from subscription where valid_to <= valid_from").ShouldBe([0]);
        }

        // Every day as it is now, from the first on: those the ledger calls stale or missing, and those whose input changed unseen.
        await stage.RunAsync([.. (await stage.Planner.PlanAsync(new BackfillRequest(["subscriptions"], Day(1), Day(Days), Force: true), CancellationToken.None))], CancellationToken.None);

        stage.Table("subscription", "id, plan, seats, valid_from, valid_to").Replace(".0000000Z", "Z").Replace(".000000Z", "Z")
            .ShouldBe(FromScratch(inputs.OrderBy(day => day.Key).SelectMany(day => day.Value.Select(row => WithTime(row, day.Key)))));
    }

    private static Subscription[] Changes(Random random, int day) =>
    [
        .. Enumerable.Range(1, 4).SelectMany(id => Enumerable.Range(0, random.Next(3)).Select(change => new Subscription(
            id,
            random.Next(3) switch { 0 => null, 1 => "free", _ => "pro" },
            random.Next(1, 3),
            change == 0 && random.Next(2) == 0 ? default : new DateTime(2026, 1, day, 6 + (6 * change) + random.Next(5), 0, 0, DateTimeKind.Utc),
            Closed: random.Next(5) == 0))).OrderBy(_ => random.Next()),
    ];

    private static Subscription WithTime(Subscription row, string day) =>
        row.ValidFrom == default ? row with { ValidFrom = DateTime.SpecifyKind(DateTime.Parse(day, System.Globalization.CultureInfo.InvariantCulture), DateTimeKind.Utc) } : row;

    /// <summary>The contract in a few lines of C#.</summary>
    private static string FromScratch(IEnumerable<Subscription> changes)
    {
        var versions = new List<Subscription>();
        foreach (IGrouping<int, Subscription> key in changes.GroupBy(row => row.Id))
        {
            Subscription? current = null;
            foreach (Subscription row in key.OrderBy(row => row.ValidFrom))
            {
                if (current is not null && (row.Closed || (row.Plan, row.Seats) != (current.Plan, current.Seats)))
                {
                    versions.Add(current with { ValidTo = row.ValidFrom });
                    current = null;
                }

                current ??= row.Closed ? null : row;
            }

            if (current is not null)
            {
                versions.Add(current);
            }
        }

        return string.Join('\n', versions
            .Select(row => $"{row.Id}|{row.Plan}|{row.Seats}|{row.ValidFrom:yyyy-MM-ddTHH:mm:ssZ}|{row.ValidTo:yyyy-MM-ddTHH:mm:ssZ}")
            .Order(StringComparer.Ordinal));
    }

    private static string Day(int day) => $"2026-01-{day:00}";

    private static string Versions(Stage stage) => string.Join('\n', stage.Table("subscription", "id, plan, valid_from, valid_to").Split('\n')
        .Select(row => System.Text.RegularExpressions.Regex.Replace(row, "T00:00:00[.0-9]*Z", "")));

    private static async Task<PartitionResult> Loaded(Stage stage, string pipeline, string? partition = null)
    {
        PartitionResult result = await stage.RunAsync(pipeline, partition);
        result.Failure.ShouldBeNull();
        return result;
    }
}
