using System.ComponentModel.DataAnnotations;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using TypedPipelines.Destinations;
using TypedPipelines.Functional.Tests.Harness;
using TypedPipelines.Running;

namespace TypedPipelines.Functional.Tests;

public sealed record RawHosted(int Id, string Text);

[Merge]
public sealed record Hosted([property: Key] int Id, string Text);

[Pipeline("hosted")]
public sealed partial class HostedPipeline
{
    [Source] internal static IEnumerable<RawHosted> Rows(Partition all) => Feed.Take<RawHosted>(all);

    [Step] internal static Hosted Clean(RawHosted raw) => new(raw.Id, raw.Text.Trim());
}

/// <summary>Pipelines in a host of one's own, without the command line.</summary>
public sealed class HostingTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("hosting-");

    [Fact]
    public async Task A_host_runs_a_partition_and_its_health_endpoint_knows_of_the_pipelines()
    {
        using IHost host = Build(pipelines => pipelines.AddPipeline<HostedPipeline>().UseSqlite(Connection("host.db")));
        Feed.Give(new RawHosted(1, " one "), new RawHosted(2, "two"));

        PartitionResult loaded = (await host.Services.GetRequiredService<PipelineRunner>().RunAsync(
            [host.Services.GetRequiredService<Planner>().PlanOne("hosted", null)], CancellationToken.None)).Single();

        loaded.Failure.ShouldBeNull();
        Count("host.db").ShouldBe(2);
        HealthReport health = await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync();
        health.Status.ShouldBe(HealthStatus.Healthy);
        health.Entries["pipelines"].Data["hosted.failed"].ShouldBe(0);
    }

    [Fact]
    public async Task The_configuration_says_which_database_before_the_program_does()
    {
        using IHost host = Build(pipelines => pipelines.AddPipeline<HostedPipeline>().UseSqlite(Connection("program.db")), ("TypedPipelines:Connection", Connection("configured.db")));
        Feed.Give(new RawHosted(1, "one"));

        await host.Services.GetRequiredService<PipelineRunner>().RunAsync([host.Services.GetRequiredService<Planner>().PlanOne("hosted", "all")], CancellationToken.None);

        Count("configured.db").ShouldBe(1);
        File.Exists(Path.Combine(_folder.FullName, "program.db")).ShouldBeFalse();
    }

    [Fact]
    public void A_host_without_a_destination_or_its_connection_string_says_what_to_do()
    {
        using IHost none = Build(pipelines => pipelines.AddPipeline<HostedPipeline>());
        Should.Throw<PipelineException>(() => none.Services.GetRequiredService<IDestination>()).Message.ShouldContain("no destination is registered");

        using IHost blank = Build(pipelines => pipelines.AddPipeline<HostedPipeline>().UseSqlite());
        PipelineException missing = Should.Throw<PipelineException>(() => blank.Services.GetRequiredService<IDestination>());
        missing.ToString().ShouldContain("TYPEDPIPELINES__CONNECTION");
        missing.ToString().ShouldNotContain("--connection", Case.Sensitive, "a host has no command line");
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static IHost Build(Action<IPipelineBuilder> pipelines, params (string Key, string Value)[] configuration)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        foreach ((string key, string value) in configuration)
        {
            builder.Configuration[key] = value;
        }

        builder.Services.AddTypedPipelines(pipelines);
        builder.Services.AddHealthChecks().AddCheck<PipelineHealthCheck>("pipelines");
        return builder.Build();
    }

    private string Connection(string file) => $"Data Source={Path.Combine(_folder.FullName, file)}";

    private long Count(string file)
    {
        using var connection = new SqliteConnection(Connection(file) + ";Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "select count(*) from hosted";
        return (long)command.ExecuteScalar()!;
    }
}
