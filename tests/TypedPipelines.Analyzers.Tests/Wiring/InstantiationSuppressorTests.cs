using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace TypedPipelines.Analyzers.Tests.Wiring;

public sealed class InstantiationSuppressorTests
{
    [Fact]
    public async Task Pipelines_and_the_rows_of_sources_need_nobody_who_makes_one()
    {
        var compilation = Analysis.Compile("""
            namespace Inner
            {
                internal sealed record Raw(int Id);
                [Merge] internal sealed record Row([property: Key] int Id);
                internal sealed record Other(int Id);
                internal sealed class Reader : ISource<Raw> { public IRowSource<Raw> Open(SourceContext context) => throw new NotSupportedException(); }
                [Pipeline("p")] internal sealed partial class P
                {
                    [Source] static ISource<Raw> Read() => new Reader();
                    [Step] static Row Make(Raw raw) => new(raw.Id);
                    static Other? Find() => null;
                }
            }
            """);
        Analysis.ShouldCompile(compilation);
        ImmutableArray<Diagnostic> found = await compilation
            .WithAnalyzers([new NeverMade(), new InstantiationSuppressor()], new CompilationWithAnalyzersOptions(
                new AnalyzerOptions([]), onAnalyzerException: null, concurrentAnalysis: true, logAnalyzerExecutionTime: false, reportSuppressedDiagnostics: true))
            .GetAnalyzerDiagnosticsAsync();
        found.Where(diagnostic => diagnostic.IsSuppressed).Select(diagnostic => diagnostic.GetMessage()).Order().ShouldBe(["P", "Raw"]);
        found.Where(diagnostic => !diagnostic.IsSuppressed).Select(diagnostic => diagnostic.GetMessage()).Order().ShouldBe(["Other", "Reader", "Row"]);
    }

    /// <summary>Warns of every internal class, at its name, as CA1812 does of those that it sees no object made of.</summary>
#pragma warning disable RS1001, RS1029, RS1036, RS2008 // An analyzer of this test alone: nobody loads it from its assembly.
    private sealed class NeverMade : DiagnosticAnalyzer
    {
        private static readonly DiagnosticDescriptor Warning = new("CA1812", "Never made", "{0}", "Performance", DiagnosticSeverity.Warning, isEnabledByDefault: true);

        public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Warning];

        public override void Initialize(AnalysisContext context)
        {
            context.EnableConcurrentExecution();
            context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
            context.RegisterSymbolAction(
                static symbol =>
                {
                    if (symbol.Symbol.DeclaredAccessibility == Accessibility.Internal)
                    {
                        symbol.ReportDiagnostic(Diagnostic.Create(Warning, symbol.Symbol.Locations[0], symbol.Symbol.Name));
                    }
                },
                SymbolKind.NamedType);
        }
    }
}
