using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using TypedPipelines.Compilation;
using TypedPipelines.Compilation.Parsing;

namespace TypedPipelines.Analyzers.Wiring;

/// <summary>TP4034: a window of a table whose rows belong to none.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class WindowReadAnalyzer : DiagnosticAnalyzer
{
    private static readonly DiagnosticDescriptor NoWindows = Rule.Error(
        RuleIds.NoWindows,
        "A window is read of a table that has windows",
        "The rows of {0} belong to no window, since its strategy, [{1}], names no column that says so; read Table<{0}>.All, or select the rows by their times in a [SqlStep]");

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [NoWindows];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            if (PipelineTypes.AreKnownTo(start.Compilation))
            {
                start.RegisterOperationAction(static operation => Analyze(operation, (IInvocationOperation)operation.Operation), OperationKind.Invocation);
            }
        });
    }

    private static void Analyze(OperationAnalysisContext context, IInvocationOperation call)
    {
        if (call.TargetMethod is { Name: "In", IsStatic: true, ContainingType: { TypeArguments.Length: 1 } table }
            && table.IsRuntime("Table")
            && table.TypeArguments[0] is INamedTypeSymbol row
            && ContractParser.StrategyOf(row) is { } strategy
            && !HasWindows(strategy))
        {
            Location at = call.Syntax is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name: { } name } } ? name.GetLocation() : call.Syntax.GetLocation();
            context.ReportDiagnostic(Diagnostic.Create(NoWindows, at, row.Name, strategy.ShortName()));
        }
    }

    private static bool HasWindows(AttributeData strategy) =>
        strategy.AttributeClass.IsRuntime("ReplacePartitionAttribute") || strategy.AttributeClass.IsRuntime("SnapshotAttribute");
}
