using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using TypedPipelines.Analyzers.Reruns;
using TypedPipelines.Compilation.Parsing;

namespace TypedPipelines.Analyzers.Steps;

/// <summary>
/// Steps that give other rows on another machine, or change something besides their rows: TP1013, the time zone of the machine in a key or
/// partition column; TP1014, its culture and zone anywhere else; TP1015, side effects.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class StepCodeAnalyzer : DiagnosticAnalyzer
{
    private static readonly DiagnosticDescriptor LocalPartition = Rule.Warning(
        RuleIds.LocalPartition,
        "A key or partition column that the machine's time zone decides",
        "{0} {1}, and {2} makes it depend on the time zone of the machine: elsewhere the row {3}; {4}");

    private const string NameZone = "convert to a zone by its name";

    private const string SayKind = "say which it is of, by TimeZoneInfo.ConvertTimeToUtc(value, zone), or by DateTime.SpecifyKind where that is UTC";

    private static readonly DiagnosticDescriptor CultureDependent = Rule.Warning(
        RuleIds.CultureDependent,
        "A value that depends on the machine's culture or zone",
        "{0} in step '{1}' does what the {2} of the machine says, so another machine makes other rows of the same; {3}");

    private static readonly DiagnosticDescriptor SideEffect = Rule.Warning(
        RuleIds.SideEffect,
        "A step that changes something besides its rows",
        "Step '{0}' changes {1}, which is not undone where the run fails and is done again on the next run; give rows and let the pipeline load them, or do it after the run");

    private static readonly OperationKind[] Kinds =
    [
        OperationKind.Invocation, OperationKind.PropertyReference, OperationKind.Interpolation, OperationKind.ObjectCreation, OperationKind.SimpleAssignment, OperationKind.CompoundAssignment,
        OperationKind.CoalesceAssignment, OperationKind.Conversion, OperationKind.Increment, OperationKind.Decrement, OperationKind.MethodReference, OperationKind.FieldReference,
    ];

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [LocalPartition, CultureDependent, SideEffect];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            if (PipelineTypes.AreKnownTo(start.Compilation))
            {
                start.RegisterSymbolStartAction(static type => Start(type, (INamedTypeSymbol)type.Symbol), SymbolKind.NamedType);
            }
        });
    }

    private static void Start(SymbolStartAnalysisContext context, INamedTypeSymbol type)
    {
        if (PipelineTypes.PipelineOf(type) is null)
        {
            return;
        }

        var graph = new ClassGraph(type);
        var found = new ConcurrentQueue<(ISymbol Member, System.Func<string, Diagnostic> Make)>();
        context.RegisterOperationAction(
            operation =>
            {
                graph.Note(operation.ContainingSymbol, operation.Operation);
                if (!IsConstruction(operation.ContainingSymbol) && Find(operation.Operation) is { } make)
                {
                    found.Enqueue((ClassGraph.MemberOf(operation.ContainingSymbol), make));
                }
            },
            Kinds);
        context.RegisterSymbolEndAction(end => Report(end, graph, found));
    }

    // Static state that is made once, before anything runs.
    private static bool IsConstruction(ISymbol member) => member is IFieldSymbol or IMethodSymbol { MethodKind: MethodKind.StaticConstructor };

    private static System.Func<string, Diagnostic>? Find(IOperation operation)
    {
        Location at = operation.Syntax.GetLocation();
        if (MachineDependence.OfZone(operation) is { } zone)
        {
            return OfZone(operation, at, zone, DecidingColumn.Of(operation) is { IsKey: false } ? NameZone + ", as that of the pipeline" : NameZone);
        }

        if (UnknownKind.Converted(operation) is { } converted)
        {
            return OfZone(operation, at, converted, SayKind);
        }

        // Where it decides nothing it is as good as right: most values of a program are UTC, and no type says so.
        if (UnknownKind.Widened(operation) is { } widened)
        {
            return DecidingColumn.Of(operation) is { } decided ? Decides(decided, at, widened, SayKind) : null;
        }

        if (MachineDependence.OfCulture(operation) is { } culture)
        {
            // How a value is written that is another one each time is the lesser trouble.
            bool isChanging = operation.Descendants().Any(static part => RunDependentValues.Find(part) is not null);
            return isChanging || SideUse.IsAll(operation) ? null : step => Diagnostic.Create(CultureDependent, at, culture, step, "culture", "pass CultureInfo.InvariantCulture");
        }

        return SideEffects.Of(operation) is { } changed ? step => Diagnostic.Create(SideEffect, at, step, changed) : null;
    }

    private static System.Func<string, Diagnostic>? OfZone(IOperation operation, Location at, string zone, string instead) =>
        DecidingColumn.Of(operation) is { } decided ? Decides(decided, at, zone, instead)
        : SideUse.IsAll(operation) ? null
        : step => Diagnostic.Create(CultureDependent, at, zone, step, "time zone", instead);

    private static System.Func<string, Diagnostic> Decides(DecidingColumn decided, Location at, string zone, string instead) => _ => Diagnostic.Create(
        LocalPartition,
        at,
        $"{decided.Row}.{decided.Column}",
        decided.IsKey ? "is of the key" : "says which window a row belongs to",
        zone,
        decided.IsKey ? "has another key, and is there twice" : "falls into another window",
        instead);

    private static void Report(SymbolAnalysisContext context, ClassGraph graph, IEnumerable<(ISymbol Member, System.Func<string, Diagnostic> Make)> found)
    {
        Dictionary<ISymbol, IMethodSymbol> steps = graph.ReachedFrom(PipelineTypes.IsStep);
        foreach ((ISymbol member, System.Func<string, Diagnostic> make) in found)
        {
            if (steps.TryGetValue(member, out IMethodSymbol? step))
            {
                context.ReportDiagnostic(make(step.Name));
            }
        }
    }
}
