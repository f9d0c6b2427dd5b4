using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using TypedPipelines.Compilation.Parsing;

namespace TypedPipelines.Analyzers.Reruns;

/// <summary>TP1001: a row contract declared <c>[Append]</c>.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class AppendAnalyzer : DiagnosticAnalyzer
{
    private static readonly DiagnosticDescriptor Append = Rule.Error(
        RuleIds.Append,
        "A load that inserts its rows again on every run",
        "{0} is loaded with [Append], so a second run inserts its rows a second time; use [Merge] (needs [Key]), [ReplacePartition] or [ReplaceTable]");

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Append];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            if (PipelineTypes.AreKnownTo(start.Compilation))
            {
                start.RegisterSymbolAction(static symbol => Analyze(symbol, (INamedTypeSymbol)symbol.Symbol), SymbolKind.NamedType);
            }
        });
    }

    private static void Analyze(SymbolAnalysisContext context, INamedTypeSymbol type)
    {
        if (type.RuntimeAttribute("AppendAttribute") is { } append)
        {
            context.ReportDiagnostic(Diagnostic.Create(Append, append.Location() ?? type.Locations[0], type.Name));
        }
        else if (PipelineTypes.PipelineOf(type) is not null)
        {
            ReportForeignRows(context, type);
        }
    }

    /// <summary>A contract of another project may be compiled without these rules: whoever loads it is told here.</summary>
    private static void ReportForeignRows(SymbolAnalysisContext context, INamedTypeSymbol pipeline)
    {
        foreach (ISymbol member in pipeline.GetMembers())
        {
            if (member is IMethodSymbol method
                && (PipelineTypes.IsStep(method) || method.RuntimeAttribute("SourceAttribute") is not null)
                && RowOf(method.ReturnType) is { } row
                && !SymbolEqualityComparer.Default.Equals(row.ContainingAssembly, context.Compilation.Assembly)
                && row.RuntimeAttribute("AppendAttribute") is not null)
            {
                context.ReportDiagnostic(Diagnostic.Create(Append, method.Locations[0], row.Name));
            }
        }
    }

    private static ITypeSymbol? RowOf(ITypeSymbol type) => type switch
    {
        _ when type.IsRuntime("Table") => null, // Read, not loaded.
        INamedTypeSymbol { TypeArguments.Length: 1 } many => many.TypeArguments[0],
        _ => type,
    };
}
