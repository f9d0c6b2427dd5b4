using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using TypedPipelines.Generators.Tests.Harness;

namespace TypedPipelines.Generators.Tests;

/// <summary>
/// A pipeline's class is not parsed anew where nothing that is declared has changed. What it depends on may stand anywhere: after an edit of any other file the result
/// is that of a generator that starts from nothing.
/// </summary>
public sealed class StaleTests
{
    private const string Pipeline = """
        [Pipeline("things")]
        public sealed partial class ThingsPipeline
        {
            [Source] static IEnumerable<Raw> All() => [];
            [Step] static Thing Make(Raw raw) => new(raw.Id, raw.Name);
        }
        """;

    private const string Rows = """
        public sealed record Raw(int Id, string Name);
        [Merge] public sealed record Thing([property: Key] Number Id, [MaxLength(Limits.Name)] string Name) : Marked;
        """;

    private const string Others = """
        global using System.ComponentModel.DataAnnotations;
        global using TypedPipelines;
        global using Number = int;
        public abstract record Marked { public string? Mark { get; init; } }
        public static class Limits
        {
            public const int Name = Most - 1;
            private const int Most = 41;

            public static int Sum(int left, int right)
            {
                int sum = left;
                return sum + right;
            }

            public static int Twice(int value) => value * 2;

            public static int Later { get; } = 1;
        }
        public sealed record Unused(string Text);
        """;

    public static TheoryData<string, string, bool> Edits() => new()
    {
        // from, to, whether something else is generated
        { "Number = int", "Number = long", true },
        { "string? Mark", "string Mark", true },
        { "string? Mark { get; init; }", "string? Mark { get => field; init; } = \"\"; public int Place { get; init; }", true },
        { "Most = 41", "Most = 21", true },
        { "public sealed record Unused", "namespace TypedPipelines { public class MergeAttribute : System.Attribute; } public sealed record Unused", true },
        { "int sum = left;", "int sum = left + 1;", false },
        { "value * 2", "value * 3", false },
        { "int Twice(int value) => value * 2;", "int Twice(int value) { return 2 * value; }", false },
        { "public static int Later", "public static int Much; public static int Later", false },
        { "int sum = left;", "int sum = left; } public const int Other = 1; public static int Rest(int sum, int right) {", false },
        { "int sum = left;", "int sum = left; {", false },
        { "return sum + right;", "/*", false },
    };

    [Theory]
    [MemberData(nameof(Edits))]
    public void An_edit_of_another_file_gives_what_a_generator_gives_that_starts_from_nothing(string from, string to, bool changes)
    {
        CSharpCompilation before = GeneratorRun.Compile(sqlite: true, Pipeline, Rows, Others);
        GeneratorDriver driver = GeneratorRun.Driver().RunGenerators(before);
        string first = Sources(driver);
        first.ShouldContain("ThingTable");
        Others.ShouldContain(from);

        CSharpCompilation after = before.ReplaceSyntaxTree(
            before.SyntaxTrees[3], CSharpSyntaxTree.ParseText(Others.Replace(from, to), GeneratorRun.ParseOptions, before.SyntaxTrees[3].FilePath));
        string edited = Sources(driver.RunGenerators(after));

        edited.ShouldBe(Sources(GeneratorRun.Driver().RunGenerators(after)));
        (edited != first).ShouldBe(changes);
    }

    [Fact]
    public void A_directive_inside_a_body_is_about_what_comes_after_it()
    {
        string rows = "public static class Before { static void Nothing() { int none = 0; } }\n" + Rows;
        CSharpCompilation before = GeneratorRun.Compile(sqlite: true, Pipeline, rows, Others);
        GeneratorDriver driver = GeneratorRun.Driver().RunGenerators(before);
        string first = Sources(driver);

        CSharpCompilation after = before.ReplaceSyntaxTree(
            before.SyntaxTrees[2], CSharpSyntaxTree.ParseText(rows.Replace("int none = 0;", "int none = 0;\n#nullable disable\n"), GeneratorRun.ParseOptions, before.SyntaxTrees[2].FilePath));
        string edited = Sources(driver.RunGenerators(after));

        edited.ShouldBe(Sources(GeneratorRun.Driver().RunGenerators(after)));
        edited.ShouldNotBe(first);
    }

    private static string Sources(GeneratorDriver driver) => string.Join(
        "\n", driver.GetRunResult().Results.Single().GeneratedSources.Select(source => source.HintName + "\n" + source.SourceText).Order(StringComparer.Ordinal));
}
