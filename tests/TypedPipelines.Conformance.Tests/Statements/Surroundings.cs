using System.Globalization;

namespace TypedPipelines.Conformance.Tests;

/// <summary>Statements 9 and 10: machine, culture and kinds of time change nothing.</summary>
[Collection(nameof(MachineWide))]
public sealed class Surroundings
{
    private static readonly Column[] Columns =
    [
        Col.Key("k", ColumnType.String),
        Col.Value("at", ColumnType.Instant, nullable: false),
        Col.Value("day", ColumnType.Date),
        Col.Value("time", ColumnType.Time),
        Col.Decimal("price", 20, 2, nullable: true),
        Col.Value("x", ColumnType.Double),
        Col.Value("yes", ColumnType.Boolean),
    ];

    private static readonly TestContract Table = new("o", LoadStrategy.ReplacePartition, Columns, partition: "at");

    private static readonly string[] Cultures = ["", "tr-TR", "fi-FI", "de-CH", "ar-SA", "fa-IR", "th-TH", "sv-SE"];

    internal static string[] ForeignCultures => Cultures[1..];

    internal static string[] ForeignZones { get; } = ["Asia/Kathmandu", "America/St_Johns", "Pacific/Kiritimati", "America/Sao_Paulo"];

    [Theory, OnEveryDestination(From = nameof(ForeignCultures))]
    public async Task S09_a_culture_changes_nothing_that_is_loaded(Destination destination, string culture)
    {
        string plain = await LoadAsync(destination, CultureInfo.InvariantCulture);
        (await LoadAsync(destination, CultureInfo.GetCultureInfo(culture))).ShouldBe(plain);
    }

    [Theory, OnEveryDestination(From = nameof(ForeignZones))]
    public async Task S09_a_machines_time_zone_changes_nothing_that_is_loaded(Destination destination, string zone)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "sets the machine's time zone by the environment variable TZ");
        string plain = await LoadAsync(destination, CultureInfo.InvariantCulture);
        string? before = Environment.GetEnvironmentVariable("TZ");
        try
        {
            SetZone(zone);
            TimeZoneInfo.Local.HasSameRules(TimeZoneInfo.Utc).ShouldBeFalse();
            (await LoadAsync(destination, CultureInfo.InvariantCulture)).ShouldBe(plain);
        }
        finally
        {
            SetZone(before);
        }
    }

    [Theory]
    [OnEveryDestination(DateTimeKind.Local)]
    [OnEveryDestination(DateTimeKind.Unspecified)]
    public async Task S10_a_local_or_unspecified_time_never_arrives(Destination destination, DateTimeKind kind)
    {
        await using TestDatabase database = destination.NewDatabase();
        object?[] row = ["a", new DateTime(2024, 3, 10, 12, 0, 0, kind), null, null, null, null, null];
        PipelineException e = await Should.ThrowAsync<PipelineException>(database.LoadAsync(Table, TestDatabase.Day("2024-03-10"), row));
        e.Kind.ShouldBe(FailureKind.Row);
        e.What.ShouldContain($"is a DateTime of kind {kind}");
        database.Count("o").ShouldBe(0);
    }

    [Theory, OnEveryDestination]
    public async Task S10_utc_comes_back_as_utc_and_an_offset_as_the_instant_it_means(Destination destination)
    {
        await using TestDatabase database = destination.NewDatabase();
        var table = new TestContract("t", LoadStrategy.Merge, [Col.Key("id"), Col.Value("at", ColumnType.Instant)]);
        DateTime exact = new DateTime(2024, 3, 10, 1, 2, 3, DateTimeKind.Utc) + database.SmallestStep;
        await database.LoadAsync(table, null, [1L, exact], [2L, new DateTimeOffset(2024, 1, 1, 1, 0, 0, TimeSpan.FromHours(2))]);
        DateTime meant = new(2023, 12, 31, 23, 0, 0, DateTimeKind.Utc);
        database.Rows(table).Select(row => (DateTime)row[1]!).ShouldBe([exact, meant]);
        await using Destinations.IPartitionSession session = await database.BeginAsync();
        List<object?[]> read = await TestDatabase.ReadAsync(session, table);
        read.OrderBy(row => row[0]).Select(row => (DateTime)row[1]!).ShouldBe([exact, meant]);
        read.ShouldAllBe(row => ((DateTime)row[1]!).Kind == DateTimeKind.Utc);
    }

    /// <summary>All that a table and the reader of it say, after two loads in the culture.</summary>
    private static async Task<string> LoadAsync(Destination destination, CultureInfo culture)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = culture;
        try
        {
            await using TestDatabase database = destination.NewDatabase();
            // In Chicago the clock is put forward on that day: it is 23 hours long.
            Partition day = TestDatabase.Day("2024-03-10", "America/Chicago");
            object?[][] rows =
            [
                ["I", day.Start.UtcDateTime, new DateOnly(2024, 2, 1), new TimeOnly(13, 2, 3), -1234.5m, 0.1, true],
                ["i", day.End.UtcDateTime - database.SmallestStep, new DateOnly(2023, 12, 31), new TimeOnly(0, 0, 0), 1000000m, -1e-300, false],
                ["\u0131", day.Start.UtcDateTime, null, null, null, null, null],
            ];
            for (int run = 0; run < 2; run++)
            {
                LoadedTable loaded = await database.LoadAsync(Table, day, rows);
                (loaded.Inserted, loaded.Deleted).ShouldBe((3, run == 0 ? 0 : 3));
            }

            await using Destinations.IPartitionSession session = await database.BeginAsync();
            List<object?[]> read = await TestDatabase.ReadAsync(session, Table, day);
            read.Sort(RowOrder.Instance);
            return string.Join('\n', database.Lines(Table).Concat(read.Select(RowText.Of)));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static void SetZone(string? zone)
    {
        Environment.SetEnvironmentVariable("TZ", zone);
        TimeZoneInfo.ClearCachedData();
    }
}

/// <summary>Tests that change what all tests of the process share run after the others, one at a time.</summary>
[CollectionDefinition(nameof(MachineWide), DisableParallelization = true)]
public sealed class MachineWide;
