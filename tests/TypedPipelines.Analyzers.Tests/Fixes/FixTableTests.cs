using Microsoft.CodeAnalysis.CodeFixes;
using TypedPipelines.CodeFixes;

namespace TypedPipelines.Analyzers.Tests.Fixes;

/// <summary>The table of fixes in the rules' index is what the fixes say of themselves.</summary>
public class FixTableTests
{
    private static readonly CodeFixProvider[] Fixes =
    [
        .. typeof(AddPartialFix).Assembly.GetTypes()
            .Where(type => typeof(CodeFixProvider).IsAssignableFrom(type) && !type.IsAbstract)
            .OrderBy(type => type.Name, StringComparer.Ordinal)
            .Select(type => (CodeFixProvider)Activator.CreateInstance(type)!),
    ];

    [Fact]
    public void The_index_lists_each_fix_and_no_other()
    {
        string[] rows =
        [
            .. Fixes.SelectMany(fix => fix.FixableDiagnosticIds.Select(id => $"| [{id}]({id}.md) | {fix.GetType().Name} |")).Order(StringComparer.Ordinal),
        ];

        string index = File.ReadAllText(Repository.Path("docs", "rules", "README.md")).ReplaceLineEndings("\n");
        index[index.IndexOf("\n## Fixes\n", StringComparison.Ordinal)..].Split('\n')
            .Where(line => line.StartsWith("| [TP", StringComparison.Ordinal))
            .Select(line => line[..(line.IndexOf("Fix |", StringComparison.Ordinal) + "Fix |".Length)])
            .ShouldBe(rows);
    }

    [Fact]
    public void Each_fix_can_be_applied_to_all_at_once() => Fixes.ShouldAllBe(fix => fix.GetFixAllProvider() != null);

    [Fact]
    public void Each_page_of_a_rule_with_a_fix_says_what_it_does() => Fixes.SelectMany(fix => fix.FixableDiagnosticIds)
        .Where(id => !File.ReadAllText(Repository.Path("docs", "rules", id + ".md")).Contains(" fix", StringComparison.Ordinal))
        .ShouldBeEmpty();
}
