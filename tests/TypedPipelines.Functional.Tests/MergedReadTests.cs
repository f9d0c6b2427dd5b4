using TypedPipelines.Functional.Tests.Harness;
using TypedPipelines.Functional.Tests.Pipelines;
using TypedPipelines.Ledger;
using TypedPipelines.Running;

namespace TypedPipelines.Functional.Tests;

/// <summary>A merge changes rows that earlier windows brought; what was made of them by their times is then made again, and nothing else is.</summary>
public sealed class MergedReadTests
{
    private static readonly string[] Readers = ["consignment-days", "consignment-sights", "consignment-trends", "ride-consignments"];

    [Fact]
    public async Task S52_a_row_that_a_merge_moves_to_another_day_makes_stale_what_was_made_of_the_day_it_was_in()
    {
        using Stage stage = await LoadedAsync();

        await GiveAsync(stage, 9, new Consignment(2, Day(9), "Ulm", false));

        (await StaleAsync(stage)).ShouldBe(
            [
                "consignment-days 02", "consignment-days 09", "consignment-sights 09", "consignment-sights 10", "consignment-trends 03", "consignment-trends 04",
                "consignment-trends 09", "consignment-trends 10", "ride-consignments 09",
            ]);
        (await stage.Ledger.GetPartitionsAsync("consignment-days", CancellationToken.None)).Single(entry => entry.Partition == "2026-01-02").Error
            .ShouldBe("partition 2026-01-09 of consignments changed rows of consignment that it reads");
        await stage.BackfillAsync(new BackfillRequest([.. Readers]));
        stage.Query<long>("select consignments from consignment_day order by day").ShouldBe([1, 0, 1, 1, 1, 1, 1, 1, 2, 1]);
        (await StaleAsync(stage)).ShouldBeEmpty();
    }

    [Fact]
    public async Task S52_a_row_that_changes_or_is_deleted_makes_stale_what_was_made_of_its_day()
    {
        using Stage stage = await LoadedAsync();

        await GiveAsync(stage, 9, new Consignment(3, Day(3), "nowhere", false), new Consignment(5, Day(5), "Ulm", true), new Consignment(6, Day(6), "Ulm", false));

        (await StaleAsync(stage)).Where(each => each.StartsWith("consignment-days", StringComparison.Ordinal))
            .ShouldBe(["consignment-days 03", "consignment-days 05", "consignment-days 09"], "the sixth is as it was");
        await stage.BackfillAsync(new BackfillRequest(["consignment-days"]));
        stage.Query<long>("select consignments from consignment_day order by day").ShouldBe([1, 1, 0, 1, 0, 1, 1, 1, 1, 1]);
    }

    [Fact]
    public async Task S52_a_row_that_comes_late_makes_stale_what_was_made_of_its_day()
    {
        using Stage stage = await LoadedAsync();

        await GiveAsync(stage, 9, new Consignment(20, Day(4), "Ulm", false, Seen: new DateTimeOffset(2026, 1, 6, 23, 30, 0, TimeSpan.Zero)));

        (await StaleAsync(stage)).ShouldBe(
            [
                "consignment-days 04", "consignment-days 09", "consignment-sights 07", "consignment-sights 09", "consignment-sights 10", "consignment-trends 04",
                "consignment-trends 05", "consignment-trends 06", "consignment-trends 09", "consignment-trends 10", "ride-consignments 09",
            ],
            "half past eleven of the sixth is the seventh in Berlin");
    }

    [Fact]
    public async Task S52_a_row_that_its_batch_no_longer_has_makes_stale_what_was_made_of_its_day()
    {
        using var stage = new Stage();
        stage.AddPipeline<StoredPipeline>().AddPipeline<StoredDaysPipeline>();
        Feed.Set<Stored>(day => [new Stored(Number(day), "a", DateOnly.FromDateTime(day.Start.DateTime))]);
        foreach (int day in (int[])[1, 2, 3])
        {
            await LoadAsync(stage, "stored", day);
        }

        Feed.Give(new Stored(1, "b", Day(1)), new Stored(2, "b", Day(2)), new Stored(3, "b", Day(3)));
        await LoadAsync(stage, "stored", 3);
        await stage.BackfillAsync(new BackfillRequest(["stored-days"], "2026-01-01", "2026-01-03"));
        stage.Query<long>("select items from stored_day order by day").ShouldBe([1, 1, 1]);

        Feed.Give(new Stored(1, "b", Day(1)), new Stored(3, "b", Day(3)));
        await LoadAsync(stage, "stored", 3);

        (await StaleAsync(stage, "stored-days")).ShouldBe(["stored-days 02", "stored-days 03"]);
        await stage.BackfillAsync(new BackfillRequest(["stored-days"]));
        stage.Query<long>("select items from stored_day order by day").ShouldBe([1, 0, 1]);
    }

    [Fact]
    public async Task S52_a_merge_that_changes_rows_of_its_own_window_alone_makes_stale_that_one_alone()
    {
        using Stage stage = await LoadedAsync();

        await GiveAsync(stage, 4, new Consignment(4, Day(4), "Bonn", false));

        (await StaleAsync(stage)).ShouldBe(
            ["consignment-days 04", "consignment-sights 04", "consignment-sights 05", "consignment-trends 04", "consignment-trends 05", "consignment-trends 06", "ride-consignments 04"],
            "the fourth of UTC is the fourth and the fifth in Berlin");
    }

    [Fact]
    public async Task S52_a_row_whose_key_is_null_is_found_where_it_was()
    {
        using var stage = new Stage();
        stage.AddPipeline<LoansPipeline>().AddPipeline<LoanDaysPipeline>();
        Feed.Set<Loan>(day => [new Loan(Number(day), null, DateOnly.FromDateTime(day.Start.DateTime), "Ada")]);
        await stage.BackfillAsync(new BackfillRequest(["loans"], "2026-01-01", "2026-01-04"));
        await stage.BackfillAsync(new BackfillRequest(["loan-days"], "2026-01-01", "2026-01-04"));

        Feed.Give(new Loan(1, null, Day(4), "Ada"), new Loan(2, null, Day(2), "Ada"), new Loan(9, null, Day(3), "Eva"));
        await LoadAsync(stage, "loans", 4);

        (await StaleAsync(stage, "loan-days")).ShouldBe(["loan-days 01", "loan-days 03", "loan-days 04"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task S52_what_a_merge_changes_while_a_window_is_being_made_of_it_makes_that_one_stale(bool again)
    {
        using Stage stage = await LoadedAsync();
        if (!again)
        {
            await GiveAsync(stage, 11, new Consignment(11, Day(11), "Ulm", false));
        }

        int made = again ? 4 : 11;
        stage.OnRowsRead = () => GiveAsync(stage, 9, new Consignment(made, Day(9), "Ulm", false)).GetAwaiter().GetResult();
        PartitionResult result = await stage.RunAsync("consignment-days", $"2026-01-{made:00}");
        result.Status.ShouldBe(PartitionStatus.Loaded);

        (await StaleAsync(stage, "consignment-days")).ShouldContain($"consignment-days {made:00}");
        await stage.BackfillAsync(new BackfillRequest(["consignment-days"]));
        stage.Query<long>($"select consignments from consignment_day where day = '2026-01-{made:00}'").ShouldBe([0]);
    }

    [Fact]
    public async Task S52_a_row_that_holds_from_one_day_to_another_makes_stale_what_was_made_of_all_hours_between()
    {
        using var stage = new Stage();
        stage.AddPipeline<BargainsPipeline>().AddPipeline<BargainHoursPipeline>();
        Feed.Set<Bargain>(hour => hour.Key == "2026-01-01T00:00Z" ? [new Bargain(1, Day(1), Day(1))] : []);
        await stage.BackfillAsync(new BackfillRequest(["bargains"], "2026-01-01T00:00Z", "2026-01-03T23:00Z"));
        await stage.BackfillAsync(new BackfillRequest(["bargain-hours"], "2026-01-01T00:00Z", "2026-01-03T23:00Z"));

        Feed.Give(new Bargain(1, Day(2), Day(2)), new Bargain(2, Day(1), Day(3)));
        (await stage.RunAsync("bargains", "2026-01-01T05:00Z")).Failure?.Message.ShouldBeNull();
        await stage.BackfillAsync(new BackfillRequest(["bargain-hours"], "2026-01-01T00:00Z", "2026-01-03T23:00Z"));

        stage.Query<long>("select bargains from bargain_hour order by hour").ShouldBe([.. Enumerable.Repeat(1L, 24), .. Enumerable.Repeat(2L, 24), .. Enumerable.Repeat(1L, 24)]);
    }

    [Fact]
    public async Task S52_a_row_dated_before_the_first_window_makes_stale_all_that_looks_back_so_far()
    {
        using var stage = new Stage();
        stage.AddPipeline<BargainsPipeline>().AddPipeline<BargainTotalsPipeline>();
        Feed.Set<Bargain>(hour => hour.Key == "2026-01-01T00:00Z" ? [new Bargain(1, Day(1), Day(1))] : []);
        await stage.BackfillAsync(new BackfillRequest(["bargains"], "2026-01-01T00:00Z", "2026-01-03T23:00Z"));
        await stage.BackfillAsync(new BackfillRequest(["bargain-totals"], "2026-01-01", "2026-01-03"));

        Feed.Give(new Bargain(2, new DateOnly(2025, 12, 20), Day(1)));
        (await stage.RunAsync("bargains", "2026-01-03T05:00Z")).Failure?.Message.ShouldBeNull();

        (await StaleAsync(stage, "bargain-totals")).ShouldBe(["bargain-totals 01", "bargain-totals 02", "bargain-totals 03"]);
    }

    [Fact]
    public async Task S52_a_row_of_a_run_that_comes_late_or_is_dated_anew_makes_stale_what_was_made_of_its_day()
    {
        using var stage = new Stage();
        stage.AddPipeline<BirdSightingsPipeline>().AddPipeline<BirdSightingDaysPipeline>();
        Feed.Set<BirdSighting>(day => [new BirdSighting("owl", DateOnly.FromDateTime(day.Start.DateTime))]);
        await stage.BackfillAsync(new BackfillRequest(["bird-sightings"], "2026-01-01", "2026-01-06"));
        await stage.BackfillAsync(new BackfillRequest(["bird-sighting-days"], "2026-01-01", "2026-01-06"));

        Feed.Give(new BirdSighting("owl", Day(6)), new BirdSighting("rook", Day(2)));
        await LoadAsync(stage, "bird-sightings", 6);
        (await StaleAsync(stage, "bird-sighting-days")).ShouldBe(["bird-sighting-days 02", "bird-sighting-days 06"], "the rook came late");
        await stage.BackfillAsync(new BackfillRequest(["bird-sighting-days"]));
        stage.Query<long>("select birds from bird_sighting_day order by day").ShouldBe([1, 2, 1, 1, 1, 1]);

        Feed.Give(new BirdSighting("owl", Day(6)), new BirdSighting("rook", Day(3)));
        await LoadAsync(stage, "bird-sightings", 6);
        (await StaleAsync(stage, "bird-sighting-days")).ShouldBe(["bird-sighting-days 02", "bird-sighting-days 03", "bird-sighting-days 06"], "the rook is no longer of the second");
        await stage.BackfillAsync(new BackfillRequest(["bird-sighting-days"]));
        stage.Query<long>("select birds from bird_sighting_day order by day").ShouldBe([1, 1, 2, 1, 1, 1]);
    }

    [Fact]
    public async Task S52_a_row_of_a_run_that_comes_late_while_its_day_is_being_made_makes_that_one_stale()
    {
        using var stage = new Stage();
        stage.AddPipeline<BirdSightingsPipeline>().AddPipeline<BirdSightingDaysPipeline>();
        Feed.Set<BirdSighting>(day => [new BirdSighting("owl", DateOnly.FromDateTime(day.Start.DateTime))]);
        await stage.BackfillAsync(new BackfillRequest(["bird-sightings"], "2026-01-01", "2026-01-04"));

        Feed.Give(new BirdSighting("rook", Day(2)));
        stage.OnRowsRead = () => LoadAsync(stage, "bird-sightings", 4).GetAwaiter().GetResult();
        (await stage.RunAsync("bird-sighting-days", "2026-01-02")).Status.ShouldBe(PartitionStatus.Loaded);

        (await StaleAsync(stage, "bird-sighting-days")).ShouldBe(["bird-sighting-days 02"]);
    }

    [Fact]
    public async Task S52_a_row_that_is_appended_late_makes_stale_what_was_made_of_its_day()
    {
        using var stage = new Stage();
        stage.AddPipeline<DoorKnocksPipeline>().AddPipeline<DoorKnockDaysPipeline>();
        Feed.Set<DoorKnock>(day => [new DoorKnock(1, DateOnly.FromDateTime(day.Start.DateTime))]);
        await stage.BackfillAsync(new BackfillRequest(["knocks"], "2026-01-01", "2026-01-05"));
        await stage.BackfillAsync(new BackfillRequest(["knock-days"], "2026-01-01", "2026-01-05"));

        Feed.Give(new DoorKnock(2, Day(6)), new DoorKnock(3, Day(2)), new DoorKnock(4, Day(2)));
        await LoadAsync(stage, "knocks", 6);

        (await StaleAsync(stage, "knock-days")).ShouldBe(["knock-days 02"]);
        await stage.BackfillAsync(new BackfillRequest(["knock-days"], "2026-01-01", "2026-01-05"));
        stage.Query<long>("select doors from door_knock_day order by day").ShouldBe([1, 3, 1, 1, 1]);
    }

    /// <summary>Ten days with a consignment each, and all that is made of them.</summary>
    private static async Task<Stage> LoadedAsync()
    {
        var stage = new Stage();
        stage.AddPipeline<RidesPipeline>().AddPipeline<ConsignmentsPipeline>().AddPipeline<ConsignmentDaysPipeline>().AddPipeline<ConsignmentSightsPipeline>()
            .AddPipeline<ConsignmentTrendsPipeline>().AddPipeline<RideConsignmentsPipeline>();
        Feed.Set<Consignment>(day => [new Consignment(Number(day), DateOnly.FromDateTime(day.Start.DateTime), "Ulm", false)]);
        Feed.Set<Ride>(day => [new Ride(DateOnly.FromDateTime(day.Start.DateTime), Number(day), "Ulm", 1m, day.Start)]);
        foreach (string pipeline in (string[])["consignments", "rides", .. Readers])
        {
            (await stage.BackfillAsync(new BackfillRequest([pipeline], pipeline == "consignment-trends" ? "2026-01-03" : "2026-01-01", "2026-01-10")))
                .ShouldAllBe(result => result.Status == PartitionStatus.Loaded);
        }

        return stage;
    }

    private static DateOnly Day(int day) => new(2026, 1, day);

    private static int Number(Partition day) => day.Start.Day;

    private static Task GiveAsync(Stage stage, int day, params Consignment[] consignments)
    {
        Feed.Give(consignments);
        return LoadAsync(stage, "consignments", day);
    }

    private static async Task LoadAsync(Stage stage, string pipeline, int day)
    {
        PartitionResult result = await stage.RunAsync(pipeline, $"2026-01-{day:00}");
        result.Failure?.Message.ShouldBeNull();
    }

    private static async Task<string[]> StaleAsync(Stage stage, params string[] pipelines)
    {
        var stale = new List<string>();
        foreach (string pipeline in pipelines.Length == 0 ? Readers : pipelines)
        {
            stale.AddRange((await stage.Ledger.GetPartitionsAsync(pipeline, CancellationToken.None))
                .Where(entry => entry.State == PartitionState.Stale)
                .Select(entry => $"{pipeline} {entry.Partition[^2..]}")
                .Order(StringComparer.Ordinal));
        }

        return [.. stale];
    }
}
