using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using TypedPipelines.Destinations;

namespace TypedPipelines.Cli.Tests;

public sealed class DestinationTests
{
    private readonly Program _program = new();

    public DestinationTests() => _program.Configure = app =>
        app.Services.AddSingleton(new DestinationRegistration("other", null, (_, connection) => _program.Create(null!, "other:" + connection)));

    [Theory]
    [InlineData("", "", "", "Password=secret")]
    [InlineData("--connection A", "", "", "A")]
    [InlineData("--destination other --connection A", "", "B", "other:A")]
    [InlineData("", "", "B", "B")]
    [InlineData("", "OTHER", "B", "other:B")]
    [InlineData("--destination memory", "other", "B", "Password=secret")] // B belongs to the other.
    [InlineData("--destination memory", "wrong", "B", "Password=secret")]
    public async Task The_command_line_goes_before_the_configuration_and_that_before_the_program(string line, string name, string connection, string used)
    {
        Action<PipelineApp> before = _program.Configure;
        _program.Configure = app =>
        {
            before(app);
            app.Configuration.AddInMemoryCollection([new("TypedPipelines:Destination", name), new("TypedPipelines:Connection", connection)]);
        };
        Program.Ran ran = await _program.RunAsync(["status", .. line.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
        ran.Code.ShouldBe(0);
        _program.Connections.ShouldBe([used]);
        ran.Output.ShouldNotContain("secret");
    }

    [Fact]
    public async Task Files_and_environment_variables_are_read()
    {
        string directory = Directory.CreateTempSubdirectory().FullName;
        await File.WriteAllTextAsync(Path.Combine(directory, "appsettings.json"), """{ "TypedPipelines": { "Connection": "from the file" } }""");
        await File.WriteAllTextAsync(Path.Combine(directory, "appsettings.Test.json"), """{ "TypedPipelines": { "Connection": "from the test's file" } }""");
        var program = new Program { ContentRoot = directory };
        await program.RunAsync("status");
        try
        {
            Environment.SetEnvironmentVariable("TYPEDPIPELINES__CONNECTION", "from the environment");
            await program.RunAsync("status");
            Environment.SetEnvironmentVariable("TYPEDPIPELINES__CONNECTION", null);
            Environment.SetEnvironmentVariable("DOTNET_ENVIRONMENT", "Test");
            await program.RunAsync("status");
        }
        finally
        {
            Environment.SetEnvironmentVariable("DOTNET_ENVIRONMENT", null);
            Environment.SetEnvironmentVariable("TYPEDPIPELINES__CONNECTION", null);
        }

        program.Connections.ShouldBe(["from the file", "from the environment", "from the test's file"]);
    }

    [Fact]
    public async Task No_connection_string_is_a_usage_error_that_lists_what_there_is()
    {
        Program.Ran ran = await _program.RunAsync("status", "--destination", "other");
        ran.Code.ShouldBe(2);
        ran.Error.ShouldContain("error: the destination other has no connection string. Give it with --connection");
        ran.Error.ShouldContain("Registered: memory, other.");
    }
}
