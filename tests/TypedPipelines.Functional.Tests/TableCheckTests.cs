using TypedPipelines.Functional.Tests.Harness;
using TypedPipelines.Functional.Tests.Pipelines;
using TypedPipelines.Functional.Tests.Pipelines.Generated;
using TypedPipelines.Ledger;
using TypedPipelines.Running;

namespace TypedPipelines.Functional.Tests;

/// <summary>What a contract declares of its rows is checked before they are published, and the ledger says what came of it.</summary>
public sealed class TableCheckTests
{
    private const string Day = "2026-01-05";

    private static readonly string[] All =
        ["HasNumber", "fare is paid", "HasSeats", "SailsAlone", "RowCount", "Unique(Day,Ticket)", "References(Port)", "Steady(Fare)", "MaxNullShare(Seats)", "Fresh(At)"];

    [Fact]
    public async Task Rows_that_pass_are_loaded_and_every_check_has_one_result()
    {
        using Stage stage = await HarbourAsync();
        PartitionResult result = await LoadAsync(stage, Day, Good(Day));
        result.Failure.ShouldBeNull();
        Names(result.Checks).ShouldBe(All);
        result.Checks.Where(check => check.Check is not ("RowCount" or "Steady(Fare)")).ShouldAllBe(check => check.Outcome == CheckOutcome.Passed);
        (await LedgerAsync(stage)).ShouldBe(Shown(result.Checks));
    }

    [Fact]
    public async Task A_check_that_fails_keeps_the_rows_that_were_there_and_names_what_breaks_it()
    {
        using Stage stage = await HarbourAsync();
        (await LoadAsync(stage, Day, Good(Day))).Failure.ShouldBeNull();
        string before = stage.Table("sailing");
        PartitionResult result = await LoadAsync(stage, Day, [.. Good(Day), Sail(Day, 0)]);
        result.Status.ShouldBe(PartitionStatus.Failed);
        result.Failure!.Kind.ShouldBe(FailureKind.Check);
        result.Failure.What.ShouldContain("the check HasNumber of sailing failed: 1 of 4 rows break it (expected no row to break it), such as");
        result.Failure.What.ShouldContain("number=0");
        stage.Table("sailing").ShouldBe(before);
        Names(result.Checks).ShouldBe(All);
        result.Checks[0].Outcome.ShouldBe(CheckOutcome.Failed);
        (await LedgerAsync(stage)).ShouldBe(Shown(result.Checks));
        PartitionEntry entry = (await stage.Ledger.FindPartitionAsync("sailings", Day, CancellationToken.None))!;
        (entry.State, entry.Counts.Loaded).ShouldBe((PartitionState.Failed, 3));
        (await stage.Ledger.GetRunsAsync("sailings", 1, CancellationToken.None))[0].FailureKind.ShouldBe("Check");
    }

    [Fact]
    public async Task Rows_that_break_a_check_with_quarantine_are_kept_out_with_the_reason()
    {
        using Stage stage = await HarbourAsync();
        PartitionResult result = await LoadAsync(stage, Day, [.. Good(Day), Sail(Day, 9) with { Fare = -1 }]);
        result.Failure.ShouldBeNull();
        result.Counts.ShouldBe(new RowCounts(4, 3, 0, 1));
        Of(result, "fare is paid").ShouldBe((CheckOutcome.Quarantined, 1));
        Reject reject = (await stage.Ledger.GetRejectsAsync("sailings", Day, 9, CancellationToken.None)).Single().Reject;
        reject.Reason.ShouldBe("does not pass the check fare is paid: somebody is paid for sailing");
        reject.Raw.ShouldContain("number=9");
    }

    [Fact]
    public async Task More_rows_in_quarantine_than_the_check_admits_fail_the_run()
    {
        using Stage stage = await HarbourAsync();
        PartitionResult result = await LoadAsync(stage, Day, [Sail(Day, 1), Sail(Day, 2) with { Fare = -1 }, Sail(Day, 3) with { Fare = -1 }]);
        result.Failure!.Kind.ShouldBe(FailureKind.Check);
        Of(result, "fare is paid").ShouldBe((CheckOutcome.Failed, 2));
        stage.Table("sailing").ShouldBe("");
        (await stage.Ledger.GetRejectsAsync("sailings", Day, 9, CancellationToken.None)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_check_that_warns_says_so_above_what_it_tolerates_and_loads()
    {
        using Stage stage = await HarbourAsync();
        PartitionResult one = await LoadAsync(stage, Day, [Sail(Day, 1) with { Seats = 0 }, Sail(Day, 2), Sail(Day, 3)]);
        Of(one, "HasSeats").ShouldBe((CheckOutcome.Passed, 1));
        PartitionResult two = await LoadAsync(stage, Day, [Sail(Day, 1) with { Seats = 0 }, Sail(Day, 2) with { Seats = 0 }, Sail(Day, 3)]);
        Of(two, "HasSeats").ShouldBe((CheckOutcome.Warned, 2));
        two.Counts.Loaded.ShouldBe(3);
    }

    [Fact]
    public async Task A_statement_reads_the_staged_rows_a_table_and_values()
    {
        using Stage stage = await HarbourAsync();
        Sailing[] three = [Sail(Day, 1), Sail(Day, 2), Sail(Day, 3) with { At = Sail(Day, 2).At }];
        Of(await LoadAsync(stage, Day, three), "SailsAlone").ShouldBe((CheckOutcome.Warned, 1));
        PartitionResult result = await LoadAsync(stage, Day, [.. three, Sail(Day, 4) with { At = Sail(Day, 1).At }]);
        Of(result, "SailsAlone").ShouldBe((CheckOutcome.Failed, 2));
        result.Failure!.What.ShouldContain("sailings=2");
    }

    [Fact]
    public async Task Values_that_two_rows_share_break_uniqueness_and_nulls_do_not()
    {
        using Stage stage = await HarbourAsync();
        Sailing[] nulls = [Sail(Day, 1) with { Ticket = null }, Sail(Day, 2) with { Ticket = null }, Sail(Day, 3) with { Ticket = "x " }, Sail(Day, 4) with { Ticket = "x" }];
        Of(await LoadAsync(stage, Day, nulls), "Unique(Day,Ticket)").ShouldBe((CheckOutcome.Passed, 0));
        PartitionResult result = await LoadAsync(stage, Day, [Sail(Day, 1), Sail(Day, 2) with { Ticket = "T1" }]);
        Of(result, "Unique(Day,Ticket)").ShouldBe((CheckOutcome.Failed, 1));
        result.Failure!.What.ShouldContain("ticket='T1'");
    }

    [Fact]
    public async Task A_value_that_the_other_table_does_not_have_breaks_a_reference()
    {
        using Stage stage = await HarbourAsync();
        PartitionResult result = await LoadAsync(stage, Day, [Sail(Day, 1), Sail(Day, 2) with { Port = "XXX" }, Sail(Day, 3) with { Port = "XXX" }, Sail(Day, 4) with { Port = null }]);
        Of(result, "References(Port)").ShouldBe((CheckOutcome.Failed, 1));
        result.Failure!.What.ShouldContain("port='XXX'");
    }

    [Fact]
    public async Task What_comes_in_the_same_run_is_there_and_a_failure_keeps_all_tables_as_they_were()
    {
        using var stage = new Stage();
        stage.AddPipeline<TreesPipeline>();
        Feed.Give(new Note(1), new Note(2));
        (await stage.RunAsync("trees")).Failure.ShouldBeNull();
        Feed.Give(new Note(3), new Note(-4));
        PartitionResult result = await stage.RunAsync("trees");
        result.Failure!.What.ShouldContain("tree=4");
        stage.Table("tree").ShouldBe("1\n2");
        stage.Table("leaf").ShouldBe("1|1\n2|2");
        Feed.Give(new Note(-1), new Note(2));
        PartitionResult again = await stage.RunAsync("trees");
        again.Failure.ShouldBeNull();
        Of(again, "IsNew").ShouldBe((CheckOutcome.Warned, 1));
        again.Checks.Single(check => check.Check == "IsNew").Sample.ShouldBe("id=2");
    }

    [Fact]
    public async Task A_share_of_nulls_and_an_old_time_warn()
    {
        using Stage stage = await HarbourAsync();
        PartitionResult result = await LoadAsync(stage, Day, [Sail(Day, 1) with { Seats = null, At = At(Day, 17).AddMinutes(59) }, Sail(Day, 2) with { Seats = null, At = At(Day, 3) }, Sail(Day, 3) with { At = At(Day, 1) }]);
        result.Failure.ShouldBeNull();
        Of(result, "MaxNullShare(Seats)").ShouldBe((CheckOutcome.Warned, 2 / 3d));
        Of(result, "Fresh(At)").ShouldBe((CheckOutcome.Warned, 6 * 3600 + 60));
        result.Checks.Single(check => check.Check == "Fresh(At)").Finding.ShouldBe("the latest at is 2026-01-05T17:59:00Z, 06:01:00 before the end of the window");
    }

    [Fact]
    public async Task A_count_of_rows_is_compared_with_the_windows_before_and_never_with_itself()
    {
        using Stage stage = await HarbourAsync();
        await LoadAsync(stage, "2026-01-01", Good("2026-01-01", 10));
        PartitionResult second = await LoadAsync(stage, "2026-01-02", Good("2026-01-02", 12));
        second.Checks.Single(check => check.Check == "RowCount").Outcome.ShouldBe(CheckOutcome.NotEnoughHistory);
        PartitionResult few = await LoadAsync(stage, "2026-01-03", Good("2026-01-03", 5));
        few.Failure!.What.ShouldContain("there are 5 rows, 45.45 % of 11, the median of 2 earlier loads");
        (await LoadAsync(stage, "2026-01-03", Good("2026-01-03", 6))).Failure.ShouldBeNull();

        // What was loaded of the day itself, and after it, is no history of it.
        (await LoadAsync(stage, "2026-01-03", Good("2026-01-03", 5))).Failure.ShouldNotBeNull();
        (await LoadAsync(stage, "2026-01-02", Good("2026-01-02", 1))).Failure.ShouldBeNull();
        (await LoadAsync(stage, "2026-01-04", [])).Failure!.What.ShouldContain("there are 0 rows");
    }

    [Fact]
    public async Task A_mean_far_from_those_before_is_an_anomaly_and_one_odd_load_among_them_hides_none()
    {
        using Stage stage = await HarbourAsync();
        double[] fares = [10, 11, 500, 9, 10];
        for (int i = 0; i < fares.Length; i++)
        {
            string day = $"2026-01-0{i + 1}";
            PartitionResult result = await LoadAsync(stage, day, [Sail(day, 1) with { Fare = fares[i] }, Sail(day, 2) with { Fare = fares[i] }]);
            if (i < 3)
            {
                Of(result, "Steady(Fare)").ShouldBe((CheckOutcome.NotEnoughHistory, fares[i]));
            }
            else
            {
                Of(result, "Steady(Fare)").ShouldBe((CheckOutcome.Passed, fares[i]));
            }
        }

        PartitionResult odd = await LoadAsync(stage, "2026-01-06", [Sail("2026-01-06", 1) with { Fare = 30 }, Sail("2026-01-06", 2) with { Fare = 30 }]);
        Of(odd, "Steady(Fare)").ShouldBe((CheckOutcome.Failed, 30));
        odd.Failure!.What.ShouldContain("the mean is 30, and the median of 5 earlier loads is 10 with a deviation of 1.483");
    }

    [Fact]
    public async Task A_run_that_fails_before_its_checks_says_that_they_were_not_made()
    {
        using Stage stage = await HarbourAsync();
        PartitionResult result = await LoadAsync(stage, Day, [Sail(Day, 1) with { Day = new(2026, 2, 1) }]);
        result.Failure!.Kind.ShouldBe(FailureKind.Row);
        Names(result.Checks).ShouldBe(All);
        result.Checks.ShouldAllBe(check => check.Outcome == CheckOutcome.Skipped && check.Finding == "the run failed before");
        (await LedgerAsync(stage)).ShouldBe(Shown(result.Checks));
    }

    [Fact]
    public async Task A_check_that_fails_on_one_day_of_a_backfill_leaves_that_days_rows_and_the_rest_is_loaded()
    {
        using Stage stage = await HarbourAsync();
        Feed.Set<Sailing>(day => Good(day.Key));
        var request = new BackfillRequest(["sailings"], "2026-01-01", "2026-01-08", false);
        (await stage.BackfillAsync(request)).ShouldAllBe(result => result.Failure == null);
        string before = stage.Table("sailing where day = '2026-01-05'");
        Feed.Set<Sailing>(day => day.Key == Day ? [Sail(Day, 0)] : [.. Good(day.Key), Sail(day.Key, 77)]);
        IReadOnlyList<PlannedPartition> plan = await stage.Planner.PlanAsync(request with { Force = true }, CancellationToken.None);
        IReadOnlyList<PartitionResult> again = await stage.RunAsync(plan, new RunOptions { Parallel = 4, LockWait = TimeSpan.FromSeconds(30), FileQuiet = TimeSpan.Zero }, CancellationToken.None);
        again.Where(result => result.Failure is not null).Select(result => result.Planned.Partition.Key).ShouldBe([Day]);
        stage.Table("sailing where day = '2026-01-05'").ShouldBe(before);
        stage.Query<long>("select count(*) from sailing where number = 77").ShouldBe([7]);

        // Once the data is mended, that day alone is left to do.
        Feed.Set<Sailing>(day => Good(day.Key));
        IReadOnlyList<PlannedPartition> left = await stage.Planner.PlanAsync(request, CancellationToken.None);
        left.Where(planned => planned.Runs).Select(planned => (planned.Partition.Key, planned.Reason)).ShouldBe([(Day, PlanReason.Failed)]);
        (await stage.RunAsync(left, CancellationToken.None)).ShouldAllBe(result => result.Failure == null);
    }

    [Fact]
    public void A_row_that_passes_its_checks_costs_no_allocation()
    {
        CheckMeasure[] measures = [.. SailingTable.Instance.Checks.Select(_ => new CheckMeasure())];
        Sailing[] rows = Good(Day, 4096);
        Pass(rows, measures).ShouldBe(4096);
        long before = GC.GetAllocatedBytesForCurrentThread();
        int passed = Pass(rows, measures);
        (GC.GetAllocatedBytesForCurrentThread() - before, passed).ShouldBe((0, 4096));
    }

    private static int Pass(Sailing[] rows, CheckMeasure[] measures)
    {
        int passed = 0;
        foreach (Sailing row in rows)
        {
            passed += SailingTable.Instance.FindFailedCheck(in row, 0, out _) < 0 ? 1 : 0;
        }

        SailingTable.Instance.Measure(rows, measures);
        return passed;
    }

    private static async Task<Stage> HarbourAsync()
    {
        var stage = new Stage();
        stage.AddPipeline<SailingsPipeline>();
        stage.AddPipeline<PortsPipeline>();
        Feed.Give(new Port("AAA", "one"), new Port("BBB", "two"));
        (await stage.RunAsync("ports")).Failure.ShouldBeNull();
        return stage;
    }

    private static Task<PartitionResult> LoadAsync(Stage stage, string day, IEnumerable<Sailing> rows)
    {
        Feed.Give(rows);
        return stage.RunAsync("sailings", day);
    }

    private static Sailing[] Good(string day, int rows = 3) => [.. Enumerable.Range(1, rows).Select(number => Sail(day, number))];

    private static Sailing Sail(string day, int number) =>
        new(DateOnly.ParseExact(day, "yyyy-MM-dd", null), number, "AAA", $"T{number}", 10, 5, At(day, 20).AddMinutes(number));

    private static DateTimeOffset At(string day, int hour) => new(DateOnly.ParseExact(day, "yyyy-MM-dd", null), new TimeOnly(hour, 0), TimeSpan.Zero);

    private static (CheckOutcome, double?) Of(PartitionResult result, string check)
    {
        CheckResult found = result.Checks.Single(each => each.Check == check);
        return (found.Outcome, found.Observed);
    }

    private static IEnumerable<string> Names(IEnumerable<CheckResult> checks) => checks.Select(check => check.Check);

    private static List<string> Shown(IEnumerable<CheckResult> checks) =>
        [.. checks.Select(check => $"{check.Table}/{check.Check}/{check.Severity}/{check.Outcome}/{check.Expected}/{check.Observed}/{check.Finding}/{check.Sample}")];

    private static async Task<List<string>> LedgerAsync(Stage stage) => Shown((await stage.Ledger.GetChecksAsync("sailings", Day, true, 100, CancellationToken.None)).Select(entry => entry.Result));
}
