using TypedPipelines.Functional.Tests.Harness;
using TypedPipelines.Functional.Tests.Pipelines;
using TypedPipelines.Running;

namespace TypedPipelines.Functional.Tests;

/// <summary>What a merge can be told: versions, columns inserted once, deletions marked and deletions of what is missing.</summary>
public sealed class MergeOptionTests
{
    private static readonly DateTime First = new(2026, 1, 1, 8, 0, 0, DateTimeKind.Utc);
    private static readonly DateTime Later = new(2026, 1, 9, 8, 0, 0, DateTimeKind.Utc);

    [Fact]
    public async Task S25_an_older_row_never_overwrites_a_newer_one_so_that_an_old_day_can_run_again()
    {
        using var stage = new Stage();
        stage.AddPipelines();
        var days = new Dictionary<string, Customer[]>
        {
            ["2026-01-01"] = [new(1, 1, "ann", First), new(2, 1, "bob", First)],
            ["2026-01-02"] = [new(1, 2, "ann lee", First), new(3, 1, "cid", First)],
        };
        Feed.Set<Customer>(day => days[day.Key]);
        await Loaded(stage, "customers", "2026-01-01");
        await Loaded(stage, "customers", "2026-01-02");
        string table = stage.Table("customer", "id, revision, name");
        table.ShouldBe("1|2|ann lee\n2|1|bob\n3|1|cid");

        LoadedTable again = (await Loaded(stage, "customers", "2026-01-01")).Tables[0];

        stage.Table("customer", "id, revision, name").ShouldBe(table);
        (again.Inserted, again.Updated, again.Deleted).ShouldBe((0, 0, 0));
    }

    [Fact]
    public async Task S52_what_an_older_window_deletes_again_the_windows_that_brought_it_back_bring_back_again()
    {
        using var stage = new Stage();
        stage.AddPipelines();
        var days = new Dictionary<string, Customer[]>
        {
            ["2026-01-01"] = [new(1, 1, "ann", First), new(2, 1, "bob", First)],
            ["2026-01-02"] = [new(1, 5, "ann", First, Gone: true), new(2, 2, "bob", First, Gone: true)],
            ["2026-01-03"] = [new(1, 3, "ann again", First), new(2, 3, "bob again", First)],
        };
        Feed.Set<Customer>(day => days[day.Key]);
        await stage.BackfillAsync(new BackfillRequest(["customers"], "2026-01-01", "2026-01-03"));
        string table = stage.Table("customer", "id, revision, name");
        table.ShouldBe("1|3|ann again\n2|3|bob again");

        (await Loaded(stage, "customers", "2026-01-02")).Tables[0].Deleted.ShouldBe(1);

        (await stage.BackfillAsync(new BackfillRequest(["customers"]) { StaleOnly = true })).Select(result => result.Planned.Partition.Key).ShouldBe(["2026-01-03"]);
        stage.Table("customer", "id, revision, name").ShouldBe(table);
    }

    [Fact]
    public async Task S25_the_same_version_with_another_payload_is_an_error_that_names_both_rows()
    {
        using var stage = new Stage();
        stage.AddPipelines();
        Feed.Give(new Customer(1, 3, "ann", First), new Customer(2, 1, null, First));
        await Loaded(stage, "customers", "2026-01-01");
        Feed.Give(new Customer(1, 3, "anne", First), new Customer(2, 2, "bob", First));

        PartitionResult result = await stage.RunAsync("customers", "2026-01-02");

        result.Failure!.Kind.ShouldBe(FailureKind.VersionConflict);
        result.Failure.What.ShouldStartWith("a row for customer has the key id=1 and the version of a row that is there, and is another: id=1, revision=3, name='anne'");
        result.Failure.What.ShouldContain("came, and id=1, revision=3, name='ann'");
        stage.Table("customer", "id, revision, name").ShouldBe("1|3|ann\n2|1|");
    }

    [Fact]
    public async Task S25_or_keeps_or_overwrites_where_the_contract_says_so()
    {
        using var stage = new Stage();
        stage.AddPipelines();
        Feed.Give(new KeptOffer(1, 5, "old"), new KeptOffer(2, 5, null));
        await Loaded(stage, "offers");
        Feed.Give(new KeptOffer(1, 5, "new"), new KeptOffer(2, 4, "older"));
        await Loaded(stage, "offers");
        stage.Table("kept_offer", "id, text").ShouldBe("1|old\n2|");
        stage.Table("overwritten_offer", "id, text").ShouldBe("1|new\n2|");
    }

    [Fact]
    public async Task S25_a_row_without_a_version_fails_the_run()
    {
        using var stage = new Stage();
        stage.AddPipelines();
        Feed.Give(new KeptOffer(1, null, "x"));
        PartitionResult result = await stage.RunAsync("offers");
        result.Failure!.Kind.ShouldBe(FailureKind.Row);
        result.Failure.What.ShouldContain("column revision of kept_offer = null must not be null");
    }

    [Fact]
    public async Task S26_an_insert_only_column_keeps_its_first_value_over_any_number_of_merges()
    {
        using var stage = new Stage();
        stage.AddPipelines();
        Feed.Give(new Customer(1, 1, "ann", First));
        await Loaded(stage, "customers", "2026-01-01");
        Feed.Give(new Customer(1, 2, "anne", Later));
        await Loaded(stage, "customers", "2026-01-02");
        Feed.Give(new Customer(1, 2, "anne", Later.AddDays(1)));
        (await Loaded(stage, "customers", "2026-01-03")).Tables[0].Updated.ShouldBe(0, "a row that differs in it alone has not changed");
        stage.Table("customer", "name, created_at").ShouldStartWith("anne|2026-01-01T08:00:00");
    }

    [Fact]
    public async Task S27_a_marked_row_is_deleted_an_absent_one_is_none_and_one_that_returns_is_there_once()
    {
        using var stage = new Stage();
        stage.AddPipelines();
        Feed.Give(new Customer(1, 1, "ann", First), new Customer(2, 1, "bob", First), new Customer(9, 1, "nobody", First, Gone: true));
        (await Loaded(stage, "customers", "2026-01-01")).Tables[0].Inserted.ShouldBe(2);
        Feed.Give(new Customer(1, 2, "ann", First, Gone: true), new Customer(2, 0, "bob", First, Gone: true));
        (await Loaded(stage, "customers", "2026-01-02")).Tables[0].Deleted.ShouldBe(1, "a deletion older than the row is none");
        stage.Table("customer", "id, name").ShouldBe("2|bob");
        Feed.Give(new Customer(1, 3, "ann", Later));
        await Loaded(stage, "customers", "2026-01-03");
        stage.Table("customer", "id, name").ShouldBe("1|ann\n2|bob");
    }

    [Fact]
    public async Task S28_rows_missing_from_the_batch_are_deleted_in_their_group_only()
    {
        using var stage = new Stage();
        stage.AddPipelines();
        Feed.Give(new Store(1, "north", "a"), new Store(2, "north", "b"), new Store(3, "south", "c"), new Store(4, null, "d"), new Store(5, null, "e"));
        await Loaded(stage, "stores");
        Feed.Give(new Store(1, "north", "a"), new Store(4, null, "d"));

        (await Loaded(stage, "stores")).Tables[0].Deleted.ShouldBe(2);

        stage.Table("store", "id").ShouldBe("1\n3\n4");
    }

    [Fact]
    public async Task S28_an_empty_batch_is_refused_and_too_many_deletions_stop_before_any_change()
    {
        using var stage = new Stage();
        stage.AddPipelines();
        Feed.Give(Enumerable.Range(1, 10).Select(i => new Currency($"C{i:00}", "x")));
        await Loaded(stage, "currencies");
        string table = stage.Table("currency");

        Feed.Give<Currency>();
        PartitionResult empty = await stage.RunAsync("currencies");
        Feed.Give(Enumerable.Range(1, 7).Select(i => new Currency($"C{i:00}", "changed")));
        PartitionResult tooMany = await stage.RunAsync("currencies");

        empty.Failure!.Kind.ShouldBe(FailureKind.DeleteLimit);
        empty.Failure.What.ShouldBe("no row came for currency: the 10 rows that it has in scope, and any that come there, would be deleted because the batch does not have them");
        tooMany.Failure!.What.ShouldStartWith("3 of the 10 rows of currency in scope (30.0");
        stage.Table("currency").ShouldBe(table);

        Feed.Give(Enumerable.Range(1, 8).Select(i => new Currency($"C{i:00}", "changed")));
        LoadedTable loaded = (await Loaded(stage, "currencies")).Tables[0];
        (loaded.Deleted, loaded.Updated).ShouldBe((2, 8));
    }

    [Fact]
    public async Task S28_in_a_window_nothing_outside_it_is_touched_and_an_empty_batch_may_be_allowed()
    {
        using var stage = new Stage();
        stage.AddPipelines();
        DateOnly day = new(2026, 1, 5);
        Feed.Set<Booking>(partition => ((DayPartition)partition).Date == day
            ? [new(1, day, "ann"), new(2, day, "bob")]
            : [new(3, day.AddDays(1), "cid")]);
        await Loaded(stage, "bookings", "2026-01-05");
        await Loaded(stage, "bookings", "2026-01-06");
        Feed.Give<Booking>();
        (await Loaded(stage, "bookings", "2026-01-05")).Tables[0].Deleted.ShouldBe(2);
        stage.Table("booking", "id").ShouldBe("3");
    }

    [Fact]
    public async Task S02_S28_where_missing_rows_are_deleted_by_window_a_row_outside_it_fails_the_run()
    {
        using var stage = new Stage();
        stage.AddPipelines();
        DateOnly day = new(2026, 1, 5);
        Feed.Set<Booking>(_ => [new(1, day, "ann"), new(2, day.AddDays(1), "bob")]);
        PartitionResult refused = await stage.RunAsync("bookings", "2026-01-05");
        refused.Failure!.Kind.ShouldBe(FailureKind.Row);
        refused.Failure.What.ShouldContain("column day of booking = 2026-01-06 lies outside the window of partition 2026-01-05, [2026-01-05, 2026-01-06)");
        refused.Failure.Next.ShouldContain("set OutOfWindow on [DeleteMissing] of Booking");
        stage.Table("booking", "id").ShouldBe("");
    }

    [Fact]
    public async Task S28_a_row_in_quarantine_is_not_missing()
    {
        using var stage = new Stage();
        stage.AddPipelines();
        Feed.Give(Enumerable.Range(1, 10).Select(id => new Tariff(id, 5)));
        await Loaded(stage, "tariffs");
        Feed.Give(Enumerable.Range(1, 9).Select(id => new Tariff(id, id == 3 ? 500 : 6)));

        LoadedTable loaded = (await Loaded(stage, "tariffs")).Tables[0];

        (loaded.Updated, loaded.Deleted).ShouldBe((8, 0));
        stage.Table("tariff").ShouldBe("10|5\n1|6\n2|6\n3|5\n4|6\n5|6\n6|6\n7|6\n8|6\n9|6");

        Feed.Give(Enumerable.Range(1, 9).Select(id => new Tariff(id, 6)));
        (await Loaded(stage, "tariffs")).Tables[0].Deleted.ShouldBe(1);
    }

    private static async Task<PartitionResult> Loaded(Stage stage, string pipeline, string? partition = null)
    {
        PartitionResult result = await stage.RunAsync(pipeline, partition);
        result.Failure.ShouldBeNull();
        return result;
    }
}
