using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using TypedPipelines.Compilation.Parsing;

namespace TypedPipelines.Analyzers.Tests;

/// <summary>A rule is a descriptor, a page, a help link and a release entry; nothing has one of them without the others.</summary>
public partial class RuleCatalogTests
{
    private static readonly DiagnosticDescriptor[] Rules =
        [.. Analysis.AllAnalyzers.SelectMany(analyzer => analyzer.SupportedDiagnostics).Distinct().OrderBy(rule => rule.Id, StringComparer.Ordinal)];

    private static readonly string[] Pages =
        [.. Directory.GetFiles(Repository.Path("docs", "rules"), "TP*.md").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    public static TheoryData<string> Ids => [.. Rules.Select(rule => rule.Id)];

    [Fact]
    public void Ids_are_unique_and_well_formed()
    {
        Rules.Select(rule => rule.Id).ShouldBeUnique();
        Rules.ShouldAllBe(rule => IdForm().IsMatch(rule.Id));
    }

    [Fact]
    public void Every_declared_id_has_a_descriptor() => typeof(RuleIds)
        .GetFields(BindingFlags.Static | BindingFlags.Public)
        .Select(field => (string)field.GetRawConstantValue()!)
        .ShouldBe(Rules.Select(rule => rule.Id), ignoreOrder: true);

    [Fact]
    public void Every_rule_has_a_page_and_every_page_a_rule() => Pages.ShouldBe(Rules.Select(rule => rule.Id));

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_help_link_leads_to_the_page(string id) =>
        Find(id).HelpLinkUri.ShouldBe($"https://github.com/typed-pipelines/typed-pipelines/blob/main/docs/rules/{id}.md");

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_page_has_title_severity_and_all_sections(string id)
    {
        string page = File.ReadAllText(Repository.Path("docs", "rules", id + ".md"));
        DiagnosticDescriptor rule = Find(id);
        page.ShouldStartWith($"# {id}: {rule.Title}\n");
        page.ShouldContain($"\nSeverity: {Shown(rule)}. Category: {rule.Category}.");
        foreach (string section in new[] { "## Why", "## Bad", "## Good", "## Configure", "## Known misses" })
        {
            page.ShouldContain("\n" + section + "\n");
        }
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_index_lists_the_rule(string id) => File.ReadAllText(Repository.Path("docs", "rules", "README.md"))
        .ShouldContain($"| [{id}]({id}.md) | {Find(id).Title} | {Shown(Find(id))} |");

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_release_lists_the_rule(string id)
    {
        DiagnosticDescriptor rule = Find(id);
        string releases = string.Concat(Directory
            .GetFiles(Repository.Path("analyzers", "TypedPipelines.Analyzers"), "AnalyzerReleases.*.md").Select(File.ReadAllText));
        releases.ShouldContain($"{id} | {rule.Category} | {(rule.IsEnabledByDefault ? rule.DefaultSeverity : "Disabled")} | {rule.Title}\n");
    }

    [Fact]
    public void The_category_follows_from_the_first_digit() => Rules.ShouldAllBe(rule => rule.Category == CategoryOf(rule.Id));

    private static string CategoryOf(string id) => id[2] switch
    {
        '1' => "TypedPipelines.RerunSafety",
        '2' => "TypedPipelines.DuplicateLogic",
        '3' => "TypedPipelines.LogicalUnits",
        '5' => "TypedPipelines.Production",
        _ => "TypedPipelines.Wiring",
    };

    private static DiagnosticDescriptor Find(string id) => Rules.Single(rule => rule.Id == id);

    private static string Shown(DiagnosticDescriptor rule) => (rule.IsEnabledByDefault ? "" : "off, ") + Shown(rule.DefaultSeverity);

    private static string Shown(DiagnosticSeverity severity) => severity switch
    {
        DiagnosticSeverity.Error => "error",
        DiagnosticSeverity.Warning => "warning",
        _ => "suggestion",
    };

    [GeneratedRegex("^TP[1-5][0-9]{3}$")]
    private static partial Regex IdForm();
}
