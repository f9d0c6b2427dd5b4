using System.Text.RegularExpressions;
using TypedPipelines.Consumer.Tests.Harness;

namespace TypedPipelines.Consumer.Tests;

/// <summary>What users install: each package whole, by itself, and with nothing in it that is of one machine.</summary>
public sealed partial class PackageTests(PackedFeed feed)
{
    private static readonly string[] Libraries =
        ["TypedPipelines", "TypedPipelines.Cli", "TypedPipelines.Dapper", "TypedPipelines.PostgreSql", "TypedPipelines.Scheduling", "TypedPipelines.SqlServer", "TypedPipelines.Sqlite", "TypedPipelines.Testing"];

    private static readonly string[] CompilerParts =
        ["analyzers/dotnet/cs/TypedPipelines.Analyzers.dll", "analyzers/dotnet/cs/TypedPipelines.CodeFixes.dll"];

    public static TheoryData<string> All => [.. Libraries, "TypedPipelines.Analyzers", "TypedPipelines.Templates"];

    public static TheoryData<string> WithAssembly => [.. Libraries];

    [Fact]
    public void Nothing_else_is_packed() =>
        Directory.GetFiles(feed.Folder, "*.nupkg").Select(file => Version().Replace(Path.GetFileName(file), "")).Order(StringComparer.Ordinal)
            .ShouldBe(All.Select(row => row.Data).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(All))]
    public void A_package_says_what_it_is_under_which_licence_and_where_it_comes_from(string id)
    {
        var package = new Package(feed.FileOf(id));

        package["license"].ShouldBe("MIT");
        package["readme"].ShouldBe("README.md");
        package["icon"].ShouldBe("icon.png");
        package["description"].ShouldNotBeNull().Length.ShouldBeGreaterThan(30);
        package["projectUrl"].ShouldNotBeNull().ShouldStartWith("https://");
        package.RepositoryUrl.ShouldBe(package["projectUrl"]);
        package.Files.ShouldContain("icon.png");
        package.Texts["README.md"].ShouldStartWith($"# {id}\n");
    }

    [Theory]
    [MemberData(nameof(All))]
    public void The_links_of_a_readme_lead_to_pages_of_this_repository_from_wherever_it_is_read(string id)
    {
        foreach (Match link in Link().Matches(new Package(feed.FileOf(id)).Texts["README.md"]))
        {
            string target = link.Groups[1].Value;
            target.ShouldStartWith("https://");
            if (target.Contains("/blob/main/", StringComparison.Ordinal))
            {
                File.Exists(Repository.Path(target.Split("/blob/main/")[1].Split('#')[0])).ShouldBeTrue(target);
            }
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_package_names_no_folder_of_the_machine_that_made_it(string id)
    {
        string root = Path.GetFullPath(Repository.Path());
        foreach ((string file, string text) in new Package(feed.FileOf(id)).Texts)
        {
            text.ShouldNotContain(root, Case.Sensitive, file);
        }
    }

    [Theory]
    [MemberData(nameof(WithAssembly))]
    public void A_package_has_its_assembly_documentation_and_symbols_and_no_assembly_of_others(string id)
    {
        var package = new Package(feed.FileOf(id));

        package.Files.Where(file => file.StartsWith("lib/", StringComparison.Ordinal)).ShouldBe([$"lib/net10.0/{id}.dll", $"lib/net10.0/{id}.xml"]);
        new Package(feed.FileOf(id, "snupkg")).Files.ShouldContain($"lib/net10.0/{id}.pdb");
        package.Dependencies.ShouldAllBe(dependency => dependency.Framework == "net10.0");
    }

    [Fact]
    public void The_generator_the_rules_and_their_fixes_are_in_the_one_package() =>
        new Package(feed.FileOf("TypedPipelines")).Files.Where(file => file.StartsWith("analyzers/", StringComparison.Ordinal) || file.StartsWith("build", StringComparison.Ordinal))
            .ShouldBe([.. CompilerParts, "analyzers/dotnet/cs/TypedPipelines.Generators.dll", "buildTransitive/TypedPipelines.targets"]);

    [Fact]
    public void The_rules_alone_depend_on_nothing_and_do_not_flow_on()
    {
        var package = new Package(feed.FileOf("TypedPipelines.Analyzers"));

        package.Files.Where(file => file.EndsWith(".dll", StringComparison.Ordinal)).ShouldBe(CompilerParts);
        package.Dependencies.ShouldBeEmpty();
        package["developmentDependency"].ShouldBe("true");
    }

    [Theory]
    [InlineData("TypedPipelines.Cli")]
    [InlineData("TypedPipelines.Dapper")]
    [InlineData("TypedPipelines.PostgreSql")]
    [InlineData("TypedPipelines.Scheduling")]
    [InlineData("TypedPipelines.SqlServer")]
    [InlineData("TypedPipelines.Sqlite")]
    public void Who_installs_a_part_has_the_generator_and_the_rules_too(string id)
    {
        (_, _, string include, string exclude) = new Package(feed.FileOf(id)).Dependencies.Single(dependency => dependency.Id == "TypedPipelines");

        include.ShouldBe("All");
        exclude.ShouldBe("");
    }

    [Fact]
    public void The_SQL_Server_client_comes_with_all_that_it_depends_on()
    {
        var package = new Package(feed.FileOf("TypedPipelines.SqlServer"));

        package.Dependencies.Select(dependency => dependency.Id).ShouldContain("Microsoft.Data.SqlClient");
        package.Files.ShouldNotContain(file => file.Contains("Microsoft.SqlServer.Server", StringComparison.Ordinal), "what stands in for it here is for this repository's own builds");
    }

    [Fact]
    public void A_new_project_names_the_packages_that_the_template_was_packed_with()
    {
        var template = new Package(feed.FileOf("TypedPipelines.Templates"));
        string version = new Package(feed.FileOf("TypedPipelines"))["version"]!;

        template.Texts["content/typed-pipeline/Directory.Build.props"].ShouldContain($"<TypedPipelinesVersion>{version}</TypedPipelinesVersion>");
        string central = File.ReadAllText(Repository.Path("Directory.Packages.props"));
        foreach (Match reference in OtherPackage().Matches(template.Texts["content/typed-pipeline/Pipeline-Project.Tests/Pipeline-Project.Tests.csproj"]))
        {
            central.ShouldContain($"<PackageVersion Include=\"{reference.Groups[1].Value}\" Version=\"{reference.Groups[2].Value}\" />", Case.Sensitive, "the versions that this repository tests with");
        }

        template.Files.ShouldContain("content/typed-pipeline/.gitignore");
        template.Files.ShouldContain("content/typed-pipeline/Dockerfile");
        template.Files.ShouldContain("content/typed-pipeline/.github/workflows/ci.yml");
    }

    [Fact]
    public void The_page_on_getting_started_shows_the_code_of_a_new_project()
    {
        string page = File.ReadAllText(Repository.Path("docs", "getting-started.md"));
        string code = new Package(feed.FileOf("TypedPipelines.Templates")).Texts["content/typed-pipeline/Pipeline-Project/OrdersPipeline.cs"];

        page.Split("```csharp\n")[1].Split("```")[0].ShouldBe(code.Replace("Pipeline_Project", "Orders", StringComparison.Ordinal));
    }

    [GeneratedRegex(@"\.\d+\.\d+\.\d+.*$")]
    private static partial Regex Version();

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("<PackageReference Include=\"([^\"]+)\" Version=\"([0-9][^\"]*)\" />")]
    private static partial Regex OtherPackage();
}
