using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace TypedPipelines.Analyzers.Reruns;

/// <summary>TP1008 of entities: rows that are deleted and saved, and added and saved after, where nothing holds the two together.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class EntityWindowAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [WindowAnalyzer.NoTransaction];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            if (start.Compilation.GetTypeByMetadataName("Microsoft.EntityFrameworkCore.DbContext") is not null || start.Compilation.GetTypeByMetadataName("System.Data.Entity.DbContext") is not null)
            {
                start.RegisterOperationAction(static operation => Analyze(operation), OperationKind.Invocation);
            }
        });
    }

    private static void Analyze(OperationAnalysisContext context)
    {
        if (context.Operation is not IInvocationOperation { TargetMethod.Name: "RemoveRange" or "Remove" or "ExecuteDelete" or "ExecuteDeleteAsync" } delete || EntityInserts.DeletedBy(delete) is not { } entity)
        {
            return;
        }

        IOperation root = OperationTree.Root(delete);
        List<IInvocationOperation> calls = [.. root.Descendants().OfType<IInvocationOperation>()];
        bool isSent = delete.TargetMethod.Name.StartsWith("ExecuteDelete", StringComparison.Ordinal);
        int deleted = isSent ? delete.Syntax.Span.End : calls.Where(call => call.Syntax.SpanStart > delete.Syntax.SpanStart && EntityInserts.SavesChanges(call.TargetMethod)).Select(static call => call.Syntax.Span.End).DefaultIfEmpty(int.MaxValue).First();
        IInvocationOperation? add = calls.Find(call => call.Syntax.SpanStart > deleted && EntityInserts.AddedBy(call) is { } added && SymbolEqualityComparer.Default.Equals(added, entity) && WindowAnalyzer.Follows(delete, call));
        if (add is null || !calls.Exists(call => call.Syntax.SpanStart > add.Syntax.SpanStart && EntityInserts.SavesChanges(call.TargetMethod)) || !CodeScope.IsAsked(context.ContainingSymbol))
        {
            return;
        }

        var transactions = new MemberTransactions(root);
        if (!transactions.MayBeAround
            && !transactions.Cover(delete.Syntax.SpanStart, add.Syntax.SpanStart)
            && (WindowAnalyzer.BeginsProgram(context.ContainingSymbol) || !Callers.AnyCalls(context.Compilation, "BeginTransaction", "BeginTransactionAsync", "UseTransaction", "UseTransactionAsync", "CreateExecutionStrategy")))
        {
            context.ReportDiagnostic(Diagnostic.Create(WindowAnalyzer.NoTransaction, delete.Syntax.GetLocation(), [add.Syntax.GetLocation()], entity.Name));
        }
    }
}
