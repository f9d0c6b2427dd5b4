using System.Collections.Generic;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using TypedPipelines.Analyzers.Sql;
using TypedPipelines.Compilation.Parsing;

namespace TypedPipelines.Analyzers.Reruns;

/// <summary>TP1002: a pipeline that inserts by itself, past its loads, with nothing that makes the insert repeatable.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class RawInsertAnalyzer : DiagnosticAnalyzer
{
    private static readonly DiagnosticDescriptor RawInsert = Rule.Warning(
        RuleIds.RawInsert,
        "A raw insert that a second run repeats",
        "This inserts into {0} with nothing that makes it repeatable, so a second run inserts the rows a second time; return them from a step and let the pipeline load them, or use an upsert, NOT EXISTS, or a delete of the same window before it");

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [RawInsert];

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

    // By type, so that code outside pipelines costs nothing.
    private static void Start(SymbolStartAnalysisContext context)
    {
        if (!PipelineTypes.AreAround((INamedTypeSymbol)context.Symbol))
        {
            return;
        }

        context.RegisterOperationAction(
            static operation => AnalyzeCommand(operation), OperationKind.SimpleAssignment, OperationKind.ObjectCreation, OperationKind.Invocation);
        context.RegisterOperationAction(static operation => AnalyzeBulkCopy(operation), OperationKind.Invocation);
    }

    private static void AnalyzeCommand(OperationAnalysisContext context)
    {
        if (DatabaseCalls.CommandTextOf(context.Operation) is not { } text
            || CommandText.Of(text) is not { } sql
            || CommandHistory.Before(context.Operation) is not { } earlier)
        {
            return;
        }

        if (InsertJudge.UnrepeatableTable(sql, earlier) is { } table)
        {
            context.ReportDiagnostic(Diagnostic.Create(RawInsert, text.Syntax.GetLocation(), Shown(table)));
        }
    }

    private static void AnalyzeBulkCopy(OperationAnalysisContext context)
    {
        var call = (IInvocationOperation)context.Operation;
        if (!DatabaseCalls.IsBulkCopy(call.TargetMethod)
            || CommandHistory.Before(call) is not { } earlier)
        {
            return;
        }

        string? table = BulkTarget(call);
        if (!InsertJudge.IsCleared(table, earlier))
        {
            context.ReportDiagnostic(Diagnostic.Create(RawInsert, call.Syntax.GetLocation(), table is null ? "a table" : Shown(table)));
        }
    }

    private static string? BulkTarget(IInvocationOperation call)
    {
        foreach (IOperation operation in OperationTree.Root(call).Descendants())
        {
            if (operation is ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property: { Name: "DestinationTableName" } property } } assignment
                && DatabaseCalls.IsSqlBulkCopy(property.ContainingType))
            {
                return CommandText.Of(assignment.Value);
            }
        }

        return null;
    }

    private static string Shown(string table)
    {
        string[] parts = table.Split(CommandText.Hole);
        for (int i = 1; i < parts.Length; i += 2)
        {
            parts[i] = "{" + parts[i] + "}";
        }

        return "'" + string.Concat((IEnumerable<string>)parts) + "'";
    }
}
