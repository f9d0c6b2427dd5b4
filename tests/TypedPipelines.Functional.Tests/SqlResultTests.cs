using System.Diagnostics;
using TypedPipelines.Functional.Tests.Harness;
using TypedPipelines.Functional.Tests.Pipelines;
using TypedPipelines.Ledger;
using TypedPipelines.Running;

namespace TypedPipelines.Functional.Tests;

/// <summary>Rows that a statement gives and no table takes: steps in C# go on with them.</summary>
public sealed class SqlResultTests
{
    private static readonly DateOnly Fifth = new(2026, 1, 5);

    [Fact]
    public async Task Steps_go_on_with_what_a_statement_gives_and_a_second_run_leaves_the_same_table()
    {
        using Stage stage = New();
        await GiveRides(stage, Fifth, ("Ulm", 1.10m), ("Ulm", 2.20m), ("Bonn", 5.5m), ("nowhere", 7m));

        PartitionResult result = await Loaded(stage, "city-moods", "2026-01-05");

        result.Counts.ShouldBe(new RowCounts(Read: 5, Loaded: 2, Dropped: 1, Rejected: 0));
        stage.Query<string>("select city from city_mood order by city").ShouldBe(["BONN", "ULM"]);
        stage.Query<long>("select rides from city_mood order by city").ShouldBe([1, 2]);
        stage.Query<decimal>("select fares from city_mood order by city").ShouldBe([5.5m, 3.3m]);
        stage.Query<short>("select mood from city_mood order by city").ShouldBe([(short)Mood.High, (short)Mood.Low]);
        string once = stage.Table("city_mood", "city, rides, fares, mood");
        (await Loaded(stage, "city-moods", "2026-01-05")).Tables[0].Deleted.ShouldBe(2);
        stage.Table("city_mood", "city, rides, fares, mood").ShouldBe(once);
    }

    [Fact]
    public async Task It_waits_for_the_tables_it_reads_and_is_stale_after_them()
    {
        using Stage stage = New();
        (await stage.RunAsync("city-moods", "2026-01-05")).Failure!.What.ShouldContain("it reads the table ride, and partition 2026-01-05 of the pipeline rides");
        await GiveRides(stage, Fifth, ("Ulm", 1m));
        await Loaded(stage, "city-moods", "2026-01-05");
        await GiveRides(stage, Fifth, ("Ulm", 2m));
        (await Entry(stage, "city-moods", "2026-01-05")).State.ShouldBe(PartitionState.Stale);
    }

    [Fact]
    public async Task Rows_stream_into_the_step_and_a_cancelled_run_does_not_wait_for_the_rest_of_them()
    {
        using Stage stage = New();
        await GiveRides(stage, Fifth, [.. Enumerable.Repeat(("Ulm", 1m), 40)]);
        using var cancellation = new CancellationTokenSource();
        stage.OnRowsRead = cancellation.Cancel; // After the first batch of four thousand million rows.
        long started = Stopwatch.GetTimestamp();
        long before = GC.GetTotalMemory(forceFullCollection: true);

        PartitionResult result = await stage.RunAsync("pairings", null, cancellation.Token);

        result.Status.ShouldBe(PartitionStatus.Cancelled);
        Stopwatch.GetElapsedTime(started).ShouldBeLessThan(TimeSpan.FromSeconds(60));
        (GC.GetTotalMemory(forceFullCollection: true) - before).ShouldBeLessThan(50_000_000);
        stage.Query<long>("select pairings from pairing_count").ShouldBeEmpty();
    }

    [Fact]
    public async Task Every_row_of_many_batches_is_counted_once()
    {
        using Stage stage = New();
        await GiveRides(stage, Fifth, [.. Enumerable.Repeat(("Ulm", 1m), 6)]);
        PartitionResult result = await Loaded(stage, "pairings");
        result.Counts.Read.ShouldBe(46_656);
        stage.Query<long>("select pairings from pairing_count").ShouldBe(Enumerable.Repeat(7_776L, 6));
    }

    [Fact]
    public async Task What_is_published_meanwhile_is_not_in_its_rows_and_makes_them_stale()
    {
        using Stage stage = New();
        await GiveRides(stage, Fifth, [.. Enumerable.Repeat(("Ulm", 1m), 6)]);
        stage.OnRowsRead = () => GiveRides(stage, Fifth, ("Ulm", 1m)).GetAwaiter().GetResult();

        await Loaded(stage, "pairings");

        stage.Query<long>("select pairings from pairing_count").ShouldBe(Enumerable.Repeat(7_776L, 6), "one statement sees one moment");
        (await Entry(stage, "pairings", "all")).State.ShouldBe(PartitionState.Stale);
        await stage.BackfillAsync(new BackfillRequest(["pairings"]));
        stage.Query<long>("select pairings from pairing_count").ShouldBe([1]);
    }

    [Theory]
    [InlineData("other columns", FailureKind.Schema, "the columns of its statement are not those of Sighting: Sighting has no column 'number', Sighting has no column 'fare', it lacks id")]
    [InlineData("all columns", FailureKind.Schema, "the columns of its statement are not those of Sighting: Sighting has no column 'day', Sighting has no column 'fare', Sighting has no column 'at'")]
    [InlineData("a write", null, "")] // What it is called, each destination says in its own way.
    public async Task A_statement_that_cannot_be_right_is_told_before_anything_runs(string attempt, FailureKind? kind, string what)
    {
        using Stage stage = New();
        await GiveRides(stage, Fifth, ("Ulm", 1m));
        Feed.Give(new Attempt(attempt));

        PipelineException failure = await Should.ThrowAsync<PipelineException>(() => stage.RunAsync("sightings"));

        failure.Kind.ShouldBe(kind ?? failure.Kind, failure.What);
        failure.What.ShouldStartWith($"the SQL step Look of the pipeline sightings: {what}");
        failure.Next.ShouldStartWith("Nothing was changed.");
        (await stage.Ledger.GetPartitionsAsync("sightings", CancellationToken.None)).ShouldBeEmpty();
        stage.Table("ride", "city").ShouldBe("Ulm");
    }

    [Fact]
    public async Task A_column_of_another_type_is_told_before_anything_runs()
    {
        using Stage stage = New();
        await GiveRides(stage, Fifth, ("Ulm", 1m));
        Feed.Give(new Attempt("other type"));
        PipelineException failure = await Should.ThrowAsync<PipelineException>(() => stage.RunAsync("sightings"));
        failure.Kind.ShouldBe(FailureKind.Schema);
        failure.What.ShouldStartWith("the SQL step Look of the pipeline sightings: column id of its statement has the type ");
        (await stage.Ledger.GetPartitionsAsync("sightings", CancellationToken.None)).ShouldBeEmpty();
    }

    /// <summary>SQLite knows what an expression gives only when it gives it, and the others before.</summary>
    [Fact]
    public async Task An_expression_of_another_type_is_told_with_its_name()
    {
        using Stage stage = New();
        await GiveRides(stage, Fifth, ("Ulm", 1m));
        Feed.Give(new Attempt("computed type"));
        PipelineException failure = stage.Destination.Name == "sqlite"
            ? (await stage.RunAsync("sightings")).Failure.ShouldNotBeNull()
            : await Should.ThrowAsync<PipelineException>(() => stage.RunAsync("sightings"));
        failure.Kind.ShouldBe(FailureKind.Schema);
        failure.What.ShouldStartWith("the SQL step Look of the pipeline sightings: column id of its statement ");
    }

    [Theory]
    [InlineData("null", FailureKind.Row, "column city of its statement is null, and Sighting admits none there")]
    [InlineData("too large", FailureKind.Schema, "column id of Sighting holds 256, which is no byte")]
    public async Task A_value_that_the_row_cannot_hold_fails_the_run_and_is_named(string attempt, FailureKind kind, string what)
    {
        using Stage stage = New();
        await GiveRides(stage, Fifth, ("Ulm", 1m));
        Feed.Give(new Attempt(attempt));
        PipelineException failure = (await stage.RunAsync("sightings")).Failure.ShouldNotBeNull();
        failure.Kind.ShouldBe(kind);
        failure.What.ShouldBe($"the SQL step Look of the pipeline sightings: {what}");
        failure.Next.ShouldStartWith("Nothing was changed.");
        stage.Table("seen", "city").ShouldBe("");

        Feed.Give(new Attempt("right"));
        await Loaded(stage, "sightings");
        stage.Table("seen", "id, city").ShouldBe("0|Ulm");
    }

    [Fact]
    public void The_tables_that_it_reads_are_known_and_its_rows_are_none_of_them()
    {
        using Stage stage = New();
        PipelineDescriptor pipeline = stage.Catalog.Find("city-moods").Descriptor;
        pipeline.Reads.Select(table => table.DisplayName).ShouldBe(["ride"]);
        pipeline.Loads.Select(load => load.Contract.DisplayName).ShouldBe(["city_mood"]);
        pipeline.SqlSteps[0].Contract.Columns.Select(column => column.Name).ShouldBe(["city", "number_of_rides", "fares", "mood"]);
    }

    private static Stage New()
    {
        var stage = new Stage();
        stage.AddPipelines();
        return stage;
    }

    private static async Task GiveRides(Stage stage, DateOnly day, params (string City, decimal Fare)[] rides)
    {
        Feed.Give(rides.Select((ride, i) => new Ride(day, i, ride.City, ride.Fare, new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero))));
        await Loaded(stage, "rides", day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
    }

    private static async Task<PartitionEntry> Entry(Stage stage, string pipeline, string partition) =>
        (await stage.Ledger.FindPartitionAsync(pipeline, partition, CancellationToken.None)).ShouldNotBeNull();

    private static async Task<PartitionResult> Loaded(Stage stage, string pipeline, string? partition = null)
    {
        PartitionResult result = await stage.RunAsync(pipeline, partition);
        result.Failure.ShouldBeNull();
        return result;
    }
}
