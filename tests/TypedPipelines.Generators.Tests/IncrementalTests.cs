using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using TypedPipelines.Compilation;
using TypedPipelines.Generators.Tests.Harness;

namespace TypedPipelines.Generators.Tests;

/// <summary>What an edit runs again, in both directions: a cache that is never stale, and one that is worth having.</summary>
public sealed class IncrementalTests
{
    private const string Rows = """
        using System.ComponentModel.DataAnnotations;
        using TypedPipelines;
        public sealed record Raw(int Id, string Name);
        [Merge] public sealed record Thing([property: Key] int Id, string Name);
        """;

    private const string First = """
        using TypedPipelines;
        [Pipeline("first")]
        public sealed partial class First
        {
            [Source] static CsvFiles<Raw> Landing() => new("a.csv");
            [Step] static Thing Make(Raw raw) => new(raw.Id, raw.Name);
        }
        """;

    private const string Second = """
        using System.ComponentModel.DataAnnotations;
        using TypedPipelines;
        [ReplaceTable] public sealed record Other(int Id);
        [Pipeline("second")]
        public sealed partial class Second
        {
            [Source] static System.Collections.Generic.IEnumerable<Other> All() => [new(1)];
        }
        """;

    public static TheoryData<string, int, string, string, int> Edits() => new()
    {
        // what is edited, in which file, from, to, files emitted anew
        { "a comment in a pipeline", 2, "[Source]", "/* where rows come in */ [Source]", 0 },
        { "a new line before a pipeline", 2, "[Pipeline", "\n\n[Pipeline", 0 },
        { "the body of a step", 2, "new(raw.Id, raw.Name)", "new(raw.Id + 1, raw.Name)", 0 },
        { "the name of a parameter", 2, "Raw raw) => new(raw.Id, raw.Name)", "Raw line) => new(line.Id, line.Name)", 0 },
        { "a private method beside the steps", 2, "[Source]", "static int Helper() => 1; [Source]", 0 },
        { "the owner", 2, "\"first\"", "\"first\", Owner = \"me\"", 1 },
        { "the name of a step", 2, "Make", "Build", 1 },
        { "the class's name", 2, "class First", "class Erste", 2 },
        { "a column's name, in the file of the rows", 1, "Thing([property: Key] int Id, string Name)", "Thing([property: Key] int Id, string Title)", 1 },
        { "a column's type, in the file of the rows", 1, "int Id, string Name);\n[Merge]", "int Id, string? Name);\n[Merge]", 1 },
        { "a key, in the file of the rows", 1, "int Id, string Name);", "int Id, [property: Key] string Name);", 1 },
        { "the strategy", 1, "[Merge]", "[ReplaceTable]", 1 },
        { "another pipeline", 3, "\"second\"", "\"zweite\"", 1 },
    };

    [Theory]
    [MemberData(nameof(Edits))]
    public void An_edit_emits_what_it_touches_and_nothing_else(string what, int file, string from, string to, int emitted)
    {
        CSharpCompilation before = GeneratorRun.Compile(sqlite: true, Rows, First, Second);
        GeneratorDriver driver = GeneratorRun.Driver().RunGenerators(before);
        string text = before.SyntaxTrees[file].ToString();
        // The last occurrence: an edit of the second record of a file, say, can be told from one of the first.
        int at = text.LastIndexOf(from, StringComparison.Ordinal);
        at.ShouldBeGreaterThanOrEqualTo(0, what);
        string edited = text[..at] + to + text[(at + from.Length)..];
        CSharpCompilation after = before.ReplaceSyntaxTree(
            before.SyntaxTrees[file], CSharpSyntaxTree.ParseText(edited, GeneratorRun.ParseOptions, $"Input{file}.cs"));
        driver = driver.RunGenerators(after);
        StepReasons.Of(driver).Emitted.ShouldBe(emitted, what);

        // Never stale: the incremental result is that of a generator that starts from nothing.
        Sources(driver).ShouldBe(Sources(GeneratorRun.Driver().RunGenerators(after)), what);
    }

    [Fact]
    public void Adding_a_reference_to_a_destination_emits_the_contracts_anew()
    {
        CSharpCompilation without = GeneratorRun.Compile(sqlite: false, Rows, First);
        GeneratorDriver driver = GeneratorRun.Driver().RunGenerators(without);
        Sources(driver).ShouldNotContain("SqliteLoadPlan");

        driver = driver.RunGenerators(GeneratorRun.Compile(sqlite: true, Rows, First));

        StepReasons.Of(driver)[TrackingNames.Environment].ShouldBe([IncrementalStepRunReason.Modified]);
        Sources(driver).ShouldContain("SqliteLoadPlan");
        Sources(driver).ShouldNotContain("PostgreSqlLoadPlan");

        driver = driver.RunGenerators(GeneratorRun.Compile(sqlite: true, postgreSql: true, Rows, First));

        Sources(driver).ShouldContain("Plans { get; } = [Sqlite.Plan, PostgreSql.Plan];");
        Sources(driver).ShouldNotContain("SqlServerLoadPlan");

        driver = driver.RunGenerators(GeneratorRun.Compile(sqlite: true, postgreSql: true, sqlServer: true, Rows, First));

        Sources(driver).ShouldContain("Plans { get; } = [Sqlite.Plan, PostgreSql.Plan, SqlServer.Plan];");
    }

    [Fact]
    public void A_broken_pipeline_does_not_stop_another()
    {
        GeneratorDriver driver = GeneratorRun.Driver().RunGenerators(GeneratorRun.Compile(sqlite: true, Rows, First.Replace("partial ", ""), Second));
        string[] files = [.. driver.GetRunResult().Results.Single().GeneratedSources.Select(source => source.HintName)];
        files.ShouldContain("Second.g.cs");
        files.ShouldNotContain("First.g.cs");
    }

    private static string Sources(GeneratorDriver driver) => string.Join(
        "\n", driver.GetRunResult().Results.Single().GeneratedSources.Select(source => source.HintName + "\n" + source.SourceText).Order(StringComparer.Ordinal));
}
