using Npgsql;
using TypedPipelines.Destinations;

namespace TypedPipelines.PostgreSql.Tests;

/// <summary>What is added to a connection string, and what is left to it.</summary>
public sealed class ConnectionSettings
{
    [Fact]
    public void A_statement_may_take_as_long_as_it_takes_and_a_refusal_says_of_which_row()
    {
        NpgsqlConnectionStringBuilder adjusted = PostgreSqlServer.Adjusted("Host=db;Database=d");
        adjusted.CommandTimeout.ShouldBe(0);
        adjusted.IncludeErrorDetail.ShouldBeTrue();
    }

    [Theory]
    [InlineData("Host=db;Database=d;Command Timeout=5;Include Error Detail=false")]
    [InlineData("Host=db;Database=d;commandtimeout=5;include error detail=false")]
    public void What_the_connection_string_says_holds(string connection)
    {
        NpgsqlConnectionStringBuilder adjusted = PostgreSqlServer.Adjusted(connection);
        adjusted.CommandTimeout.ShouldBe(5);
        adjusted.IncludeErrorDetail.ShouldBeFalse();
    }

    [Theory]
    [InlineData("Pooling=true;Minimum Pool Size=50;Maximum Pool Size=10")]
    [InlineData("Read Buffer Size=64")]
    [InlineData("Target Session Attributes=read-write")]
    public async Task What_the_driver_does_not_do_is_a_matter_of_usage(string settings)
    {
        await using var database = new Database();
        PipelineException refused = await Should.ThrowAsync<PipelineException>(async () =>
        {
            await using var destination = new PostgreSqlDestination($"{database.ConnectionString};{settings}", TimeProvider.System, new StatementBreaker());
            await destination.Ledger.GetRunsAsync(null, 1, CancellationToken.None);
        });
        refused.Kind.ShouldBe(FailureKind.Usage);
        refused.What.ShouldStartWith("the connection string of the destination postgresql ");
    }

    [Fact]
    public async Task A_pool_without_a_free_connection_is_told_from_a_server_that_cannot_be_reached()
    {
        await using var database = new Database();
        await database.LoadAsync(new TestContract("t", LoadStrategy.ReplaceTable, [Col.Key("id")]), null, [1L]);
        await using var destination = new PostgreSqlDestination(
            $"{database.ConnectionString};Pooling=true;Maximum Pool Size=1;Timeout=1", TimeProvider.System, new StatementBreaker());
        await using IPartitionSession session = await destination.BeginAsync(Database.NewRun(), TimeSpan.Zero, CancellationToken.None);
        PipelineException empty = await Should.ThrowAsync<PipelineException>(destination.Ledger.GetRunsAsync(null, 1, CancellationToken.None));
        empty.What.ShouldStartWith("all connections to the PostgreSQL database ");
        empty.Next.ShouldContain("Maximum Pool Size");
    }

    [Fact]
    public async Task No_time_limit_of_the_database_ends_a_publish()
    {
        await using var database = new Database();
        var table = new TestContract("t", LoadStrategy.ReplaceTable, [Col.Key("id")]);
        string name = new NpgsqlConnectionStringBuilder(database.ConnectionString).Database!;
        database.Execute($"alter database \"{name}\" set idle_in_transaction_session_timeout = '1ms'");
        (await database.LoadAsync(table, null, [1L], [2L])).Inserted.ShouldBe(2);
    }
}
