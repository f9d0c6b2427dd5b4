using Microsoft.Extensions.DependencyInjection;
using TypedPipelines.Running;
using TypedPipelines.Testing.Tests.Pipelines;

namespace TypedPipelines.Testing.Tests;

/// <summary>Rows in, the real load, the final table out.</summary>
public sealed class PipelineTestTests
{
    private static readonly DateOnly Day = new(2026, 1, 2);

    private sealed class FixedTariff : ITariff
    {
        public decimal Of(Size size) => size == Size.Large ? 5 : 1;
    }

    [Fact]
    public async Task The_start_of_a_given_version_is_the_row_s_own_whatever_the_clock_says()
    {
        await using PipelineTest test = PipelineTest.For<SpendingPipeline>().GivenTable(new Grade("Ada", "gold"));
        await test.Table<Grade>().ShouldBeAsync(new Grade("Ada", "gold"));
    }

    [Fact]
    public async Task Rows_go_through_steps_with_services_and_the_load_and_come_out_of_the_table()
    {
        await using PipelineTest test = PipelineTest.For<OrdersPipeline>()
            .GivenTable(new Order(1, Day, "was", 1m, Size.Small), new Order(9, Day, "stays", 1m, Size.Large, 2.5, [1, 2], Guid.Empty))
            .GivenSource(new RawOrder(1, Day, "Ada", 10m), new RawOrder(2, Day, "Eva", 200.5m));
        test.Services.AddSingleton<ITariff, FixedTariff>();

        PartitionResult result = await test.RunAsync("2026-01-02");

        result.Counts.Read.ShouldBe(2);
        await test.Table<Order>().ShouldBeAsync(
            new Order(1, Day, "Ada", 11m, Size.Small),
            new Order(2, Day, "Eva", 205.5m, Size.Large),
            new Order(9, Day, "stays", 1m, Size.Large, 2.5, [1, 2], Guid.Empty));
        await test.Table<Order>().ShouldBeAsync(row => new { row.Id, row.Customer }, new { Id = 9, Customer = "stays" }, new { Id = 1, Customer = "Ada" }, new { Id = 2, Customer = "Eva" });
        await test.Table<Order>().ShouldBeAsync(row => row.Id, 9, 1, 2);
    }

    [Fact]
    public async Task A_file_stands_for_the_one_that_the_source_names()
    {
        await using PipelineTest test = PipelineTest.For<OrdersPipeline>().GivenSourceFile("Landing", "fixtures/raw.jsonl");
        test.Services.AddSingleton<ITariff, FixedTariff>();

        await test.RunAsync("2026-01-02");

        await test.Table<Order>().ShouldBeAsync(row => (row.Customer, row.Price), ("Ada", 11m), ("Eva", 205.5m));
    }

    [Fact]
    public async Task Tables_are_filled_from_files_and_a_history_is_filled_as_it_is()
    {
        await using PipelineTest test = PipelineTest.For<SpendingPipeline>()
            .GivenTableFile<Order>("fixtures/orders.json")
            .GivenTableFile<Grade>("fixtures/grades.csv");

        await test.RunAsync("2026-01-02");
        await test.RunAsync("2026-01-03");

        await test.Table<Grade>().ShouldBeAsync(new Grade("Ada", "gold", new DateOnly(2025, 1, 1), Day), new Grade("Ada", "silver, plain", Day));
        await test.Table<Order>().ShouldBeAsync(
            new Order(1, Day, "Ada", 10.5m, Size.Small, 1.5, [0xCA, 0xFE], Guid.Parse("6f9619ff-8b86-d011-b42d-00cf4fc964ff")),
            new Order(2, Day, "Eva", 20m, Size.Large),
            new Order(3, Day.AddDays(1), "Ada", 1m, Size.Large));
        await test.Table<Spending>().ShouldBeAsync(
            new Spending(Day, "Ada", "silver, plain", 10.5), new Spending(Day, "Eva", null, 20), new Spending(Day.AddDays(1), "Ada", "silver, plain", 1));
    }

    [Fact]
    public async Task What_a_load_stamps_given_rows_say_themselves()
    {
        await using PipelineTest test = PipelineTest.For<LinesPipeline>()
            .GivenTable(new Entry("a", "2026-01-01"), new Entry("b", "2026-01-02"))
            .GivenTable(new Stock("nail", 3, new DateOnly(2026, 1, 1)), new Stock("nail", 4, Day))
            .GivenSourceNamed("Remote", new Line("nail"))
            .GivenSourceNamed("Local", new Line(" new "));

        await test.RunAsync("2026-01-02");

        await test.Table<Entry>().ShouldBeAsync(new Entry("a", "2026-01-01"), new Entry("new", "2026-01-02"));
        await test.Table<Stock>().ShouldBeAsync(new Stock("nail", 3, new DateOnly(2026, 1, 1)), new Stock("nail", 4, Day));
    }

    [Fact]
    public async Task Rows_may_be_given_between_runs_and_a_source_that_is_given_anew_forgets_its_old_rows()
    {
        await using PipelineTest test = PipelineTest.For<LinesPipeline>().GivenSourceNamed<Line>("Remote").GivenSourceNamed("Local", new Line("one"));
        await test.RunAsync("2026-01-01");
        test.GivenSourceNamed("Local", new Line("two")).GivenTable(new Entry("other", "2025-12-31"));
        await test.RunAsync("2026-01-02");

        await test.Table<Entry>().ShouldBeAsync(new Entry("one", "2026-01-01"), new Entry("two", "2026-01-02"), new Entry("other", "2025-12-31"));
        await test.Table<Stock>().ShouldBeEmptyAsync();
    }

    [Fact]
    public async Task A_run_that_fails_fails_the_test_with_its_reason_or_says_it_where_that_is_asked_for()
    {
        await using PipelineTest test = PipelineTest.For<OrdersPipeline>().GivenSource(new RawOrder(1, Day, "a name of more than twenty letters", 10m));
        test.Services.AddSingleton<ITariff, FixedTariff>();

        PipelineAssertionException e = await Should.ThrowAsync<PipelineAssertionException>(test.RunAsync("2026-01-02"));
        e.Message.ShouldStartWith("Partition 2026-01-02 of test-orders was not loaded: ");
        e.Message.ShouldContain("customer");
        (await test.TryRunAsync("2026-01-02")).Failure!.Kind.ShouldBe(FailureKind.Row);
    }

    [Fact]
    public async Task The_clock_says_that_the_window_has_just_ended_unless_it_is_set()
    {
        await using PipelineTest test = PipelineTest.For<LinesPipeline>().GivenSourceNamed<Line>("Remote").GivenSourceNamed("Local", new Line("one"));
        (await test.RunAsync("2026-01-02")).Status.ShouldBe(PartitionStatus.Loaded);

        test.Now = new DateTimeOffset(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);
        PipelineException e = await Should.ThrowAsync<PipelineException>(test.RunAsync("2026-01-02"));
        e.Kind.ShouldBe(FailureKind.Window);
    }

    [Theory]
    [InlineData("fixtures/grades-wrong.csv", "fixtures/grades-wrong.csv, row 1: 'soon' in Since is no Date.")]
    [InlineData("fixtures/grades-other.csv", "fixtures/grades-other.csv has a column colour, and grade has none: Customer, Name, Since, Until.")]
    [InlineData("fixtures/none.csv", "There is no file ")]
    public async Task A_file_that_cannot_be_read_says_where_and_why(string file, string message)
    {
        await using PipelineTest test = PipelineTest.For<SpendingPipeline>();
        Should.Throw<PipelineAssertionException>(() => test.GivenTableFile<Grade>(file)).Message.ShouldStartWith(message);
    }

    [Fact]
    public async Task What_is_given_must_belong_to_the_pipeline()
    {
        await using PipelineTest test = PipelineTest.For<LinesPipeline>();
        Should.Throw<PipelineAssertionException>(() => test.GivenTable(new Stranger(1))).Message.ShouldBe("No table of test-lines has rows of type Stranger. There are: Entry, Stock.");
        Should.Throw<PipelineAssertionException>(() => test.GivenSource(new Stranger(1))).Message
            .ShouldBe("No source gives Stranger. There are: Local of test-lines, which gives Line, Remote of test-lines, which gives Line.");
        Should.Throw<PipelineAssertionException>(() => test.GivenSource(new Line("x"))).Message.ShouldBe("More than one source gives Line. Name it: GivenSourceNamed(nameof(...), rows).");
        test.GivenSourceNamed("Local", new Stranger(1)).GivenSourceNamed<Line>("Remote");
        (await test.TryRunAsync("2026-01-02")).Failure!.Message.ShouldContain("gives Line, and the rows given for it are of another type: Stranger");
        (await Should.ThrowAsync<PipelineAssertionException>(test.RunAsync())).Message.ShouldStartWith("Say which partition of test-lines is to be run: ");
    }

    [Fact]
    public async Task Given_rows_with_one_key_or_none_that_the_table_can_hold_are_told()
    {
        await using PipelineTest test = PipelineTest.For<SpendingPipeline>().GivenTable(new Order(1, Day, "Ada", 1, Size.Small), new Order(1, Day, "Eva", 1, Size.Small));
        (await Should.ThrowAsync<PipelineAssertionException>(test.RunAsync("2026-01-02"))).Message.ShouldContain("order");
    }
}
