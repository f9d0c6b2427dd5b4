using Npgsql;

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
}
