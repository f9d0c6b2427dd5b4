using System.Globalization;
using TypedPipelines.Functional.Tests.Harness;
using TypedPipelines.Functional.Tests.Pipelines;
using TypedPipelines.Running;

namespace TypedPipelines.Functional.Tests;

/// <summary>Generated contracts, run: every column type there and back, keys, and windows of every kind.</summary>
public sealed class ContractTests
{
    [Fact]
    public async Task Every_column_type_comes_back_as_it_was()
    {
        using var stage = new Stage();
        stage.AddPipeline<TypesPipeline>();
        stage.AddPipeline<TypesAgainPipeline>();
        Everything low = new(
            1, false, null, 0, sbyte.MinValue, short.MinValue, 0, 0, long.MinValue, null, float.MinValue, double.Epsilon, null,
            -999999999.999m, null, DateOnly.MinValue, null, TimeOnly.MinValue, null, DateTime.SpecifyKind(DateTime.MinValue, DateTimeKind.Utc), null,
            DateTimeOffset.MinValue, null, Guid.Empty, null, "", null, Colour.Red, null, 0, "x");
        Everything high = new(
            2, true, true, 255, sbyte.MaxValue, short.MaxValue, ushort.MaxValue, uint.MaxValue, long.MaxValue, long.MaxValue, float.MaxValue,
            0.1 + 0.2, double.MaxValue, 999999999.999m, 1234567890123456789012.345678m, DateOnly.MaxValue, DateOnly.MaxValue, TimeOnly.MaxValue,
            TimeOnly.MaxValue, DateTime.SpecifyKind(DateTime.MaxValue, DateTimeKind.Utc), DateTime.SpecifyKind(new DateTime(2026, 1, 1), DateTimeKind.Utc),
            DateTimeOffset.MaxValue, new DateTimeOffset(2026, 7, 1, 0, 0, 0, TimeSpan.Zero).AddTicks(1), Guid.Parse("00112233-4455-6677-8899-aabbccddeeff"),
            Guid.AllBitsSet, "O'Neill \"q\" [b] 100% \n\0 😀 " + new string('ß', 5000), "null", Colour.Green, Colour.Green, 7, "'; drop table tp_run; --");
        Feed.Give(low, high);

        (await stage.RunAsync("types")).Failure.ShouldBeNull();
        (await stage.RunAsync("types-again")).Failure.ShouldBeNull();

        stage.Query<string>("select shown from everything_again order by id").ShouldBe([low.ToString(), high.ToString()]);
    }

    [Fact]
    public async Task An_instant_of_unknown_kind_is_refused()
    {
        using var stage = new Stage();
        stage.AddPipeline<TypesPipeline>();
        Feed.Give(Row() with { Utc = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Unspecified) });

        PartitionResult result = await stage.RunAsync("types");

        result.Failure!.Kind.ShouldBe(FailureKind.Row);
        result.Failure.What.ShouldContain("column utc");
        result.Failure.What.ShouldContain("kind Unspecified");
    }

    [Fact]
    public async Task A_null_that_is_required_is_refused()
    {
        using var stage = new Stage();
        stage.AddPipeline<TypesPipeline>();
        Feed.Give(Row() with { Demanded = null });
        (await stage.RunAsync("types")).Failure!.What.ShouldContain("column demanded of every \"type\"; drop table x = null must not be null");
    }

    [Fact]
    public async Task Texts_that_are_too_short_too_long_or_blank_are_refused_and_an_empty_key_is_a_key()
    {
        using var stage = new Stage();
        stage.AddPipeline<LabelsPipeline>();
        Feed.Give(
            new Label("", "an empty key is a value"),
            new Label("good", "n", "", "ab", "a", [1, 2, 3]),
            new Label("1", ""),
            new Label("2", " \t"),
            new Label("3", "n", Short: "a"),
            new Label("4", "n", Text: ""),
            new Label("5", "n", Text: "12345"),
            new Label("6", "n", Bytes: [1]),
            new Label("7", "n", Bytes: [1, 2, 3, 4]));

        PartitionResult result = await stage.RunAsync("labels");

        result.Failure.ShouldBeNull();
        result.Counts.ShouldBe(new Ledger.RowCounts(9, 2, 0, 7));
        stage.Query<string>("select code from label order by code").ShouldBe(["", "good"]);
        stage.Query<string>("select column_name || ' ' || reason from tp_reject order by line").ShouldBe(
        [
            "name must not be empty or white space",
            "name must not be empty or white space",
            "short is 1 long and must be at least 2",
            "text is 0 long and must be at least 1",
            "text is 5 long and may be at most 4",
            "bytes is 1 long and must be at least 2",
            "bytes is 4 long and may be at most 3",
        ]);
    }

    [Fact]
    public async Task A_decimal_that_does_not_fit_is_refused_and_never_rounded()
    {
        using var stage = new Stage();
        stage.AddPipeline<TypesPipeline>();
        Feed.Give(Row() with { Money = 1.2345m });
        (await stage.RunAsync("types")).Failure!.What.ShouldContain("column money");
    }

    [Fact]
    public async Task S14_S16_Of_rows_with_one_key_the_latest_is_kept_whatever_their_order_and_null_is_a_key()
    {
        DateTimeOffset noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
        Event[] rows =
        [
            new(null, 1, noon, 1, "early"),
            new(null, 1, noon.AddMinutes(1), 0, "late"),
            new("eu", 1, noon, 1, "first"),
            new("eu", 1, noon, 2, "second"),
            new("eu", 2, noon, 1, null),
            new("eu", 2, noon, 1, "not null"),
        ];
        foreach (IEnumerable<Event> order in new[] { rows, rows.Reverse(), rows.OrderBy(row => row.Payload, StringComparer.Ordinal) })
        {
            using var stage = new Stage();
            stage.AddPipeline<EventsPipeline>();
            Feed.Give(order);
            for (int run = 0; run < 2; run++)
            {
                PartitionResult result = await stage.RunAsync("events");
                result.Failure.ShouldBeNull();
                result.Counts.ShouldBe(new Ledger.RowCounts(6, 3, 3, 0));
                result.Tables.Single().Inserted.ShouldBe(run == 0 ? 3 : 0);
                result.Tables.Single().Updated.ShouldBe(0);
            }

            stage.Table("event", "region, id, payload").ShouldBe("eu|1|second\neu|2|not null\n|1|late");
        }
    }

    [Fact]
    public async Task S02_S03_A_row_outside_the_window_fails_the_load_before_anything_changes()
    {
        using var stage = new Stage();
        stage.AddPipeline<PaymentsPipeline>();
        DateOnly day = new(2026, 1, 5);
        Feed.Give(new Payment(day, 1));
        (await stage.RunAsync("payments", "2026-01-05")).Failure.ShouldBeNull();
        foreach (DateOnly outside in new[] { day.AddDays(-1), day.AddDays(1) })
        {
            Feed.Give(new Payment(day, 2), new Payment(outside, 3));
            PartitionResult result = await stage.RunAsync("payments", "2026-01-05");
            result.Failure!.Kind.ShouldBe(FailureKind.Row);
            result.Failure.What.ShouldBe(
                $"All:2: column day of payment = {outside:yyyy-MM-dd} lies outside the window of partition 2026-01-05, [2026-01-05, 2026-01-06); the row is day={outside:yyyy-MM-dd}, number=3");
            stage.Table("payment").ShouldBe("2026-01-05|1");
        }
    }

    [Fact]
    public async Task S05_Null_in_the_partition_column_fails_the_load()
    {
        using var stage = new Stage();
        stage.AddPipeline<PaymentsPipeline>();
        Feed.Give(new Payment(null, 1));
        PartitionResult result = await stage.RunAsync("payments", "2026-01-05");
        result.Failure!.What.ShouldBe("All:1: column day of payment = null says which window the row belongs to and must not be null; the row is day=null, number=1");
        stage.Table("payment").ShouldBe("");
    }

    [Fact]
    public async Task S01_An_empty_batch_empties_the_window_and_the_ledger_calls_it_complete()
    {
        using var stage = new Stage();
        stage.AddPipeline<PaymentsPipeline>();
        Feed.Set<Payment>(day => [new Payment(((DayPartition)day).Date, 1)]);
        (await stage.RunAsync("payments", "2026-01-05")).Failure.ShouldBeNull();
        (await stage.RunAsync("payments", "2026-01-06")).Failure.ShouldBeNull();
        Feed.Give<Payment>([]);
        PartitionResult result = await stage.RunAsync("payments", "2026-01-05");
        result.Failure.ShouldBeNull();
        stage.Table("payment").ShouldBe("2026-01-06|1");
        (await stage.Ledger.FindPartitionAsync("payments", "2026-01-05", CancellationToken.None))!.State.ShouldBe(Ledger.PartitionState.Complete);
    }

    [Fact]
    public async Task S14_S15_S16_S17_S23_A_merge_compares_keys_column_by_column_and_refuses_null_and_doubles()
    {
        using var stage = new Stage();
        stage.AddPipeline<AccountsPipeline>();
        Feed.Give(new Account("a", 10, 1), new Account("b", 20, 2), new Account("a", 20, 3), new Account("b", 10, null));
        (await stage.RunAsync("accounts")).Tables.Single().Inserted.ShouldBe(4);

        Feed.Give(new Account("a", 10, 7), new Account("b", 20, null), new Account("b", 10, null));
        LoadedTable changed = (await stage.RunAsync("accounts")).Tables.Single();
        (changed.Inserted, changed.Updated, changed.Deleted).ShouldBe((0, 2, 0));
        LoadedTable same = (await stage.RunAsync("accounts")).Tables.Single();
        (same.Inserted, same.Updated, same.Deleted).ShouldBe((0, 0, 0));
        stage.Table("account").ShouldBe("a|10|7\na|20|3\nb|10|\nb|20|");

        Feed.Give(new Account("a", 10, 8), new Account("c", 1, 1), new Account("a", 10, 9));
        PartitionResult twice = await stage.RunAsync("accounts");
        twice.Failure!.Kind.ShouldBe(FailureKind.DuplicateKey);
        twice.Failure.What.ShouldContain("name='a', number=10, balance=8");
        twice.Failure.What.ShouldContain("name='a', number=10, balance=9");

        Feed.Give(new Account("d", 1, 1), new Account("d", 1, 1));
        (await stage.RunAsync("accounts")).Failure!.Kind.ShouldBe(FailureKind.DuplicateKey, "identical rows are duplicates too");

        Feed.Give(new Account(null!, 1, 1));
        (await stage.RunAsync("accounts")).Failure!.What.ShouldContain("column name of account = null belongs to the key and must not be null");
        stage.Table("account").ShouldBe("a|10|7\na|20|3\nb|10|\nb|20|");
    }

    [Fact]
    public async Task Hours_are_replaced_hour_by_hour_and_rows_of_other_hours_dropped()
    {
        using var stage = new Stage();
        stage.AddPipeline<ReadingsPipeline>();
        DateTimeOffset seven = new(2026, 1, 2, 7, 0, 0, TimeSpan.Zero);
        Feed.Give(new Reading(seven, 1), new Reading(seven.AddHours(1).AddTicks(-1), 2), new Reading(seven.AddHours(1), 3));

        foreach (string hour in new[] { "2026-01-02T07:00Z", "2026-01-02T08:00Z", "2026-01-02T07:00Z" })
        {
            PartitionResult result = await stage.RunAsync("readings", hour);
            result.Failure.ShouldBeNull();
            result.Counts.Read.ShouldBe(result.Counts.Loaded + result.Counts.Dropped);
        }

        stage.Table("reading").ShouldBe("2026-01-02T07:00:00.0000000Z|1\n2026-01-02T07:59:59.9999999Z|2\n2026-01-02T08:00:00.0000000Z|3");

        Feed.Give(new Reading(seven, double.NaN));
        PartitionResult nan = await stage.RunAsync("readings", "2026-01-02T07:00Z");
        nan.Failure!.What.ShouldContain("NaN must lie between 0 and 100");
    }

    [Theory]
    [InlineData("fi-FI")]
    [InlineData("ar-SA")]
    [InlineData("th-TH")]
    public async Task S09_The_culture_changes_nothing_that_is_loaded(string culture)
    {
        using var stage = new Stage();
        stage.AddPipeline<TypesPipeline>();
        Feed.Give(Row() with { Money = -1.5m, Precise = -0.25, Day = new DateOnly(2026, 2, 3) });
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo(culture);
            (await stage.RunAsync("types")).Failure.ShouldBeNull();
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }

        stage.Query<string>("select printf('%s|%s|%s', money, precise, day) from \"every \"\"type\"\"; drop table x\"").ShouldBe(["-1.5|-0.25|2026-02-03"]);
    }

    private static Everything Row() => new(
        1, false, null, 0, 0, 0, 0, 0, 0, null, 0, 0, null, 0, null, new DateOnly(2026, 1, 1), null, default, null, DateTime.UnixEpoch, null,
        DateTimeOffset.UnixEpoch, null, Guid.Empty, null, "", null, Colour.Red, null, 0, "");

    [Fact]
    public async Task What_is_required_is_loaded_whatever_its_type_admits_and_null_fails_the_run()
    {
        using var stage = new Stage();
        stage.AddPipelines();
        Feed.Give(new Parcel(1, "fragile", [1, 2], 5));
        (await stage.RunAsync("parcels")).Failure.ShouldBeNull();
        stage.Query<string>("select label from parcel").ShouldBe(["fragile"]);
        Feed.Give(new Parcel(2, null, [1], 5));
        (await stage.RunAsync("parcels")).Failure!.What.ShouldContain("column label of parcel = null must not be null");
    }

    [Fact]
    public async Task A_check_that_throws_fails_the_run_and_names_its_row()
    {
        using var stage = new Stage();
        stage.AddPipelines();
        Feed.Give(new Parcel(1, "a", [], 1), new Parcel(2, "b", [], 1, "boom"));
        PipelineException failure = (await stage.RunAsync("parcels")).Failure!;
        failure.Kind.ShouldBe(FailureKind.Step);
        failure.What.ShouldStartWith("All:2: a check of parcel threw InvalidOperationException: no idea; the row is id=2, label='b'");
    }
}
