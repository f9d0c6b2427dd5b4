using TypedPipelines.PostgreSql.Tests;
using TypedPipelines.Testing.Tests.Pipelines;

namespace TypedPipelines.Testing.Tests;

/// <summary>The same test on a server, by one line.</summary>
public sealed class OtherDestinationTests
{
    [Fact]
    public async Task A_test_runs_on_postgresql_where_it_says_so()
    {
        var day = new DateOnly(2026, 1, 2);
        string connectionString = PrivateServer.CreateDatabase();
        PipelineTest test = PipelineTest.For<SpendingPipeline>()
            .GivenTable(new Order(1, day, "Ada", 10.5m, Size.Small, 1.5, [1], Guid.Empty))
            .GivenTable(new Grade("Ada", "gold", new DateOnly(2025, 1, 1), new DateOnly(2026, 2, 1)), new Grade("Ada", "silver", new DateOnly(2026, 2, 1)));
        await using (test)
        {
            test.UsePostgreSql(connectionString);
            await test.RunAsync("2026-01-02");
            await test.Table<Spending>().ShouldBeAsync(new Spending(day, "Ada", "gold", 10.5));
            await test.Table<Order>().ShouldBeAsync(new Order(1, day, "Ada", 10.5m, Size.Small, 1.5, [1], Guid.Empty));
        }

        PrivateServer.DropDatabase(connectionString);
    }
}
