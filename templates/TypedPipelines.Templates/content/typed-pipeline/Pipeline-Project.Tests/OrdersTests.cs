namespace Pipeline_Project.Tests;

public sealed class OrdersTests
{
    private static readonly DateOnly Day = new(2026, 1, 2);

    [Fact]
    public async Task Only_what_is_paid_is_loaded()
    {
        await using PipelineTest test = PipelineTest.For<OrdersPipeline>().GivenSource(
            new RawOrder(1, Day, "Ann", 19.90m, "paid"),
            new RawOrder(2, Day, "Bob", 5.00m, "open"));

        await test.RunAsync("2026-01-02");

        await test.Table<Order>().ShouldBeAsync(new Order(Day, 1, "Ann", 19.90m));
    }

    [Fact]
    public async Task A_day_that_is_loaded_again_replaces_its_orders_and_no_others()
    {
        await using PipelineTest test = PipelineTest.For<OrdersPipeline>()
            .GivenTable(new Order(Day.AddDays(-1), 1, "Ann", 1m), new Order(Day, 2, "Bob", 2m))
            .GivenSource(new RawOrder(3, Day, "Cleo", 3m, "paid"));

        await test.RunAsync("2026-01-02");

        await test.Table<Order>().ShouldBeAsync(row => (row.Day, row.Id), (Day.AddDays(-1), 1), (Day, 3));
    }

    [Fact]
    public async Task Orders_can_be_loaded_again() =>
        await PipelineProof
            .For<OrdersPipeline>(test => test.GivenSource(
                new RawOrder(1, Day, "Ann", 19.90m, "paid"),
                new RawOrder(2, Day, "Bob", 5.00m, "open"),
                new RawOrder(3, Day, "Cleo", 42.50m, "paid")))
            .HoldsAsync("2026-01-02");
}
