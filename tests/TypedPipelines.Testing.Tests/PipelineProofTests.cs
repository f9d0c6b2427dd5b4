using Microsoft.Extensions.DependencyInjection;
using TypedPipelines.Testing.Tests.Pipelines;

namespace TypedPipelines.Testing.Tests;

/// <summary>A proof finds what would not survive being run again, and says what is wrong; of what does it says nothing.</summary>
public sealed class PipelineProofTests
{
    private static readonly DateOnly Day = new(2026, 1, 2);

    private static readonly RawSale[] Sales =
    [
        new(1, Day, "Iris", 1234.5m, new DateTimeOffset(2026, 1, 2, 23, 30, 0, TimeSpan.Zero)),
        new(2, Day, "Iris", 10m, new DateTimeOffset(2026, 1, 2, 3, 0, 0, TimeSpan.Zero), 2),
        new(3, Day, "Otto", 20m, new DateTimeOffset(2026, 1, 2, 4, 0, 0, TimeSpan.Zero)),
        new(4, Day.AddDays(1), "Iris", 30m, new DateTimeOffset(2026, 1, 3, 4, 0, 0, TimeSpan.Zero)),
        new(5, Day.AddDays(1), "Otto", 20m, new DateTimeOffset(2026, 1, 3, 4, 0, 0, TimeSpan.Zero)),
        new(1, Day.AddDays(1), "Iris", 5m, new DateTimeOffset(2026, 1, 3, 5, 0, 0, TimeSpan.Zero), 3),
    ];

    private static RawSale[] Once => [.. Sales.DistinctBy(sale => sale.Id)];

    [Fact]
    public Task A_new_guid() => FindsAsync<GuidPipeline>("Loaded into another database at the same moment", 1);

    [Fact]
    public Task A_random_number() => FindsAsync<RandomPipeline>("Loaded into another database at the same moment", 1);

    [Fact]
    public Task The_clock_of_the_machine() => FindsAsync<ClockPipeline>("Loaded into another database at the same moment", 1);

    [Fact]
    public Task The_start_of_the_run() => FindsAsync<StartPipeline>("Loaded at another time", 1);

    [Fact]
    public Task A_number_in_the_form_of_the_culture() => FindsAsync<CulturePipeline>("Loaded in another culture and time zone", 1);

    [Fact]
    public Task Letters_in_the_form_of_the_culture() => FindsAsync<LettersPipeline>("Loaded in another culture and time zone", 1);

    [Fact]
    public Task The_time_zone_of_the_machine()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the time zone of a process cannot be changed here");
        return FindsAsync<ZonePipeline>("Loaded in another culture and time zone", 1);
    }

    [Fact]
    public Task A_number_by_the_order_of_rows() => FindsAsync<NumberPipeline>("Loaded with its rows in another order", 2);

    [Fact]
    public Task The_first_of_several() => FindsAsync<FirstPipeline>("Loaded with its rows in another order", 2);

    [Fact]
    public Task What_the_row_before_said() => FindsAsync<BeforePipeline>("Loaded with its rows in another order", 2);

    [Fact]
    public Task As_many_as_come_first() => FindsAsync<TopPipeline>("Loaded with its rows in another order", 3);

    [Fact]
    public Task An_append() => FindsAsync<AppendPipeline>("Loaded twice", 1);

    [Fact]
    public Task What_a_service_remembers() => FindsAsync<SeenPipeline>("Loaded twice", 1);

    [Fact]
    public Task A_merge_in_which_the_last_window_wins() => FindsAsync<OverwritePipeline>("Loaded with its partitions in the opposite order", 2, "2026-01-02", "2026-01-03");

    [Fact]
    public async Task Rows_may_be_given_by_partition()
    {
        PipelineProof proof = PipelineProof.For<OverwritePipeline>(test => test.GivenSource(partition => Sales.Where(sale => sale.Day == partition.Window.StartDate)));

        PipelineAssertionException e = await Should.ThrowAsync<PipelineAssertionException>(proof.HoldsAsync("2026-01-02", "2026-01-03"));

        e.Message.ShouldStartWith("Loaded with its partitions in the opposite order, ");
        e.Message.ShouldContain("It shows with 1 of the 3 rows given for the source Landing in 2026-01-02:");
        e.Message.ShouldContain("It shows with 1 of the 3 rows given for the source Landing in 2026-01-03:");
    }

    [Fact]
    public Task A_merge_with_a_version() => HoldsAsync<VersionPipeline>();

    [Fact]
    public Task The_replacing_of_a_window() => HoldsAsync<DayPipeline>();

    [Fact]
    public Task A_history() => HoldsAsync<ShopHistoryPipeline>();

    [Fact]
    public Task The_replacing_of_a_run() => HoldsAsync<RunPipeline>();

    [Fact]
    public async Task Which_row_counts_said_by_its_values() =>
        (await PipelineProof.For<LatestPipeline>(test => test.GivenSource(Sales)).HoldsAsync()).ShouldNotContain("Loaded with its partitions in the opposite order");

    [Fact]
    public async Task What_is_meant_to_be_another_in_every_run_can_be_left_out() =>
        (await PipelineProof.For<StartPipeline>(test => test.GivenSource(Once)).Ignoring(nameof(Sale.Text)).HoldsAsync()).ShouldContain("Loaded twice");

    private static async Task FindsAsync<TPipeline>(string what, int rows, params string[] partitions)
        where TPipeline : IPipeline
    {
        PipelineAssertionException e = await Should.ThrowAsync<PipelineAssertionException>(PipelineProof.For<TPipeline>(Give(partitions.Length > 0 ? Sales : Once)).HoldsAsync(partitions));
        e.Message.ShouldStartWith(what + ", " + TPipeline.Descriptor.Name + " leaves other rows than loaded once. Mostly, ");
        e.Message.ShouldContain($"It shows with {rows} of the ");
    }

    private static async Task HoldsAsync<TPipeline>()
        where TPipeline : IPipeline
    {
        IReadOnlyList<string> tried = await PipelineProof.For<TPipeline>(Give(Sales)).HoldsAsync("2026-01-02", "2026-01-03");
        tried.ShouldContain("Loaded with its partitions in the opposite order");
        tried.Count(each => each.StartsWith("Stopped before statement", StringComparison.Ordinal)).ShouldBeGreaterThan(10);
    }

    private static Action<PipelineTest> Give(RawSale[] sales) => test =>
    {
        test.Services.AddSingleton(new Seen());
        test.GivenSource(sales);
    };
}
