using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace TypedPipelines.Analyzers.Tests.Wiring;

public sealed class LengthAnnotationSuppressorTests
{
    [Theory]
    [InlineData("public sealed record Row([property: MaxLength(3)] string Name);", true)]
    [InlineData("public sealed record Row([MaxLength(3)] string? Name);", true)]
    [InlineData("public sealed class Row { [MinLength(1)] public byte[] Bytes { get; init; } = []; }", true)]
    [InlineData("public sealed class Row { [Length(1, 2)] public string A = \"\", B = \"\"; }", true)]
    [InlineData("public sealed class Row { [MaxLength(3)] public Odd Odd { get; init; } = new(); } public sealed class Odd { public int Count => 1; }", false)]
    [InlineData("public sealed class Row { [Max(3)] public string Name { get; init; } = \"\"; } public sealed class MaxAttribute(int most) : Attribute { public int Most => most; }", false)]
    public async Task A_trim_warning_on_the_length_of_a_text_or_an_array_is_taken_back(string code, bool suppressed)
    {
        var compilation = Analysis.Compile(code);
        Analysis.ShouldCompile(compilation);
        ImmutableArray<Diagnostic> found = await compilation
            .WithAnalyzers([new TrimWarnings(), new LengthAnnotationSuppressor()], new CompilationWithAnalyzersOptions(
                new AnalyzerOptions([]), onAnalyzerException: null, concurrentAnalysis: true, logAnalyzerExecutionTime: false, reportSuppressedDiagnostics: true))
            .GetAnalyzerDiagnosticsAsync();
        found.Where(diagnostic => diagnostic.Id == "IL2026").ShouldHaveSingleItem().IsSuppressed.ShouldBe(suppressed);
    }

    /// <summary>Warns of every attribute on a member, as the trimmer's analyzer does of those that need reflection.</summary>
#pragma warning disable RS1001, RS1036, RS2008 // An analyzer of this test alone: nobody loads it from its assembly.
    private sealed class TrimWarnings : DiagnosticAnalyzer
    {
        private static readonly DiagnosticDescriptor Warning = new("IL2026", "Trimming", "Trimming", "Trimming", DiagnosticSeverity.Warning, isEnabledByDefault: true);

        public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Warning];

        public override void Initialize(AnalysisContext context)
        {
            context.EnableConcurrentExecution();
            context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
            context.RegisterSyntaxNodeAction(
                node => node.ReportDiagnostic(Diagnostic.Create(Warning, node.Node.GetLocation())), Microsoft.CodeAnalysis.CSharp.SyntaxKind.Attribute);
        }
    }
}
