using Microsoft.Data.SqlClient;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using TypedPipelines.Destinations;

namespace TypedPipelines.SqlServer.Tests;

/// <summary>What is made of a connection string, and that no message repeats it.</summary>
public sealed class ConnectionStrings
{
    [Fact]
    public void The_name_for_people_is_the_database_and_the_server()
    {
        var server = new SqlServerServer("Server=db,1433;Database=analytics;User ID=loader;Password=s3cret", NullLogger.Instance);
        server.DisplayName.ShouldBe("analytics on db,1433");
    }

    [Theory]
    [InlineData("Server=db;Password=s3cret")]
    [InlineData("Database=analytics;Password=s3cret")]
    [InlineData("Server=db;Database=a;Pasword=s3cret")]
    [InlineData("Server=db;Database=a;Encrypt=s3cret")]
    [InlineData("s3cret")]
    [InlineData("")]
    public void A_connection_string_that_is_not_understood_is_not_repeated(string connection)
    {
        PipelineException e = Should.Throw<PipelineException>(() => new SqlServerDestination(connection, TimeProvider.System, NullLogger.Instance));
        e.Kind.ShouldBe(FailureKind.Usage);
        e.ToString().ShouldNotContain("s3cret");
        e.Message.ShouldContain("Server=db.example.org;Database=analytics;User ID=loader");
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_named_and_the_password_is_not()
    {
        await using var destination = new SqlServerDestination(
            "Server=127.0.0.1,1;Database=analytics;User ID=loader;Password=s3cret;Connect Timeout=1", TimeProvider.System, NullLogger.Instance);
        PipelineException e = await Should.ThrowAsync<PipelineException>(destination.Ledger.GetRunsAsync(null, 1, CancellationToken.None));
        e.Kind.ShouldBe(FailureKind.Destination);
        e.What.ShouldStartWith("the SQL Server database analytics on 127.0.0.1,1 cannot be reached, or the connection was lost: ");
        e.ToString().ShouldNotContain("s3cret");
    }

    [Fact]
    public async Task UseSqlServer_registers_the_destination_by_its_name()
    {
        var builder = new Builder();
        builder.UseSqlServer("Server=db;Database=analytics");
        builder.Services.AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance);
        builder.Services.AddSingleton(typeof(ILogger<>), typeof(Logger<>));
        await using ServiceProvider services = builder.Services.BuildServiceProvider();
        DestinationRegistration registration = services.GetRequiredService<DestinationRegistration>();
        registration.Name.ShouldBe("sqlserver");
        IDestination destination = registration.Create(services, registration.DefaultConnectionString!);
        (destination.Name, destination.DisplayName).ShouldBe(("sqlserver", "analytics on db"));
    }

    [Fact]
    public void Parameters_have_the_types_of_the_columns_that_they_are_compared_with()
    {
        Parameters.Of("@p", new DateOnly(2024, 1, 2)).SqlDbType.ShouldBe(System.Data.SqlDbType.Date);
        SqlParameter instant = Parameters.Of("@p", new DateTimeOffset(2024, 1, 1, 2, 0, 0, TimeSpan.FromHours(2)));
        (instant.SqlDbType, instant.Scale, instant.Value).ShouldBe((System.Data.SqlDbType.DateTimeOffset, (byte)7, new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero)));
        Parameters.Of("@p", "short").Size.ShouldBe(4000);
        Parameters.Of("@p", new string('x', 4001)).Size.ShouldBe(-1);
        Parameters.Of("@p", null).Value.ShouldBe(DBNull.Value);
    }

    private sealed class Builder : IPipelineBuilder
    {
        public IServiceCollection Services { get; } = new ServiceCollection();
    }
}
