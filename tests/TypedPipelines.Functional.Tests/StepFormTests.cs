using TypedPipelines.Functional.Tests.Harness;
using TypedPipelines.Functional.Tests.Pipelines;
using TypedPipelines.Ledger;
using TypedPipelines.Running;

namespace TypedPipelines.Functional.Tests;

/// <summary>Generated wiring, run: every step form, what they drop, and what they throw.</summary>
public sealed class StepFormTests
{
    private static readonly DateOnly Day = new(2026, 1, 5);

    [Fact]
    public async Task Every_step_form_gives_what_it_should_and_every_row_is_accounted_for()
    {
        using Stage stage = WithProducts();
        Feed.Give(
            new Basket(1, "ann", "a b a", Day),
            new Basket(2, "test", "a", Day),
            new Basket(3, "bob", "", Day),
            new Basket(4, "cid", "b x", Day));

        PartitionResult result = await stage.RunAsync("baskets", "2026-01-05");

        result.Failure.ShouldBeNull();
        stage.Table("basket_line", "basket, line, sku").ShouldBe("1|1|a\n1|2|b\n1|3|a\n4|1|b\n4|2|x");
        stage.Table("daily_sales").ShouldBe("2026-01-05|a|2\n2026-01-05|b|2");
        // Read 4 baskets; dropped: one without items, one test, one line of an unknown product.
        result.Counts.ShouldBe(new RowCounts(Read: 4, Loaded: 7, Dropped: 3, Rejected: 0));
    }

    [Fact]
    public async Task Two_lookups_of_one_row_type_each_have_the_rows_of_the_step_that_is_named()
    {
        using var stage = new Stage();
        stage.AddPipeline<ChangesPipeline>();
        Feed.Give(new PriceQuote(1, 12), new PriceQuote(2, 21), new PriceQuote(3, 5));
        (await stage.RunAsync("changes")).Failure.ShouldBeNull();
        stage.Table("price_change").ShouldBe("1|10|20\n2|20|20\n3|0|20");
    }

    [Fact]
    public async Task A_step_that_throws_is_named_with_its_row_and_nothing_changes()
    {
        using Stage stage = WithProducts();
        Feed.Give(new Basket(1, "ann", "a", Day));
        (await stage.RunAsync("baskets", "2026-01-05")).Failure.ShouldBeNull();
        Feed.Give(new Basket(7, "ann", "b", Day), new Basket(8, "ann", "a throw", Day));

        PartitionResult result = await stage.RunAsync("baskets", "2026-01-05");

        result.Status.ShouldBe(PartitionStatus.Failed);
        result.Failure!.Kind.ShouldBe(FailureKind.Step);
        // The sequence is lazy: it throws while its second row is asked for, after a step behind it ran.
        result.Failure.What.ShouldStartWith("step Split failed at Landing:2 on the row Basket { Id = 8");
        result.Failure.What.ShouldContain("FormatException: cannot split this");
        stage.Table("basket_line", "basket").ShouldBe("1");
        PartitionEntry? entry = await stage.Ledger.FindPartitionAsync("baskets", "2026-01-05", CancellationToken.None);
        entry!.State.ShouldBe(PartitionState.Failed);
        entry.LoadedRunId.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_row_outside_the_window_is_quarantined_where_the_contract_says_so()
    {
        using Stage stage = WithProducts();
        Feed.Give(new Basket(1, "ann", "a", Day), new Basket(2, "ann", "zz zz", Day.AddDays(1)));

        PartitionResult result = await stage.RunAsync("baskets", "2026-01-05");

        result.Failure.ShouldBeNull();
        result.Counts.Rejected.ShouldBe(2);
        stage.Table("basket_line", "basket").ShouldBe("1");
        IReadOnlyList<RejectEntry> rejects = await stage.Ledger.GetRejectsAsync("baskets", null, 10, CancellationToken.None);
        rejects.Select(entry => (entry.Reject.Source, entry.Reject.Origin, entry.Reject.Line, entry.Reject.Column, entry.Reject.Value)).ShouldBe(
        [
            ("basket_line", "Landing", 2, "day", "2026-01-06"),
            ("basket_line", "Landing", 2, "day", "2026-01-06"),
        ]);
    }

    [Fact]
    public async Task A_text_too_long_fails_the_run_and_names_column_value_and_row()
    {
        using Stage stage = WithProducts();
        Feed.Give(new Basket(1, "ann", "a 123456789", Day));

        PartitionResult result = await stage.RunAsync("baskets", "2026-01-05");

        result.Failure!.Kind.ShouldBe(FailureKind.Row);
        result.Failure.What.ShouldBe(
            "Landing:1: column sku of basket_line = '123456789' is 9 long and may be at most 8; the row is day=2026-01-05, basket=1, line=2, sku='123456789'");
    }

    [Fact]
    public async Task More_rows_than_a_batch_go_through_every_stage()
    {
        using Stage stage = WithProducts();
        Feed.Give(Enumerable.Range(1, 10_000).Select(id => new Basket(id, "ann", "a b", Day)));

        PartitionResult result = await stage.RunAsync("baskets", "2026-01-05");

        result.Failure.ShouldBeNull();
        result.Counts.ShouldBe(new RowCounts(10_000, 20_002, 0, 0));
        stage.Table("daily_sales").ShouldBe("2026-01-05|a|10000\n2026-01-05|b|10000");
    }

    [Fact]
    public async Task Rows_given_as_arrays_and_lists_arrive_in_their_order_however_many_become_of_one()
    {
        using var stage = new Stage();
        stage.AddPipeline<StickersPipeline>();
        stage.AddPipeline<DirectStickersPipeline>();
        Feed.Give(Enumerable.Range(1, 3000).Select(id => new Crate(id, id % 5)));

        (await stage.RunAsync("stickers")).Failure.ShouldBeNull();
        PartitionResult result = await stage.RunAsync("direct-stickers");

        result.Failure.ShouldBeNull();
        result.Counts.ShouldBe(new RowCounts(3000, 6000, 0, 0));
        string expected = string.Join('\n', Enumerable.Range(1, 3000).SelectMany(id => Enumerable.Repeat(id, id % 5)).Select((crate, number) => $"{number}|{crate}").Order(StringComparer.Ordinal));
        stage.Table("sticker", "number, crate").ShouldBe(expected);
        stage.Table("direct_sticker", "crate, number").ShouldBe(
            string.Join('\n', Enumerable.Range(1, 3000).SelectMany(id => Enumerable.Range(0, id % 5).Select(number => $"{id}|{number}")).Order(StringComparer.Ordinal)));
    }

    [Fact]
    public async Task The_method_that_is_marked_is_called_and_no_overload_of_it()
    {
        using var stage = new Stage();
        stage.AddPipeline<TaggedPipeline>();
        Feed.Give(new Crate(1, 1));

        (await stage.RunAsync("tagged", "2026-01-05")).Failure.ShouldBeNull();
        stage.Table("tagged").ShouldBe("1|2026-01-05|step");
    }

    [Fact]
    public async Task A_lookup_of_rows_made_in_the_pipeline_waits_for_their_source()
    {
        using var stage = new Stage();
        stage.AddPipeline<CitiesPipeline>();
        Feed.Give(new RawCity("Bern", "CH"), new RawCity("Graz", "AT"));
        Feed.Give(new Country("AT", "Austria"), new Country("CH", "Switzerland"));

        (await stage.RunAsync("cities")).Failure.ShouldBeNull();
        stage.Table("city").ShouldBe("Bern|Switzerland\nGraz|Austria");

        Feed.Give(new Country("AT", "Austria"));
        PartitionResult missing = await stage.RunAsync("cities");
        missing.Failure!.What.ShouldBe("step WithCountry failed at Cities:1 on the row RawCity { Name = Bern, CountryCode = CH }: no Country has the key 'CH'");

        Feed.Give(new Country("AT", "Austria"), new Country("AT", "Ostarrichi"));
        PartitionResult twice = await stage.RunAsync("cities");
        twice.Failure!.Kind.ShouldBe(FailureKind.DuplicateKey);
        twice.Failure.What.ShouldContain("'AT'");
        stage.Table("city").ShouldBe("Bern|Switzerland\nGraz|Austria");
    }

    [Fact]
    public async Task A_cancelled_run_changes_nothing_and_says_so()
    {
        using Stage stage = WithProducts();
        using var cancel = new CancellationTokenSource();
        Feed.Set<Basket>(_ => Cancelling(cancel));

        PartitionResult result = await stage.RunAsync("baskets", "2026-01-05", cancel.Token);

        result.Status.ShouldBe(PartitionStatus.Cancelled);
        stage.Table("basket_line").ShouldBe("");
        (await stage.Ledger.GetRunsAsync("baskets", 1, CancellationToken.None)).Single().Outcome.ShouldBe(RunOutcome.Cancelled);
    }

    private static IEnumerable<Basket> Cancelling(CancellationTokenSource cancel)
    {
        for (int id = 1; id <= 20_000; id++)
        {
            if (id == 9_000)
            {
                cancel.Cancel();
            }

            yield return new Basket(id, "ann", "a", Day);
        }
    }

    private static Stage WithProducts()
    {
        var stage = new Stage();
        stage.AddPipeline<ProductsPipeline>();
        stage.AddPipeline<BasketsPipeline>();
        Feed.Give(new Product("a", "Apple"), new Product("b", "Bread"));
        stage.RunAsync("products").GetAwaiter().GetResult().Failure.ShouldBeNull();
        return stage;
    }
}
