using System;
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

/// <summary>TP1002: code that inserts by itself, in a pipeline or not, with nothing that makes the insert repeatable.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class RawInsertAnalyzer : DiagnosticAnalyzer
{
    private const string InPipeline = "return them from a step and let the pipeline load them, or use an upsert, NOT EXISTS, or a delete of the same window before it";
    private const string Elsewhere = "use an upsert, NOT EXISTS, or a delete of the same rows before it";
    private const string OfEntities = "look for it by its key before, or let a unique key refuse it";

    private static readonly DiagnosticDescriptor RawInsert = Rule.Warning(
        RuleIds.RawInsert,
        "A raw insert that a second run repeats",
        "This inserts into {0} with nothing that makes it repeatable, so a second run inserts the rows a second time; {1}");

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [RawInsert];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        SqlFiles.Provide(context);
        context.RegisterOperationAction(static operation => AnalyzeCommand(operation), OperationKind.SimpleAssignment, OperationKind.ObjectCreation, OperationKind.Invocation, OperationKind.Invalid);
        context.RegisterOperationAction(static operation => AnalyzeCall(operation), OperationKind.Invocation);
    }

    private static void AnalyzeCommand(OperationAnalysisContext context)
    {
        if (DatabaseCalls.CommandTextOf(context.Operation) is { } text
            && CommandText.Of(text) is { } sql
            && InsertJudge.UnrepeatableTable(sql, []) is not null // Seldom, so that the rest may take its time.
            && IsAsked(context, out string advice)
            && CommandHistory.Before(context.Operation) is { } earlier
            && InsertJudge.UnrepeatableTable(sql, earlier) is { } table
            && !(advice == Elsewhere && (WrittenNames.IsLog(table) || LogEntries.Are(sql, table) || IsToLog(context.ContainingSymbol) || IsMadeForOthers(context.ContainingSymbol, table)))
            && !LoadedParents.Have(table, [.. earlier, sql])
            && !MovedRows.Are(sql, CommandHistory.After(context.Operation))
            && !(WrittenNames.IsHistory(table) && CommandHistory.After(context.Operation).Concat(earlier).Any(other => ChangesOther(other, table)))
            && !UniqueViolation.IsCaughtAround(context.Operation)
            && !ExistenceCheck.IsAroundParent(context.Operation)
            && !IsLookedFor(context, NamesOf(table, null)))
        {
            context.ReportDiagnostic(Diagnostic.Create(RawInsert, text.Syntax.GetLocation(), Shown(table), advice));
        }
    }

    private static void AnalyzeCall(OperationAnalysisContext context)
    {
        var call = (IInvocationOperation)context.Operation;
        if (InsertedBy(call, context.ContainingSymbol) is not { } target
            || !IsAsked(context, out string advice)
            || (advice == Elsewhere && InsertCalls.IsBulkCopy(call.TargetMethod) && !InsertCalls.NamesTarget(call))
            || CommandHistory.Before(call) is not { } earlier
            || UniqueViolation.IsCaughtAround(call))
        {
            return;
        }

        // Which table an object is stored in is known at run time: any that was cleared may be it.
        string? table = target.Table;
        if (!InsertJudge.IsCleared(table, earlier)
            && !(advice == Elsewhere && (WrittenNames.IsLog(table ?? target.Entity?.Name) || IsToLog(context.ContainingSymbol)))
            && !IsLookedFor(context, [.. NamesOf(table, target.Entity), .. SetOf(call)]))
        {
            bool isEntity = target.Entity is not null && advice == Elsewhere;
            context.ReportDiagnostic(Diagnostic.Create(
                RawInsert,
                call.Syntax.GetLocation(),
                table is not null ? Shown(table) : target.Entity is { } entity ? $"the table of {entity.Name}" : "a table",
                isEntity ? OfEntities : advice));
        }
    }

    private static (string? Table, ITypeSymbol? Entity)? InsertedBy(IInvocationOperation call, ISymbol caller) =>
        InsertCalls.IsBulkCopy(call.TargetMethod) ? (InsertCalls.BulkTarget(call), null)
        : InsertCalls.Inserts(call.TargetMethod, caller) ? (IsGuarded(call) ? null : (null, null))
        : EntityInserts.UnguardedBy(call) is { } entity ? (null, entity)
        : null;

    /// <summary>Whether a text updates or deletes rows of another table: a history beside it says what has changed, and on the second run nothing does.</summary>
    private static bool ChangesOther(string text, string table)
    {
        string start = text.TrimStart();
        return (start.StartsWith("update", StringComparison.OrdinalIgnoreCase) || start.StartsWith("delete", StringComparison.OrdinalIgnoreCase)) && text.IndexOf(table, StringComparison.OrdinalIgnoreCase) < 0;
    }

    /// <summary><c>LogRoomEventAsync(...)</c>: what happened on the second run happened again.</summary>
    private static bool IsToLog(ISymbol member) =>
        member is IMethodSymbol method && method.Parameters.Any(static parameter => parameter.Type.Name is "AuditEvent" or "AuditEntry" or "AuditRecord" or "AuditLog" or "LogEvent" or "LogEntry" or "LogRecord")
        || (member.Name.StartsWith("Log", StringComparison.Ordinal) && member.Name.Length > 3 && char.IsUpper(member.Name[3])) || member.Name.StartsWith("Audit", StringComparison.Ordinal);

    /// <summary>A method that makes a command for whatever table it is told: who calls it knows what was cleared.</summary>
    private static bool IsMadeForOthers(ISymbol member, string table) =>
        table.IndexOf(SqlLexer.Hole) >= 0 && member is IMethodSymbol { ReturnType.Name: var given } && given.EndsWith("Command", StringComparison.Ordinal);

    /// <summary>Whether the member itself, its class, or all who call it have seen to it that the rows are not there.</summary>
    private static bool IsLookedFor(OperationAnalysisContext context, IReadOnlyCollection<string> names) =>
        LookedFor.IsAround(context.Operation.Syntax)
        || LookedFor.IsUpdatedInstead(context.Operation.Syntax)
        || ClassGuards.IsClearedBefore(context.Operation.Syntax, context.ContainingSymbol, names)
        || ClassGuards.Protect(context.ContainingSymbol, names)
        || Callers.HaveLooked(context.ContainingSymbol, context.Compilation);

    private static bool IsGuarded(IInvocationOperation insert)
    {
        foreach (IOperation operation in OperationTree.Root(insert).Descendants())
        {
            if (operation is IInvocationOperation other
                && other.Syntax.SpanStart < insert.Syntax.SpanStart
                && other != insert.Instance
                && InsertCalls.MayClear(other, insert.TargetMethod))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsAsked(OperationAnalysisContext context, out string advice)
    {
        bool inPipeline = context.ContainingSymbol.ContainingType is { } type && PipelineTypes.AreAround(type);
        advice = inPipeline ? InPipeline : Elsewhere;
        return inPipeline || (CodeScope.IsAsked(context.ContainingSymbol) && !(context.Operation is IInvocationOperation call && EntityInserts.IsAdd(call) && CodeScope.AnswersRequest(context.ContainingSymbol)));
    }

    private static string[] NamesOf(string? table, ITypeSymbol? entity)
    {
        string? name = table is null ? entity?.Name : SqlName.Plain(table);
        return name is null ? [] : [name.Substring(name.LastIndexOf('.') + 1)];
    }

    /// <summary>The name of the set that a call adds to: <c>context.Orders.Add(...)</c>.</summary>
    private static string[] SetOf(IInvocationOperation call) => call.Instance is IPropertyReferenceOperation { Property.Name: var set } && EntityInserts.IsAdd(call) ? [set] : [];

    private static string Shown(string table) => $"'{Readable.Of(table)}'";
}
