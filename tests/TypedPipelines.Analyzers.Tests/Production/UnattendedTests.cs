using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using TypedPipelines.Analyzers.Production;

namespace TypedPipelines.Analyzers.Tests.Production;

/// <summary>TP5003 to TP5005: owners, checks and what to do, where a project asks for them.</summary>
public class UnattendedTests
{
    private static readonly string[] Ids = ["TP5003", "TP5004", "TP5005"];

    private static async Task<string[]> FindAsync(string code, bool isAsked = true)
    {
        CSharpCompilation compilation = Analysis.Compile(code);
        Analysis.ShouldCompile(compilation);
        if (isAsked)
        {
            compilation = compilation.WithOptions(compilation.Options.WithSpecificDiagnosticOptions(Ids.Select(id => KeyValuePair.Create(id, ReportDiagnostic.Info))));
        }

        IReadOnlyList<Diagnostic> found = await Analysis.RunAsync(compilation, [new UnattendedAnalyzer()]);
        return [.. found.Select(diagnostic => $"{diagnostic.Id} {diagnostic.Location.SourceTree!.ToString().Substring(diagnostic.Location.SourceSpan.Start, diagnostic.Location.SourceSpan.Length)}")];
    }

    private static string Code(string pipeline, string row) => $$"""
        {{row}}

        [Pipeline("sales"{{pipeline}})]
        public sealed partial class Sales
        {
            [Source] static IEnumerable<Sale> Read() => [];
        }
        """;

    private const string Checked = """[Merge, RowCount(Minimum = 1, Remedy = "Ask.")] public sealed record Sale([property: Key] int Id);""";

    [Theory]
    [InlineData("")]
    [InlineData(", Owner = \"\"")]
    [InlineData(", Owner = \" \"")]
    [InlineData(", Description = \"What is sold.\"")]
    public async Task Nobody_is_named(string pipeline) => (await FindAsync(Code(pipeline, Checked))).ShouldBe(["TP5003 Sales"]);

    [Fact]
    public async Task Somebody_is_named() => (await FindAsync(Code(", Owner = \"shop\"", Checked))).ShouldBeEmpty();

    [Theory]
    [InlineData("[Merge] public sealed record Sale([property: Key] int Id);")]
    [InlineData("[Merge] public sealed record Sale([property: Key, MaxLength(3), Required] string Id);")]
    [InlineData("[Merge] public sealed class Sale { [Key] public int Id { get; init; } [StringLength(9)] public string? Name { get; init; } static bool IsRight(Sale row) => row.Id > 0; }")]
    public async Task Nothing_is_asked_of_the_rows(string row) => (await FindAsync(Code(", Owner = \"shop\"", row))).ShouldBe(["TP5004 Sale"]);

    [Theory]
    [InlineData("[Merge] public sealed record Sale([property: Key] int Id, [property: Range(0, 9)] int Price);")]
    [InlineData("[Merge] public sealed record Sale([property: Key] int Id, [AllowedValues(1, 2)] int Price);")]
    [InlineData("[Merge] public sealed record Sale([property: Key] int Id, [MaxNullShare(0.1, Remedy = \"Ask.\")] int? Price);")]
    [InlineData("[Merge, Unique(nameof(Name), Remedy = \"Ask.\")] public sealed record Sale([property: Key] int Id, string Name);")]
    [InlineData("[Merge] public sealed record Sale([property: Key] int Id)\n{\n/// <remarks>Ask.</remarks>\n[Check] internal static bool IsRight(Sale row) => row.Id > 0; }")]
    [InlineData("public record Base { [Range(0, 9)] public int Price { get; init; } }\n[Merge] public sealed record Sale([property: Key] int Id) : Base;")]
    public async Task Something_is_asked_of_the_rows(string row) => (await FindAsync(Code(", Owner = \"shop\"", row))).ShouldBeEmpty();

    [Theory]
    [InlineData("[Merge, RowCount(Minimum = 1)] public sealed record Sale([property: Key] int Id);", "TP5005 RowCount(Minimum = 1)")]
    [InlineData("[Merge, RowCount(Minimum = 1, Description = \"Something is sold.\")] public sealed record Sale([property: Key] int Id);", "TP5005 RowCount(Minimum = 1, Description = \"Something is sold.\")")]
    [InlineData("[Merge] public sealed record Sale([property: Key] int Id, [Steady] int Price);", "TP5005 Steady")]
    [InlineData("[Merge] public sealed record Sale([property: Key] int Id)\n{\n/// <summary>An id.</summary>\n[Check] internal static bool IsRight(Sale row) => row.Id > 0; }", "TP5005 IsRight")]
    public async Task What_to_do_is_not_said(string row, string expected) => (await FindAsync(Code(", Owner = \"shop\"", row))).ShouldBe([expected]);

    [Fact]
    public async Task Nobody_is_asked_who_has_not_asked_for_it() =>
        (await FindAsync(Code("", "[Merge] public sealed record Sale([property: Key] int Id);"), isAsked: false)).ShouldBeEmpty();
}
