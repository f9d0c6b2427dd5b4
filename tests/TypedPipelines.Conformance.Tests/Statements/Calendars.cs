using TypedPipelines.Destinations;
using TypedPipelines.Ledger;
using TypedPipelines.Running;

namespace TypedPipelines.Conformance.Tests;

/// <summary>Statements 8, 11 and 13: how long windows are, that they tile the time line, and when they may be loaded.</summary>
public sealed class Calendars
{
    private static readonly TestContract Readings = new(
        "readings", LoadStrategy.ReplacePartition, [Col.Value("at", ColumnType.Instant, nullable: false)], partition: "at");

    /// <summary>Clocks put forward and back: by an hour, at midnight, by half an hour; and a day that was left out is no day.</summary>
    [Theory]
    [OnEveryDestination("America/Chicago", "2024-03-10", 23)]
    [OnEveryDestination("America/Chicago", "2024-11-03", 25)]
    [OnEveryDestination("America/Chicago", "2024-07-01", 24)]
    [OnEveryDestination("America/Sao_Paulo", "2018-11-04", 23)]
    [OnEveryDestination("America/Sao_Paulo", "2018-02-17", 25)]
    [OnEveryDestination("Australia/Lord_Howe", "2024-10-06", 23.5)]
    [OnEveryDestination("Asia/Kathmandu", "2024-03-10", 24)]
    public async Task S08_a_day_of_a_zone_holds_exactly_its_hours_and_its_neighbours_the_rest(Destination destination, string zone, string day, double hours)
    {
        await using TestDatabase database = destination.NewDatabase();
        DateOnly middle = DateOnly.ParseExact(day, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        Partition[] days = [.. Enumerable.Range(-1, 3).Select(offset => TestDatabase.Day(middle.AddDays(offset).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), zone))];
        (days[1].End - days[1].Start).TotalHours.ShouldBe(hours);

        // Every half hour of the three days, offered to the day that says it is its own.
        List<DateTime> instants = [];
        for (DateTimeOffset at = days[0].Start; at < days[2].End; at += TimeSpan.FromMinutes(30))
        {
            instants.Add(at.UtcDateTime);
        }

        for (int run = 0; run < 2; run++)
        {
            foreach (Partition each in days)
            {
                object?[][] rows = [.. instants.Where(each.Window.Contains).Select(at => new object?[] { at })];
                (await database.LoadAsync(Readings, each, rows)).Deleted.ShouldBe(run == 0 ? 0 : rows.Length);
            }

            database.Rows(Readings).Select(row => (DateTime)row[0]!).ShouldBe(instants);
        }

        // A window emptied leaves as many gaps as it has half hours.
        (await database.LoadAsync(Readings, days[1])).Deleted.ShouldBe((long)(hours * 2));
        object?[] next = [days[1].End.UtcDateTime];
        (await Should.ThrowAsync<PipelineException>(database.LoadAsync(Readings, days[1], next))).Kind.ShouldBe(FailureKind.Row);
    }

    [Theory, OnEveryDestination]
    public async Task S08_hours_that_the_clock_shows_twice_are_two_windows(Destination destination)
    {
        await using TestDatabase database = destination.NewDatabase();
        Partition[] hours = [.. PartitionScheme.Hourly("2024-11-03", "2024-11-04", "America/Chicago").All()];
        hours.Length.ShouldBe(25);
        foreach (Partition hour in hours)
        {
            (await database.LoadAsync(Readings, hour, [hour.Start.UtcDateTime], [hour.End.UtcDateTime - database.SmallestStep])).Deleted.ShouldBe(0, hour.Key);
        }

        database.Count("readings").ShouldBe(50);
    }

    [Theory, OnEveryDestination]
    public async Task S11_a_month_is_a_calendar_month(Destination destination)
    {
        await using TestDatabase database = destination.NewDatabase();
        PartitionScheme months = PartitionScheme.Monthly("2023-12", "2024-04", "Europe/Berlin");
        foreach (Partition month in months.All())
        {
            await database.LoadAsync(Readings, month, [month.Start.UtcDateTime], [month.End.UtcDateTime - database.SmallestStep]);
        }

        TimeZoneInfo berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
        database.Rows(Readings).Select(row => TimeZoneInfo.ConvertTimeFromUtc((DateTime)row[0]!, berlin).ToString("MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture))
            .ShouldBe(["12-01 00:00", "12-31 23:59", "01-01 00:00", "01-31 23:59", "02-01 00:00", "02-29 23:59", "03-01 00:00", "03-31 23:59"]);
        (await database.LoadAsync(Readings, months.Parse("2024-02"))).Deleted.ShouldBe(2);
        database.Count("readings").ShouldBe(6);
    }

    [Theory, OnEveryDestination]
    public async Task S11_a_month_of_dates_ends_with_its_last_day(Destination destination)
    {
        await using TestDatabase database = destination.NewDatabase();
        var days = new TestContract("days", LoadStrategy.ReplacePartition, [Col.Value("day", ColumnType.Date, nullable: false)], partition: "day");
        PartitionScheme months = PartitionScheme.Monthly("2024-01");
        object?[][] february = [.. Enumerable.Range(1, 29).Select(day => new object?[] { new DateOnly(2024, 2, day) })];
        await database.LoadAsync(days, months.Parse("2024-03"), [new DateOnly(2024, 3, 1)]);
        await database.LoadAsync(days, months.Parse("2024-02"), february);
        (await database.LoadAsync(days, months.Parse("2024-02"), february)).ShouldBe(new LoadedTable("days", 29, 0, 29, 0, 29));
        database.Count("days").ShouldBe(30);
    }

    /// <summary>A quarter with a 29 February and the clock put forward in it; a year with an hour that is there twice.</summary>
    [Theory, OnEveryDestination]
    public async Task S11_a_quarter_and_a_year_hold_the_instants_of_their_calendar(Destination destination)
    {
        await using TestDatabase database = destination.NewDatabase();
        (PartitionScheme Scheme, string Key, string[] Shown)[] cases =
        [
            (PartitionScheme.Quarterly("2023-Q4", "2024-Q4", "Europe/Berlin"), "2024-Q1",
                ["2023-10-01", "2023-12-31", "2024-01-01", "2024-03-31", "2024-04-01", "2024-06-30", "2024-07-01", "2024-09-30"]),
            (PartitionScheme.Yearly("2022", "2025", "America/Havana"), "2024", ["2022-01-01", "2022-12-31", "2023-01-01", "2023-12-31", "2024-01-01", "2024-12-31"]),
        ];
        foreach ((PartitionScheme scheme, string key, string[] shown) in cases)
        {
            var readings = new TestContract(
                "readings_" + scheme.Kind, LoadStrategy.ReplacePartition, [Col.Value("at", ColumnType.Instant, nullable: false)], partition: "at");
            foreach (Partition each in scheme.All().Reverse())
            {
                await database.LoadAsync(readings, each, [each.Start.UtcDateTime], [each.End.UtcDateTime - database.SmallestStep]);
            }

            database.Rows(readings).Select(row => TimeZoneInfo.ConvertTimeFromUtc((DateTime)row[0]!, scheme.Zone).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture))
                .ShouldBe(shown);
            Partition middle = scheme.Parse(key);
            object?[] next = [middle.End.UtcDateTime];
            (await Should.ThrowAsync<PipelineException>(database.LoadAsync(readings, middle, next))).Kind.ShouldBe(FailureKind.Row);
            (await database.LoadAsync(readings, middle)).Deleted.ShouldBe(2);
            database.Count("readings_" + scheme.Kind).ShouldBe(shown.Length - 2);
        }
    }

    [Theory, OnEveryDestination]
    public async Task S11_a_quarter_and_a_year_of_dates_end_with_their_last_days(Destination destination)
    {
        await using TestDatabase database = destination.NewDatabase();
        var days = new TestContract("days", LoadStrategy.ReplacePartition, [Col.Value("day", ColumnType.Date, nullable: false)], partition: "day");
        object?[][] leapYear = [.. Enumerable.Range(0, 366).Select(day => new object?[] { new DateOnly(2024, 1, 1).AddDays(day) })];
        await database.LoadAsync(days, PartitionScheme.Yearly("2024").Parse("2024"), leapYear);
        object?[][] summer = [.. leapYear.Where(row => (DateOnly)row[0]! is { Month: >= 7 and <= 9 })];
        (await database.LoadAsync(days, PartitionScheme.Quarterly("2024-Q1").Parse("2024-Q3"), summer)).ShouldBe(new LoadedTable("days", 92, 0, 92, 0, 92));
        (await database.LoadAsync(days, PartitionScheme.Quarterly("2024-Q1").Parse("2024-Q1"))).Deleted.ShouldBe(91);
        (await database.LoadAsync(days, PartitionScheme.Yearly("2024").Parse("2024"), leapYear)).ShouldBe(new LoadedTable("days", 366, 0, 366, 0, 275));
    }

    [Theory, OnEveryDestination]
    public async Task S11_a_quarter_and_a_year_are_planned_once_they_have_ended(Destination destination)
    {
        await using TestDatabase database = destination.NewDatabase();
        foreach ((PartitionScheme scheme, string key) in new[] { (PartitionScheme.Quarterly("2024-Q3", timeZone: "Asia/Tokyo"), "2024-Q4"), (PartitionScheme.Yearly("2023", timeZone: "Asia/Tokyo"), "2024") })
        {
            using var engine = new Engine(TestPipeline.Of(scheme, Readings, window => [[window.Start.UtcDateTime]], "readings_" + scheme.Kind), database.Destination);
            engine.Time = new DateTimeOffset(2024, 12, 31, 14, 59, 59, TimeSpan.Zero);
            (await engine.RunAsync(await engine.PlanAsync())).ShouldAllBe(result => result.Status == PartitionStatus.Loaded);
            Should.Throw<PipelineException>(() => engine.Planner.PlanOne("readings_" + scheme.Kind, key)).Kind.ShouldBe(FailureKind.Window);
            engine.Time = new DateTimeOffset(2024, 12, 31, 15, 0, 0, TimeSpan.Zero);
            (await engine.PlanAsync()).Where(planned => planned.Runs).ShouldHaveSingleItem().Partition.Key.ShouldBe(key);
        }
    }

    [Theory, OnEveryDestination]
    public async Task S13_a_window_that_has_not_ended_is_refused(Destination destination)
    {
        await using TestDatabase database = destination.NewDatabase();
        using var engine = new Engine(TestPipeline.Of(PartitionScheme.Daily("2024-03-01"), Readings, _ => []), database.Destination);
        engine.Time = new DateTimeOffset(2024, 3, 2, 23, 59, 59, TimeSpan.Zero);
        (await engine.PlanAsync()).Select(planned => planned.Partition.Key).ShouldBe(["2024-03-01"]);
        PipelineException e = Should.Throw<PipelineException>(() => engine.Planner.PlanOne(TestDatabase.Pipeline, "2024-03-02"));
        e.Kind.ShouldBe(FailureKind.Window);
        e.Next.ShouldContain("AllowPartial");
        engine.Time = new DateTimeOffset(2024, 3, 3, 0, 0, 0, TimeSpan.Zero);
        engine.Planner.PlanOne(TestDatabase.Pipeline, "2024-03-02").Partition.Key.ShouldBe("2024-03-02");
    }

    [Theory, OnEveryDestination]
    public async Task S13_a_window_loaded_before_its_end_is_partial_and_planned_again(Destination destination)
    {
        await using TestDatabase database = destination.NewDatabase();
        PartitionScheme scheme = PartitionScheme.Daily("2024-03-01", "2024-03-02", allowPartial: true);
        DateTime arrived = new(2024, 3, 1, 6, 0, 0, DateTimeKind.Utc);
        using var engine = new Engine(TestPipeline.Of(scheme, Readings, _ => [[arrived]]), database.Destination);
        foreach ((int hour, PlanReason reason, PartitionState state) in new[]
        {
            (12, PlanReason.Missing, PartitionState.Partial),
            (18, PlanReason.Partial, PartitionState.Partial),
            (24, PlanReason.Partial, PartitionState.Complete),
        })
        {
            engine.Time = new DateTimeOffset(2024, 3, 1, 0, 0, 0, TimeSpan.Zero).AddHours(hour);
            IReadOnlyList<PlannedPartition> plan = await engine.PlanAsync();
            plan.ShouldHaveSingleItem().Reason.ShouldBe(reason);
            await engine.RunAsync(plan);
            (await database.EntryAsync(scheme.Parse("2024-03-01")))!.State.ShouldBe(state);
            database.Count("readings").ShouldBe(1);
        }

        (await engine.PlanAsync()).ShouldHaveSingleItem().Reason.ShouldBe(PlanReason.UpToDate);
    }
}
