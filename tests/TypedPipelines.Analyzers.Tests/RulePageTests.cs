using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace TypedPipelines.Analyzers.Tests;

/// <summary>What a rule's page shows as bad is found by that rule and no other; what it shows as good is found by none.</summary>
public partial class RulePageTests
{
    [Theory]
    [MemberData(nameof(RuleCatalogTests.Ids), MemberType = typeof(RuleCatalogTests))]
    public async Task The_bad_example_is_found(string id)
    {
        var compilation = Asked(id, Analysis.Compile(Example(id, "Bad")));
        (await Analysis.RunAsync(compilation, Analysis.AllAnalyzers)).Select(diagnostic => diagnostic.Id).Distinct().ShouldBe([id]);
        Analysis.ShouldCompile(compilation);
    }

    [Theory]
    [MemberData(nameof(RuleCatalogTests.Ids), MemberType = typeof(RuleCatalogTests))]
    public async Task The_good_example_is_not(string id)
    {
        var compilation = Asked(id, Analysis.Compile(Example(id, "Good")));
        (await Analysis.RunAsync(compilation, Analysis.AllAnalyzers)).ShouldBeEmpty();
        Analysis.ShouldCompile(compilation);
    }

    /// <summary>A rule that is off by default is turned on for its own page.</summary>
    private static CSharpCompilation Asked(string id, CSharpCompilation compilation) => Analysis.AllAnalyzers.SelectMany(analyzer => analyzer.SupportedDiagnostics).First(rule => rule.Id == id).IsEnabledByDefault
        ? compilation
        : compilation.WithOptions(compilation.Options.WithSpecificDiagnosticOptions([new(id, ReportDiagnostic.Info)]));

    private static string Example(string id, string section)
    {
        string page = File.ReadAllText(Repository.Path("docs", "rules", id + ".md"));
        return Code().Match(page, page.IndexOf($"\n## {section}\n", StringComparison.Ordinal)).Groups[1].Value;
    }

    [GeneratedRegex("```csharp\n(.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex Code();
}
