using TypedPipelines.Consumer.Tests.Harness;
using TypedPipelines.Samples.Tests.Harness;

namespace TypedPipelines.Consumer.Tests;

/// <summary>Projects of the template for the destinations that need a server, under a name that is no identifier.</summary>
[Collection<OneBuildAtATime>]
public sealed class DestinationTests(PackedFeed feed)
{
    [Theory]
    [InlineData("postgresql", "UsePostgreSql", "Host=localhost;")]
    [InlineData("sqlserver", "UseSqlServer", "Server=localhost;")]
    public void A_project_for_a_server_builds_without_a_warning_and_its_tests_need_no_server(string destination, string call, string settings)
    {
        using var place = new EmptyFolder(feed);
        place.Type("dotnet new install TypedPipelines.Templates").ExitCode.ShouldBe(0);

        foreach (string command in (string[])[
            $"dotnet new typed-pipeline -n my-shop --destination {destination}",
            "cd my-shop",
            "dotnet build -warnaserror",
            "dotnet test --no-build",
            "dotnet run --project my-shop --no-build -- runbook --check"])
        {
            ProgramResult result = place.Type(command);
            result.ExitCode.ShouldBe(0, $"{command}: {result}");
        }

        place.Read("my-shop", "Program.cs").ShouldContain($"app.{call}();");
        place.Read("my-shop", "appsettings.json").ShouldContain(settings);
        place.Read("my-shop", "OrdersPipeline.cs").ShouldContain("namespace my_shop;");
        foreach (string file in Directory.GetFiles(place.PathOf(), "*", SearchOption.AllDirectories).Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal)))
        {
            File.ReadAllText(file).ShouldNotContain("#if", Case.Sensitive, file);
            File.ReadAllText(file).ShouldNotMatch("(?i)pipeline.project", file);
        }
    }
}
