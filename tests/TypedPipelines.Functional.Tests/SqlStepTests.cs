using TypedPipelines.Functional.Tests.Harness;
using TypedPipelines.Functional.Tests.Pipelines;
using TypedPipelines.Ledger;
using TypedPipelines.Running;

namespace TypedPipelines.Functional.Tests;

/// <summary>Rows that the destination makes of the tables it has, loaded as any others are.</summary>
public sealed class SqlStepTests
{
    private static readonly DateOnly Fifth = new(2026, 1, 5);

    [Fact]
    public async Task The_rows_of_a_statement_are_loaded_and_a_second_run_leaves_the_same_table()
    {
        using Stage stage = New();
        await GiveRides(stage, Fifth, ("Ulm", 1.10m), ("Ulm", 2.20m), ("Köln", 5m), ("it's; drop table ride --", 7m));

        PartitionResult result = await Loaded(stage, "city-days", "2026-01-05");

        result.Counts.ShouldBe(new RowCounts(Read: 2, Loaded: 2, Dropped: 0, Rejected: 0));
        string once = stage.Table("city_day", "city, rides, fares");
        once.ShouldBe("Köln|1|5.00\nUlm|2|3.30".Replace("5.00", Shown(stage, "5.00", "5"), StringComparison.Ordinal).Replace("3.30", Shown(stage, "3.30", "3.3"), StringComparison.Ordinal));
        (await Loaded(stage, "city-days", "2026-01-05")).Tables[0].Deleted.ShouldBe(2);
        stage.Table("city_day", "city, rides, fares").ShouldBe(once);
    }

    [Fact]
    public async Task A_window_in_which_the_statement_finds_nothing_is_emptied()
    {
        using Stage stage = New();
        await GiveRides(stage, Fifth, ("Ulm", 1m));
        await Loaded(stage, "city-days", "2026-01-05");
        await GiveRides(stage, Fifth);
        await Loaded(stage, "city-days", "2026-01-05");
        stage.Table("city_day", "city").ShouldBe("");
        (await Entry(stage, "city-days", "2026-01-05")).State.ShouldBe(PartitionState.Complete);
    }

    [Fact]
    public async Task What_the_contract_says_of_its_rows_is_checked_as_for_any_load()
    {
        using Stage stage = New();
        await GiveRides(stage, Fifth, ("Ulm", 1m), ("Ulm", 1m), ("Ulm", 1m), ("Ulm", 1m), ("Köln", 5m));

        PartitionResult result = await Loaded(stage, "city-days", "2026-01-05");

        result.Counts.Rejected.ShouldBe(1, "four rides of one city are more than its contract admits");
        (await stage.Ledger.GetRejectsAsync("city-days", "2026-01-05", 10, CancellationToken.None)).Single().Reject.Origin.ShouldBe("Summarise");
        stage.Table("city_day", "city").ShouldBe("Köln");
    }

    [Fact]
    public async Task Nothing_runs_before_the_tables_it_reads_are_loaded()
    {
        using Stage stage = New();
        PartitionResult result = await stage.RunAsync("city-days", "2026-01-05");
        result.Status.ShouldBe(PartitionStatus.Blocked);
        result.Failure!.Kind.ShouldBe(FailureKind.Upstream);
        result.Failure.Message.ShouldContain("it reads the table ride, and partition 2026-01-05 of the pipeline rides, which loads that, is not complete");
    }

    [Fact]
    public async Task An_upstream_window_that_changes_makes_what_was_made_of_it_stale_at_its_own_grain()
    {
        using Stage stage = New();
        await GiveRides(stage, Fifth, ("Ulm", 1m));
        await GiveRides(stage, Fifth.AddDays(1), ("Ulm", 2m));
        await stage.BackfillAsync(new BackfillRequest(["rides"], "2026-01-01", "2026-01-31"));
        Feed.Set<Ride>(_ => []);
        foreach (string pipeline in (string[])["rides", "city-days"])
        {
            await stage.BackfillAsync(new BackfillRequest([pipeline], "2026-01-01", "2026-01-31"));
        }

        await Loaded(stage, "city-months", "2026-01");
        await GiveRides(stage, Fifth, ("Ulm", 9m));

        (await Entry(stage, "city-days", "2026-01-05")).State.ShouldBe(PartitionState.Stale);
        (await Entry(stage, "city-days", "2026-01-05")).Error.ShouldBe("partition 2026-01-05 of rides, which it reads, was loaded again");
        (await Entry(stage, "city-days", "2026-01-06")).State.ShouldBe(PartitionState.Complete);
        (await Entry(stage, "city-months", "2026-01")).State.ShouldBe(PartitionState.Complete, "what it reads is the days, and they are still the same");

        IReadOnlyList<PartitionResult> again = await stage.BackfillAsync(new BackfillRequest(["city-days", "city-months"]));
        again.Where(result => result.Status == PartitionStatus.Loaded && result.Planned.Reason == PlanReason.Stale)
            .Select(result => $"{result.Planned.Pipeline.Descriptor.Name} {result.Planned.Partition.Key}")
            .ShouldBe(["city-days 2026-01-05", "city-months 2026-01"]);
        stage.Query<decimal>("select fares from city_month").ShouldBe([11m]);
    }

    [Fact]
    public async Task A_statement_that_looks_further_back_waits_for_those_windows_and_is_stale_after_each_of_them()
    {
        using Stage stage = New();
        for (int day = 2; day <= 8; day++)
        {
            await GiveRides(stage, new DateOnly(2026, 1, day), ("Ulm", 1m));
        }

        (await stage.RunAsync("rolling-days", "2026-01-03")).Failure!.What.ShouldContain("partition 2026-01-01 of the pipeline rides", Case.Sensitive, "earlier windows are those of the table, also before the step's first");
        (await stage.RunAsync("total-days", "2026-01-08")).Status.ShouldBe(PartitionStatus.Blocked);
        await GiveRides(stage, new DateOnly(2026, 1, 1), ("Ulm", 1m));
        await stage.BackfillAsync(new BackfillRequest(["rolling-days"], "2026-01-03", "2026-01-08"));
        await stage.BackfillAsync(new BackfillRequest(["total-days"], "2026-01-01", "2026-01-08"));
        stage.Query<long>("select rides from rolling_day order by day").ShouldBe([3, 3, 3, 3, 3, 3]);

        await GiveRides(stage, Fifth, ("Ulm", 1m), ("Ulm", 1m));

        (await Stale(stage, "rolling-days")).ShouldBe(["2026-01-05", "2026-01-06", "2026-01-07"]);
        (await Stale(stage, "total-days")).ShouldBe(["2026-01-05", "2026-01-06", "2026-01-07", "2026-01-08"]);
        await stage.BackfillAsync(new BackfillRequest(["rolling-days", "total-days"], "2026-01-03", "2026-01-08"));
        stage.Query<long>("select rides from rolling_day order by day").ShouldBe([3, 3, 4, 4, 4, 3]);
        stage.Query<long>("select rides from total_day order by day").ShouldBe([1, 2, 3, 4, 6, 7, 8, 9]);
    }

    [Fact]
    public void Its_tables_are_the_lineage()
    {
        using Stage stage = New();
        stage.Catalog.Pipelines.Select(pipeline => pipeline.Descriptor.Name).Where(name => name is "rides" or "city-days" or "city-months")
            .ShouldBe(["rides", "city-days", "city-months"]);
        stage.Catalog.Find("city-days").Descriptor.Reads.Select(table => table.DisplayName).ShouldBe(["ride"]);
    }

    [Fact]
    public async Task A_value_of_every_type_goes_out_as_a_parameter_and_comes_back()
    {
        using Stage stage = New();
        var echo = new Echo(
            int.MinValue,
            true,
            short.MaxValue,
            long.MinValue,
            0.1f,
            1.0 / 3,
            -12345.6789m,
            DateOnly.MinValue,
            new TimeOnly(23, 59, 59, 999),
            new DateTimeOffset(2026, 3, 29, 3, 0, 0, TimeSpan.FromHours(2)),
            new DateTime(2026, 3, 29, 1, 0, 0, 123, DateTimeKind.Utc),
            Guid.Parse("00112233-4455-6677-8899-aabbccddeeff"),
            "it's \"x\"; -- $1 @hole1 {0} 😀\n\\",
            [0, 1, 255],
            Mood.Low,
            null);
        Feed.Give(echo);

        await Loaded(stage, "echo");
        (await Loaded(stage, "echo")).Tables[0].ShouldSatisfyAllConditions(table => table.Inserted.ShouldBe(0), table => table.Updated.ShouldBe(0));
        Feed.Give(echo with { Bytes = [], Text = "", Date = DateOnly.MaxValue, Missing = 7 });
        (await Loaded(stage, "echo")).Tables[0].Updated.ShouldBe(1);

        // The same row by way of C# is no change: every value is stored as the row writer stores it.
        stage.Query<int>("select missing from echo").ShouldBe([7]);
    }

    [Fact]
    public async Task Names_and_values_that_look_like_SQL_are_names_and_values()
    {
        using Stage stage = New();
        Feed.Give(new Odd(1, "'; drop table x; --"), new Odd(2, "a"), new Odd(3, "a"));
        await Loaded(stage, "odd");
        await Loaded(stage, "odd-counts");
        stage.Table("odd_count", "as_of, text, count").ShouldBe("2026-03-01|'; drop table x; --|1\n2026-03-01|a|2");

        await GiveRides(stage, Fifth, ("x' or 'a' = 'a", 1m), ("Ulm", 1m));
        Feed.Give(new Attempt("right", "x' or 'a' = 'a"));
        await Loaded(stage, "attempts");
        stage.Table("found", "city").ShouldBe("x' or 'a' = 'a");
    }

    [Theory]
    [InlineData("other columns", FailureKind.Schema, "the columns of its statement are not those of found: found has no column 'day', found has no column 'fare', found has no column 'at'")]
    [InlineData("no such column", FailureKind.Destination, "nowhere")]
    [InlineData("no such name", FailureKind.Destination, "nowhere")]
    [InlineData("no SQL", FailureKind.Destination, "where|end of input|near|incomplete")]
    [InlineData("two", FailureKind.Destination, "")]
    [InlineData("local time", FailureKind.Step, "a hole holds a DateTime of kind Local, which names no instant")]
    [InlineData("half a pair", FailureKind.Step, "half of a surrogate pair")]
    [InlineData("none", FailureKind.Step, "InvalidOperationException: no such attempt")]
    public async Task A_statement_that_cannot_be_right_is_told_before_anything_runs(string attempt, FailureKind kind, string what)
    {
        using Stage stage = New();
        await GiveRides(stage, Fifth, ("Ulm", 1m));
        Feed.Give(new Attempt(attempt));

        PipelineException failure = await Should.ThrowAsync<PipelineException>(() => stage.RunAsync("attempts"));

        failure.Kind.ShouldBe(kind);
        failure.What.ShouldStartWith("the SQL step Try of the pipeline attempts");
        what.Split('|').ShouldContain(part => failure.What.Contains(part, StringComparison.Ordinal), failure.What);
        failure.Next.ShouldNotBeEmpty();
        (await stage.Ledger.GetPartitionsAsync("attempts", CancellationToken.None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_null_that_the_row_does_not_admit_is_told_of_the_step_and_the_column()
    {
        using Stage stage = New();
        await GiveRides(stage, Fifth, ("Ulm", 1m));
        Feed.Give(new Attempt("null"));
        PartitionResult result = await stage.RunAsync("attempts");
        result.Failure!.Kind.ShouldBe(FailureKind.Row);
        result.Failure.What.ShouldBe("the SQL step Try of the pipeline attempts: column city of its statement is null, and found admits none there");
        (await Entry(stage, "attempts", "all")).State.ShouldBe(PartitionState.Failed);
    }

    [Fact]
    public async Task A_statement_that_writes_is_refused_and_writes_nothing()
    {
        using Stage stage = New();
        await GiveRides(stage, Fifth, ("Ulm", 1m));
        Feed.Give(new Attempt("a write"));
        await Should.ThrowAsync<PipelineException>(() => stage.RunAsync("attempts"));
        stage.Table("ride", "city").ShouldBe("Ulm");
    }

    [Fact]
    public async Task A_statement_says_which_rows_are_to_be_deleted()
    {
        using Stage stage = New();
        await GiveRides(stage, Fifth, ("Ulm", 1m), ("Köln", 1m));
        await Loaded(stage, "guests");
        await GiveRides(stage, Fifth, ("Ulm", 1m), ("Köln", -1m));
        (await Loaded(stage, "guests")).Tables[0].Deleted.ShouldBe(1);
        stage.Table("guest", "id, city").ShouldBe("0|Ulm");
    }

    [Fact]
    public async Task A_statement_may_end_with_a_semicolon()
    {
        using Stage stage = New();
        await GiveRides(stage, Fifth, ("Ulm", 1m));
        Feed.Give(new Attempt("ended"));
        await Loaded(stage, "attempts");
        stage.Table("found", "city").ShouldBe("Ulm");
    }

    private static Stage New()
    {
        var stage = new Stage();
        stage.AddPipelines();
        return stage;
    }

    private static string Shown(Stage stage, string exact, string real) => stage.Destination.Name == "sqlite" ? real : exact;

    private static async Task GiveRides(Stage stage, DateOnly day, params (string City, decimal Fare)[] rides)
    {
        Feed.Give(rides.Select((ride, i) => new Ride(day, i, ride.City, ride.Fare, new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero))));
        await Loaded(stage, "rides", day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
    }

    private static async Task<PartitionEntry> Entry(Stage stage, string pipeline, string partition) =>
        (await stage.Ledger.FindPartitionAsync(pipeline, partition, CancellationToken.None)).ShouldNotBeNull();

    private static async Task<IEnumerable<string>> Stale(Stage stage, string pipeline) =>
        (await stage.Ledger.GetPartitionsAsync(pipeline, CancellationToken.None)).Where(entry => entry.State == PartitionState.Stale).Select(entry => entry.Partition).Order(StringComparer.Ordinal);

    private static async Task<PartitionResult> Loaded(Stage stage, string pipeline, string? partition = null)
    {
        PartitionResult result = await stage.RunAsync(pipeline, partition);
        result.Failure.ShouldBeNull();
        return result;
    }
}
