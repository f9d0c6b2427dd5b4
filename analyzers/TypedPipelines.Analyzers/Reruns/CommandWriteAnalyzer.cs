using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using TypedPipelines.Analyzers.Sql;
using TypedPipelines.Compilation.Parsing;
using TypedPipelines.Compilation.Sql;

namespace TypedPipelines.Analyzers.Reruns;

/// <summary>What a command's text says of itself: TP1004, a value made from the one that is there; TP1005, a MERGE that two may run at once.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class CommandWriteAnalyzer : DiagnosticAnalyzer
{
    internal static readonly DiagnosticDescriptor RelativeWrite = Rule.Warning(
        RuleIds.RelativeWrite,
        "A write that a second run adds to",
        "This changes '{1}' of '{0}' by what it holds already, so a second run changes it again; set it to a value computed from its source, or note what has been applied in the same transaction");

    private static readonly DiagnosticDescriptor MergeWithoutLock = Rule.Warning(
        RuleIds.MergeWithoutLock,
        "A MERGE that two runs can both insert with",
        "Two runs of this MERGE at once can both find a row of '{0}' missing and both insert it, for it locks nothing that is not there; add WITH (HOLDLOCK) to the target");

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [RelativeWrite, MergeWithoutLock];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        SqlFiles.Provide(context);
        context.RegisterOperationAction(static operation => Analyze(operation), OperationKind.SimpleAssignment, OperationKind.ObjectCreation, OperationKind.Invocation, OperationKind.Invalid);
    }

    private static void Analyze(OperationAnalysisContext context)
    {
        if (DatabaseCalls.CommandTextOf(context.Operation) is not { } text || CommandText.Of(text) is not { } sql)
        {
            return;
        }

        IReadOnlyList<SqlToken> tokens = SqlLexer.Read(sql, backslashEscapes: false);
        if (RelativeWrites.Find(tokens, table => IsRebuilt(context, sql, table)) is { } write
            && CommandHistory.Before(context.Operation) is not null
            && CodeScope.IsAsked(context.ContainingSymbol))
        {
            context.ReportDiagnostic(Diagnostic.Create(RelativeWrite, text.Syntax.GetLocation(), Readable.Of(write.Table), Readable.Of(write.Column)));
        }

        if (UnlockedMerge.Find(tokens, IsOfSqlServer(context.Operation)) is { } merge
            && !IsSerialized(context.Operation)
            && CodeScope.IsAsked(context.ContainingSymbol))
        {
            context.ReportDiagnostic(Diagnostic.Create(MergeWithoutLock, text.Syntax.GetLocation(), Readable.Of(merge.Target)));
        }
    }

    private static bool IsRebuilt(OperationAnalysisContext context, string sql, string table) =>
        InsertJudge.IsRebuilt(table, [.. CommandHistory.Before(context.Operation) ?? [], sql]);

    private static bool IsOfSqlServer(IOperation command) =>
        command.DescendantsAndSelf().Any(static operation => DatabaseCalls.IsOfSqlServer(operation.Type))
        || (command is ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Instance.Type: { } type } } && DatabaseCalls.IsOfSqlServer(type));

    /// <summary>Whether its member speaks of a serializable transaction or takes a lock by name.</summary>
    private static bool IsSerialized(IOperation command)
    {
        string member = OperationTree.Root(command).Syntax.ToString();
        return member.Contains("Serializable") || member.Contains("SERIALIZABLE") || member.Contains("sp_getapplock");
    }
}
