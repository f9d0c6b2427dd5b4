using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace TypedPipelines.Generators.Tests.Harness;

/// <summary>
/// A project as large as they get: pipelines, each in a file of its own with the contracts of its rows, some steps and shared code, among many
/// times as many files of other code.
/// </summary>
internal sealed class LargeSolution
{
    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.Latest);

    internal LargeSolution(int pipelines, int files, IEnumerable<MetadataReference> references)
    {
        Pipelines = pipelines;
        Compilation = CSharpCompilation.Create(
            "Large",
            [
                Parse("Usings.cs", Usings),
                .. Enumerable.Range(0, pipelines).Select(n => Parse(PipelineFile(n), Pipeline(n))),
                .. Enumerable.Range(0, files - pipelines - 1).Select(n => Parse(OtherFile(n), Other(n))),
            ],
            references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
    }

    internal int Pipelines { get; }

    internal CSharpCompilation Compilation { get; private set; }

    internal static string PipelineFile(int n) => $"Pipeline{Text(n)}.cs";

    internal static string OtherFile(int n) => $"Service{Text(n)}.cs";

    /// <summary>Edits a file, as typing does: the compilation that follows shares all other files with the one before.</summary>
    internal CSharpCompilation Edit(string file, string from, string to)
    {
        SyntaxTree tree = Compilation.SyntaxTrees.Single(tree => tree.FilePath == file);
        string text = tree.ToString();
        int at = text.IndexOf(from, StringComparison.Ordinal);
        if (at < 0)
        {
            throw new ArgumentException($"'{from}' is not in {file}", nameof(from));
        }

        return Compilation = Compilation.ReplaceSyntaxTree(tree, Parse(file, text[..at] + to + text[(at + from.Length)..]));
    }

    private static SyntaxTree Parse(string file, string text) => CSharpSyntaxTree.ParseText(text, ParseOptions, file, Encoding.UTF8);

    private static string Text(int n) => n.ToString(CultureInfo.InvariantCulture);

    private const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.ComponentModel.DataAnnotations;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using TypedPipelines;
        """;

    private static string Pipeline(int n) => $$"""
        namespace Large.Area{{Text(n % 10)}};

        /// <summary>A line as it lands.</summary>
        public sealed record RawOrder{{Text(n)}}(long Id, string Customer, DateOnly Day, decimal Amount, string Status);

        [ReplacePartition(nameof(Day))]
        public sealed record Order{{Text(n)}}(
            [property: Key] DateOnly Day, [property: Key] long Id, [MaxLength(40)] string Customer, [property: Range(0, 1_000_000), Precision(12, 2)] decimal Amount);

        /// <summary>Orders of a day.</summary>
        [Pipeline("orders-{{Text(n)}}", Owner = "sales")]
        [DailyPartitions("2024-01-01")]
        public sealed partial class Orders{{Text(n)}}Pipeline
        {
            [Source]
            static CsvFiles<RawOrder{{Text(n)}}> Landing(DayPartition day) => new($"landing/{{Text(n)}}/{day:yyyy-MM-dd}.csv");

            [Step]
            static bool IsValid(RawOrder{{Text(n)}} raw) => raw.Status != "void";

            [Step]
            static Order{{Text(n)}} Write([From(nameof(IsValid))] RawOrder{{Text(n)}} raw) =>
                new(raw.Day, raw.Id, Service{{Text(n)}}.Normal(raw.Customer), Math.Round(raw.Amount, 2));
        }
        """;

    private static string Other(int n)
    {
        var text = new StringBuilder($$"""
            namespace Large;

            public static class Service{{Text(n)}}
            {
                public static string Normal(string name) => name.Trim().ToUpperInvariant();

            """);
        for (int i = 0; i < 20; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $$"""

                    public static int Compute{{i}}(int left, int right)
                    {
                        int sum = {{n}} + {{i}};
                        for (int i = left; i < right; i++)
                        {
                            sum += i % 7 == 0 ? Math.Max(i, sum) : i - right;
                        }

                        return sum;
                    }

                """);
        }

        return text.Append("}\n").ToString();
    }
}
