using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using TypedPipelines.Generators.Tests.Harness;

namespace TypedPipelines.Generators.Tests.OddCode;

/// <summary>Code that is legal and odd: what is generated for it must compile without a word, however strictly the project is set.</summary>
internal static partial class OddCode
{
    private const string Usings = """
        global using System.ComponentModel.DataAnnotations;
        global using System.ComponentModel.DataAnnotations.Schema;
        global using System.Diagnostics.CodeAnalysis;
        global using TypedPipelines;
        """;

    /// <summary>A row with a load, and one without.</summary>
    internal const string Rows = """
        public sealed record Raw(int Id, string Name);
        [Merge] public sealed record Row([property: Key] int Id, string Name);

        """;

    /// <summary>Every input of the snapshots, which between them have every strategy, step and source.</summary>
    internal static IEnumerable<string> Inputs { get; } =
    [
        "global using System; global using System.Collections.Generic; global using System.Linq; global using System.Threading; global using System.Threading.Tasks;",
        .. Directory.GetFiles(Repository.Path("tests", "TypedPipelines.Generators.Tests", "Snapshots"), "input.cs", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(File.ReadAllText),
    ];

    /// <summary>Every pipeline of the sources is generated, the sources have no error, and what is generated has not even a warning.</summary>
    internal static CSharpCompilation ShouldBeGenerated(params string[] sources) => ShouldBeGenerated(GeneratorRun.Compile(sqlite: true, postgreSql: true, sqlServer: true, [Usings, .. sources]));

    internal static CSharpCompilation ShouldBeGenerated(CSharpCompilation input)
    {
        var options = (CSharpParseOptions)input.SyntaxTrees[0].Options;
        GeneratorDriver driver = GeneratorRun.Driver(options).RunGeneratorsAndUpdateCompilation(input.WithOptions(input.Options.WithAllowUnsafe(true)), out Microsoft.CodeAnalysis.Compilation output, out _);
        GeneratorRunResult result = driver.GetRunResult().Results.Single();
        result.Exception.ShouldBeNull();
        output.GetDiagnostics()
            .Where(found => found.Severity == DiagnosticSeverity.Error || (found.Severity == DiagnosticSeverity.Warning && !IsInput(found.Location.SourceTree)))
            .Select(found => $"{found}\n    {Line(found.Location)}")
            .Take(3)
            .ShouldBeEmpty();
        int pipelines = input.SyntaxTrees.Sum(tree => Marked().Count(tree.ToString()));
        string registered = result.GeneratedSources.Single(file => file.HintName.Contains("AddPipelines", StringComparison.Ordinal)).SourceText.ToString();
        Registered().Count(registered).ShouldBe(pipelines, "every pipeline must be whole");
        return (CSharpCompilation)output;
    }

    /// <summary>What does not compile is said of the sources alone: what is generated beside them has no error of its own.</summary>
    internal static void ShouldBreakOnlyItself(params string[] sources)
    {
        CSharpCompilation input = GeneratorRun.Compile(sqlite: true, [Usings, .. sources]);
        GeneratorRun.Driver((CSharpParseOptions)input.SyntaxTrees[0].Options).RunGeneratorsAndUpdateCompilation(input, out Microsoft.CodeAnalysis.Compilation output, out _);
        Diagnostic[] errors = [.. output.GetDiagnostics().Where(found => found.Severity == DiagnosticSeverity.Error)];
        errors.ShouldNotBeEmpty();
        errors.Where(found => !IsInput(found.Location.SourceTree)).ShouldBeEmpty();
    }

    private static bool IsInput(SyntaxTree? tree) => tree?.FilePath.StartsWith("Input", StringComparison.Ordinal) == true;

    private static string Line(Location location) => location.SourceTree?.GetText().Lines[location.GetLineSpan().StartLinePosition.Line].ToString().Trim() ?? "";

    [GeneratedRegex(@"\bPipeline\(""")]
    private static partial Regex Marked();

    [GeneratedRegex(@"\.AddPipeline<")]
    private static partial Regex Registered();
}
