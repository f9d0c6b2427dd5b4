using System.Text.RegularExpressions;

namespace TypedPipelines.Analyzers.Tests;

/// <summary>What a rule's page shows as bad is found by that rule and no other; what it shows as good is found by none.</summary>
public partial class RulePageTests
{
    [Theory]
    [MemberData(nameof(RuleCatalogTests.Ids), MemberType = typeof(RuleCatalogTests))]
    public async Task The_bad_example_is_found(string id)
    {
        var compilation = Analysis.Compile(Example(id, "Bad"));
        (await Analysis.RunAsync(compilation, Analysis.AllAnalyzers)).Select(diagnostic => diagnostic.Id).Distinct().ShouldBe([id]);
        Analysis.ShouldCompile(compilation);
    }

    [Theory]
    [MemberData(nameof(RuleCatalogTests.Ids), MemberType = typeof(RuleCatalogTests))]
    public async Task The_good_example_is_not(string id)
    {
        var compilation = Analysis.Compile(Example(id, "Good"));
        (await Analysis.RunAsync(compilation, Analysis.AllAnalyzers)).ShouldBeEmpty();
        Analysis.ShouldCompile(compilation);
    }

    private static string Example(string id, string section)
    {
        string page = File.ReadAllText(Repository.Path("docs", "rules", id + ".md"));
        return Code().Match(page, page.IndexOf($"\n## {section}\n", StringComparison.Ordinal)).Groups[1].Value;
    }

    [GeneratedRegex("```csharp\n(.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex Code();
}
