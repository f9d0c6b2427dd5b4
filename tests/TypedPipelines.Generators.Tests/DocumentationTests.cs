using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using TypedPipelines.Generators.Tests.Harness;

namespace TypedPipelines.Generators.Tests;

/// <summary>Every C# snippet of the documentation compiles, with what the generator makes of it; links lead somewhere.</summary>
public sealed partial class DocumentationTests
{
    private const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.ComponentModel.DataAnnotations;
        global using System.ComponentModel.DataAnnotations.Schema;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using TypedPipelines;
        """;

    private static readonly string Root = Path.GetFullPath(Repository.Path());

    public static TheoryData<string, int> Snippets()
    {
        var data = new TheoryData<string, int>();
        // The pages of rules show code that must be flagged: the analyzers' own tests compile those.
        foreach (string file in Pages().Where(file => !file.StartsWith("docs/rules/", StringComparison.Ordinal) && file != "docs/testing.md"))
        {
            for (int i = 0; i < CodeBlocks(file).Count; i++)
            {
                data.Add(file, i);
            }
        }

        return data;
    }

    public static TheoryData<string> AllPages() => [.. Pages()];

    [Theory]
    [MemberData(nameof(Snippets))]
    public void A_snippet_compiles(string file, int number)
    {
        string code = CodeBlocks(file)[number];
        bool program = code.Contains("PipelineApp.Create", StringComparison.Ordinal);
        // A program registers what the snippets around it declare.
        string around = program || code.Contains("Airport>", StringComparison.Ordinal) ? Sample("AirportsPipeline.cs") : "";
        string text = program ? code : code.TrimStart().StartsWith("app.", StringComparison.Ordinal) ? "var app = PipelineApp.Create(args);\n" + code : Wrap(code);

        CSharpCompilation compilation = CSharpCompilation.Create(
            "Snippet",
            [CSharpSyntaxTree.ParseText(around.Length == 0 ? Usings : Usings + "\nglobal using Flights;", GeneratorRun.ParseOptions), CSharpSyntaxTree.ParseText(text, GeneratorRun.ParseOptions), CSharpSyntaxTree.ParseText(around, GeneratorRun.ParseOptions)],
            GeneratorRun.Compile(sqlite: true, postgreSql: true, sqlServer: true).References.Concat(new[] { typeof(PipelineApp), typeof(DbQuery<>), typeof(OpenTelemetry.Sdk), typeof(OpenTelemetry.BaseProvider), typeof(OpenTelemetry.Trace.OtlpTraceExporterHelperExtensions) }.Select(type => MetadataReference.CreateFromFile(type.Assembly.Location))),
            new CSharpCompilationOptions(program || text.Contains("PipelineApp", StringComparison.Ordinal) ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        GeneratorRun.Driver().RunGeneratorsAndUpdateCompilation(compilation, out Microsoft.CodeAnalysis.Compilation output, out _);

        output.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Select(diagnostic => diagnostic.ToString()).ShouldBeEmpty(code);
        if (text.Contains("[Pipeline(", StringComparison.Ordinal))
        {
            output.SyntaxTrees.Count().ShouldBeGreaterThan(compilation.SyntaxTrees.Length + 2, "the pipeline must be whole: code is generated for it");
        }
    }

    [Fact]
    public void The_code_of_the_readme_is_the_samples()
    {
        IReadOnlyList<string> blocks = CodeBlocks("README.md");
        string pipeline = Sample("FlightsPipeline.cs");
        pipeline.ShouldContain(blocks[0].Trim());
        Sample("Program.cs").Trim().ShouldBe(blocks[1].Trim());
    }

    [Fact]
    public void The_code_of_the_page_on_testing_is_the_samples_tests()
    {
        string tests = Unindented(string.Concat(Directory.GetFiles(Path.Combine(Root, "samples", "Flights.Tests"), "*.cs").Select(File.ReadAllText)));
        IReadOnlyList<string> blocks = CodeBlocks("docs/testing.md");
        blocks.ShouldNotBeEmpty();
        blocks.ShouldAllBe(block => tests.Contains(Unindented(block), StringComparison.Ordinal));
    }

    private static string Unindented(string code) => string.Join('\n', code.Split('\n').Select(line => line.Trim()));

    [Theory]
    [MemberData(nameof(AllPages))]
    public void Links_lead_to_files_and_headings_that_exist(string page)
    {
        string folder = Path.GetDirectoryName(Path.Combine(Root, page))!;
        foreach (Match link in Link().Matches(WithoutCode(page)))
        {
            string target = link.Groups[1].Value;
            if (target.StartsWith("http", StringComparison.Ordinal))
            {
                continue;
            }

            string[] parts = target.Split('#');
            string file = parts[0].Length == 0 ? Path.Combine(Root, page) : Path.GetFullPath(Path.Combine(folder, parts[0]));
            (File.Exists(file) || Directory.Exists(file)).ShouldBeTrue($"{page} links to {target}");
            if (parts.Length == 2)
            {
                string[] lines = File.ReadAllLines(file);
                lines.Where(line => line.StartsWith('#')).Select(Anchor).Concat(lines.SelectMany(line => Place().Matches(line)).Select(place => place.Groups[1].Value)).ShouldContain(parts[1], $"{page} links to {target}");
            }
        }
    }

    [Fact]
    public void Every_page_can_be_reached_from_the_readme()
    {
        var reached = new HashSet<string> { "README.md", "CHANGELOG.md", "samples/Flights/landing/README.md" };
        var open = new Queue<string>(["README.md"]);
        while (open.TryDequeue(out string? page))
        {
            foreach (Match link in Link().Matches(WithoutCode(page)))
            {
                string file = Path.GetRelativePath(Root, Path.GetFullPath(Path.Combine(Root, Path.GetDirectoryName(page)!, link.Groups[1].Value.Split('#')[0])));
                if (file.EndsWith(".md", StringComparison.Ordinal) && reached.Add(file))
                {
                    open.Enqueue(file);
                }
            }
        }

        Pages().Except(reached).ShouldBeEmpty("no page is an orphan");
    }

    /// <summary>A snippet as a compilation unit: members of a pipeline get a pipeline around them, rows that nothing takes a load.</summary>
    private static string Wrap(string code)
    {
        if (!code.TrimStart().StartsWith("[Source]", StringComparison.Ordinal) && !code.TrimStart().StartsWith("[Step]", StringComparison.Ordinal))
        {
            return code;
        }

        return $$"""
            [ReplacePartition(nameof(At))]
            public sealed record Reading(DateTimeOffset At, double Value);

            [Pipeline("snippet")]
            [DailyPartitions("2026-01-01")]
            public sealed partial class SnippetPipeline
            {
            {{code}}
            }
            """;
    }

    private static string Sample(string file) => File.ReadAllText(Path.Combine(Root, "samples", "Flights", file));

    private static IEnumerable<string> Pages() => Directory.GetFiles(Root, "*.md", SearchOption.TopDirectoryOnly)
        .Concat(Directory.GetFiles(Path.Combine(Root, "docs"), "*.md", SearchOption.AllDirectories))
        .Concat(Directory.GetFiles(Path.Combine(Root, "samples"), "*.md", SearchOption.AllDirectories))
        .Select(file => Path.GetRelativePath(Root, file))
        .Order(StringComparer.Ordinal);

    private static IReadOnlyList<string> CodeBlocks(string file) =>
        [.. Code().Matches(File.ReadAllText(Path.Combine(Root, file))).Select(match => match.Groups[1].Value)];

    private static string WithoutCode(string file) => Fence().Replace(File.ReadAllText(Path.Combine(Root, file)), "");

    private static string Anchor(string heading) =>
        NotInAnchor().Replace(heading.TrimStart('#').Trim().ToLowerInvariant(), "").Replace(' ', '-');

    [GeneratedRegex("^```csharp\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Code();

    [GeneratedRegex("^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("<a id=\"([^\"]+)\">")]
    private static partial Regex Place();

    [GeneratedRegex(@"[^\p{L}\p{N} _-]")]
    private static partial Regex NotInAnchor();
}
