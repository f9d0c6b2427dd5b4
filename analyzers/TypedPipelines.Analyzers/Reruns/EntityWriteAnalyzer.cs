using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace TypedPipelines.Analyzers.Reruns;

/// <summary>TP1004 of entities: a value of a row that is made from the one that is there, by code or by <c>ExecuteUpdate</c>.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class EntityWriteAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [CommandWriteAnalyzer.RelativeWrite];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            // Where there is no EF, there are no entities.
            if (start.Compilation.GetTypeByMetadataName("Microsoft.EntityFrameworkCore.DbContext") is not null || start.Compilation.GetTypeByMetadataName("System.Data.Entity.DbContext") is not null)
            {
                start.RegisterOperationAction(static operation => Analyze(operation), OperationKind.CompoundAssignment, OperationKind.Increment, OperationKind.Decrement, OperationKind.SimpleAssignment, OperationKind.Invocation);
            }
        });
    }

    private static void Analyze(OperationAnalysisContext context)
    {
        if (EntityChanges.RelativeIn(context.Operation) is var (entity, property) && CodeScope.IsAsked(context.ContainingSymbol) && !CodeScope.AnswersRequest(context.ContainingSymbol))
        {
            context.ReportDiagnostic(Diagnostic.Create(CommandWriteAnalyzer.RelativeWrite, context.Operation.Syntax.GetLocation(), entity, property));
        }
    }
}
