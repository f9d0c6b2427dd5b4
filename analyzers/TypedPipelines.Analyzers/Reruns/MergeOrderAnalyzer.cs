using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using TypedPipelines.Compilation.Model;
using TypedPipelines.Compilation.Parsing;

namespace TypedPipelines.Analyzers.Reruns;

/// <summary>TP1012: rows that the windows of a pipeline share are merged, and nothing says which of two is the newer.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class MergeOrderAnalyzer : DiagnosticAnalyzer
{
    private static readonly DiagnosticDescriptor MergeWithoutVersion = Rule.Suggestion(
        RuleIds.MergeWithoutVersion,
        "A merge that lets an older window overwrite a newer one",
        "{0} is merged by key with no Version, and pipeline '{1}' is cut into windows: a window that is run again overwrites what later ones have loaded; name the column that says which row is the newer, as in [Merge(Version = nameof({0}.UpdatedAt))]");

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [MergeWithoutVersion];

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
        if (PipelineTypes.PipelineOf(type) is not { } attribute
            || PipelineParser.Parse(type, attribute, new Findings(), context.CancellationToken) is not { Pipeline: { Partitions.Scheme: not null } pipeline } parsed)
        {
            return;
        }

        foreach (LoadModel load in pipeline.Loads)
        {
            if (parsed.Contracts.FirstOrDefault(contract => contract.Row.Type == load.RowType) is { Strategy: StrategyKind.Merge, Version: null } contract
                && !contract.Keys.Any(static key => key.Kind is ColumnKind.Date or ColumnKind.Instant) // A key of the window: no other has it.
                && type.GetMembers(load.From).FirstOrDefault() is { Locations.Length: > 0 } step)
            {
                context.ReportDiagnostic(Diagnostic.Create(MergeWithoutVersion, step.Locations[0], contract.Row.Name, pipeline.Name));
            }
        }
    }
}
