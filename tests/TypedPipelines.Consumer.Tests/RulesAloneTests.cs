using TypedPipelines.Consumer.Tests.Harness;
using TypedPipelines.Samples.Tests.Harness;

namespace TypedPipelines.Consumer.Tests;

/// <summary>The package of the rules, in a project that has no pipeline and nothing else of ours.</summary>
[Collection<OneBuildAtATime>]
public sealed class RulesAloneTests(PackedFeed feed)
{
    private const string Code = """
        using System.Data.Common;

        public static class Visits
        {
            public static void Count(DbConnection connection)
            {
                DbCommand command = connection.CreateCommand();
                command.CommandText = "insert into visits (day, count) values (@day, 1)";
                command.ExecuteNonQuery();
            }
        }
        """;

    [Theory]
    [InlineData("net10.0", "TypedPipelines.Analyzers")]
    [InlineData("netstandard2.0", "TypedPipelines.Analyzers")]
    [InlineData("net10.0", "TypedPipelines.Analyzers", "TypedPipelines.Sqlite")]
    public void A_raw_insert_is_warned_of_once(string framework, params string[] packages)
    {
        using var place = new EmptyFolder(feed);
        string version = new Package(feed.FileOf("TypedPipelines"))["version"]!;
        File.WriteAllText(place.PathOf("Visits.cs"), Code);
        File.WriteAllText(place.PathOf("Shop.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>{framework}</TargetFramework>
              </PropertyGroup>
              <ItemGroup>
                {string.Concat(packages.Select(package => $"<PackageReference Include=\"{package}\" Version=\"{version}\" />"))}
              </ItemGroup>
            </Project>
            """);

        ProgramResult built = place.Type("dotnet build");

        built.ExitCode.ShouldBe(0, built.ToString());
        built.Output.ShouldContain("warning TP1002");
        built.Output.ShouldContain(" 1 Warning(s)");
    }
}
