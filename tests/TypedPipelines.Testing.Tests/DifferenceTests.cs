using TypedPipelines.Testing.Tests.Pipelines;

namespace TypedPipelines.Testing.Tests;

/// <summary>What a test that fails says of the table.</summary>
public sealed class DifferenceTests
{
    private static readonly DateOnly Day = new(2026, 1, 2);

    [Fact]
    public async Task Rows_of_one_key_are_shown_together_with_what_differs_in_brackets()
    {
        await using PipelineTest test = PipelineTest.For<SpendingPipeline>().GivenTable(
            new Order(1, Day, "Ada", 11m, Size.Small), new Order(2, Day, "Eva", 5m, Size.Large), new Order(3, Day, "Kim", 5m, Size.Large));

        PipelineAssertionException e = await Should.ThrowAsync<PipelineAssertionException>(test.Table<Order>().ShouldBeAsync(
            new Order(1, Day, "Ada", 12m, Size.Large), new Order(2, Day, "Eva", 5m, Size.Large), new Order(4, Day, "Lou", 5m, Size.Small)));

        e.Message.ReplaceLineEndings("\n").ShouldBe(
            """
            The table order is not as expected: 1 with other values, 1 missing, 1 too many, 1 as expected (- expected, + found)
                Id  Day         Customer  Price  Size     Weight  Seal  Tag
              - 1   2026-01-02  'Ada'     [12]   [Large]  0       null  null
              + 1   2026-01-02  'Ada'     [11]   [Small]  0       null  null
              - 4   2026-01-02  'Lou'     5      Small    0       null  null
              + 3   2026-01-02  'Kim'     5      Large    0       null  null
            """);
    }

    [Fact]
    public async Task Rows_without_a_key_are_paired_by_what_they_have_in_common_and_count_as_often_as_they_are_there()
    {
        await using PipelineTest test = PipelineTest.For<LinesPipeline>().GivenTable(new Entry("a", "x"), new Entry("a", "x"), new Entry("b", "y"));

        PipelineAssertionException e = await Should.ThrowAsync<PipelineAssertionException>(test.Table<Entry>().ShouldBeAsync(new Entry("a", "x"), new Entry("c", "y")));

        e.Message.ReplaceLineEndings("\n").ShouldBe(
            """
            The table entry is not as expected: 1 with other values, 1 too many, 1 as expected (- expected, + found)
                Text   Run
              - ['c']  'y'
              + ['b']  'y'
              + 'a'    'x'
            """);
    }

    [Fact]
    public async Task Numbers_may_differ_by_a_tolerance_where_that_is_said()
    {
        await using PipelineTest test = PipelineTest.For<SpendingPipeline>().GivenTable(new Spending(Day, "Ada", null, 0.1 + 0.2));

        await test.Table<Spending>().Within(1e-9).ShouldBeAsync(new Spending(Day, "Ada", null, 0.3));
        await Should.ThrowAsync<PipelineAssertionException>(test.Table<Spending>().ShouldBeAsync(new Spending(Day, "Ada", null, 0.3)));
        await Should.ThrowAsync<PipelineAssertionException>(test.Table<Spending>().Within(1e-9).ShouldBeAsync(new Spending(Day, "Ada", null, 0.31)));
    }

    [Fact]
    public async Task Of_many_rows_the_first_are_shown()
    {
        await using PipelineTest test = PipelineTest.For<LinesPipeline>().GivenTable(Enumerable.Range(0, 25).Select(i => new Entry($"{i}", "x")));

        PipelineAssertionException e = await Should.ThrowAsync<PipelineAssertionException>(test.Table<Entry>().ShouldBeEmptyAsync());

        e.Message.Split('\n').Length.ShouldBe(23);
        e.Message.ShouldEndWith("and 5 more");
    }
}
