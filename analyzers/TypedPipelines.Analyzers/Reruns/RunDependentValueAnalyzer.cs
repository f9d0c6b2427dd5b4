using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using TypedPipelines.Compilation.Parsing;

namespace TypedPipelines.Analyzers.Reruns;

/// <summary>
/// TP1003: a value that is another one on the next run: in a step or in what it calls within its class, in a row that a source
/// makes, or in what a row contract gives its own members.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class RunDependentValueAnalyzer : DiagnosticAnalyzer
{
    internal static readonly DiagnosticDescriptor RunDependentValue = Rule.Warning(
        RuleIds.RunDependentValue,
        "A value that changes from run to run",
        "{0} gives another value on the next run, and {1}: run again, {2}; {3}");

    private static readonly OperationKind[] Kinds =
    [
        OperationKind.Invocation,
        OperationKind.MethodReference,
        OperationKind.PropertyReference,
        OperationKind.FieldReference,
        OperationKind.ObjectCreation,
    ];

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [RunDependentValue];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            if (PipelineTypes.AreKnownTo(start.Compilation))
            {
                start.RegisterSymbolStartAction(static type => Start(type), SymbolKind.NamedType);
            }
        });
    }

    /// <summary>Says who uses the value, in a pipeline.</summary>
    internal static Diagnostic InPipeline(Location location, string api, string user, string instead) =>
        Diagnostic.Create(RunDependentValue, location, api, $"{user} uses it", "the same partition becomes other rows", instead);

    private static void Start(SymbolStartAnalysisContext context)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (PipelineTypes.PipelineOf(type) is not null)
        {
            StartPipeline(context, type);
        }
        else if (ContractParser.StrategyOf(type) is not null)
        {
            context.RegisterOperationAction(operation => AnalyzeRow(operation, type), Kinds);
        }
    }

    private static void StartPipeline(SymbolStartAnalysisContext context, INamedTypeSymbol type)
    {
        var graph = new ClassGraph(type);
        var found = new ConcurrentQueue<(ISymbol Member, IOperation Operation, string Api, string Instead)>();
        context.RegisterOperationAction(
            operation =>
            {
                graph.Note(operation.ContainingSymbol, operation.Operation);
                if (RunDependentValues.Find(operation.Operation) is var (api, instead, _) && !SideUse.IsAll(operation.Operation))
                {
                    found.Enqueue((ClassGraph.MemberOf(operation.ContainingSymbol), operation.Operation, api, instead));
                }
            },
            Kinds);
        context.RegisterSymbolEndAction(end => Report(end, graph, found));
    }

    private static void Report(
        SymbolAnalysisContext context, ClassGraph graph, IEnumerable<(ISymbol Member, IOperation Operation, string Api, string Instead)> found)
    {
        Dictionary<ISymbol, IMethodSymbol> steps = graph.ReachedFrom(PipelineTypes.IsStep);
        Dictionary<ISymbol, IMethodSymbol> sources = graph.ReachedFrom(GivesLoadedRows);
        foreach ((ISymbol member, IOperation operation, string api, string instead) in found)
        {
            if (steps.TryGetValue(member, out IMethodSymbol? step))
            {
                context.ReportDiagnostic(InPipeline(operation.Syntax.GetLocation(), api, $"step '{step.Name}'", instead));
            }
            else if (sources.TryGetValue(member, out IMethodSymbol? source) && RowCreation.Takes(operation))
            {
                // A source may well ask the clock what to read, or the environment where; its rows are another matter.
                context.ReportDiagnostic(InPipeline(operation.Syntax.GetLocation(), api, $"source '{source.Name}'", instead));
            }
        }
    }

    private static bool GivesLoadedRows(IMethodSymbol method) =>
        method.RuntimeAttribute("SourceAttribute") is not null
        && (method.ReturnType.RowsElement() ?? method.ReturnType.SequenceElement("IAsyncEnumerable")) is { } row
        && ContractParser.StrategyOf(row) is not null;

    private static void AnalyzeRow(OperationAnalysisContext context, INamedTypeSymbol row)
    {
        if (IsColumnValue(context.ContainingSymbol, row)
            && RunDependentValues.Find(context.Operation) is var (api, instead, _)
            && !SideUse.IsAll(context.Operation))
        {
            context.ReportDiagnostic(InPipeline(context.Operation.Syntax.GetLocation(), api, $"row '{row.Name}'", instead));
        }
    }

    /// <summary>Whether code stands in a constructor of the row, or in the initialiser of a member that is a column.</summary>
    private static bool IsColumnValue(ISymbol symbol, INamedTypeSymbol row) =>
        SymbolEqualityComparer.Default.Equals(symbol.ContainingType, row) && symbol switch
        {
            IMethodSymbol method => method.MethodKind == MethodKind.Constructor,
            IPropertySymbol { IsStatic: false } property => Navigation.IsColumn(property),
            _ => false,
        };
}
