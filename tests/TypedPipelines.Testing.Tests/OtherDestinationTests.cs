using Dapper;
using Npgsql;
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

    [Fact]
    public async Task A_test_has_a_database_of_its_own_at_a_server_and_leaves_none()
    {
        string server = PrivateServer.CreateDatabase();
        for (int test = 0; test < 2; test++)
        {
            await using PipelineTest own = PipelineTest.For<DayPipeline>().GivenSource(new RawSale(test, new DateOnly(2026, 1, 2), "Iris", 1m, default)).InNewDatabase();
            own.UsePostgreSql(server);
            await own.RunAsync("2026-01-02");
            await own.Table<SaleOfDay>().ShouldBeAsync(new SaleOfDay(new DateOnly(2026, 1, 2), test, "Iris"));
            (await DatabasesAsync(server)).ShouldNotBeEmpty();
        }

        (await DatabasesAsync(server)).ShouldBeEmpty();
        PrivateServer.DropDatabase(server);
    }

    [Fact]
    public async Task A_pipeline_is_proven_on_postgresql()
    {
        string server = PrivateServer.CreateDatabase();
        RawSale[] sales = [new(1, new DateOnly(2026, 1, 2), "Iris", 1m, default), new(2, new DateOnly(2026, 1, 2), "Otto", 2m, default)];
        PipelineProof Of<TPipeline>()
            where TPipeline : IPipeline => PipelineProof.For<TPipeline>(test => test.GivenSource(sales).InNewDatabase().UsePostgreSql(server));

        (await Of<DayPipeline>().HoldsAsync("2026-01-02")).Count.ShouldBeGreaterThan(15);
        (await Should.ThrowAsync<PipelineAssertionException>(Of<AppendPipeline>().HoldsAsync())).Message.ShouldStartWith("Loaded twice, broken-append leaves other rows");
        (await DatabasesAsync(server)).ShouldBeEmpty();
        PrivateServer.DropDatabase(server);
    }

    private static async Task<IEnumerable<string>> DatabasesAsync(string server)
    {
        await using var connection = new NpgsqlConnection(server);
        return await connection.QueryAsync<string>("select datname from pg_database where datname like 'typed\\_pipelines\\_test\\_%'");
    }
}
