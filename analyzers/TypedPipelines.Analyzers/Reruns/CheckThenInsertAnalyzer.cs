using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using TypedPipelines.Analyzers.Sql;
using TypedPipelines.Compilation.Parsing;
using TypedPipelines.Compilation.Sql;

namespace TypedPipelines.Analyzers.Reruns;

/// <summary>TP1010: code that asks whether a row is there and then inserts it, while another run may do the same.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class CheckThenInsertAnalyzer : DiagnosticAnalyzer
{
    private static readonly DiagnosticDescriptor CheckThenInsert = Rule.Suggestion(
        RuleIds.CheckThenInsert,
        "A check that two runs can both pass",
        "Two runs at once can both find no row of '{0}' and both insert it; insert it in one statement that a unique key refuses or ignores, or lock what the check reads");

    private static readonly string[] Locks = ["updlock", "holdlock", "serializable", "tablockx", "xlock", "advisory", "getlock", "get_lock", "sp_getapplock", "semaphore", "immediate", "exclusive"];

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [CheckThenInsert];

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
        if (DatabaseCalls.CommandTextOf(context.Operation) is not { } text || CommandText.Of(text) is not { } sql || sql.IndexOf("insert", StringComparison.OrdinalIgnoreCase) < 0)
        {
            return;
        }

        IReadOnlyList<SqlToken> tokens = SqlLexer.Read(sql, backslashEscapes: false);
        if (TableStatement.Inserts(tokens).FirstOrDefault() is not { } insert
            || SqlName.IsTemporary(insert.Table)
            || tokens.Any(static token => token.Is("conflict") || token.Is("duplicate") || token.Is("ignore") || token.Is("merge"))
            || !(ChecksItself(tokens, insert) || ExistenceCheck.IsAround(context.Operation, insert.Table))
            || !CodeScope.IsAsked(context.ContainingSymbol)
            || UniqueViolation.IsCaughtAround(context.Operation)
            || IsLocked(context.Operation))
        {
            return;
        }

        context.ReportDiagnostic(Diagnostic.Create(CheckThenInsert, text.Syntax.GetLocation(), Readable.Of(insert.Table)));
    }

    /// <summary>T-SQL's <c>if not exists (select ... from t where ...) insert into t</c>.</summary>
    private static bool ChecksItself(IReadOnlyList<SqlToken> tokens, TableStatement insert)
    {
        for (int i = 0; i + 3 < insert.Start; i++)
        {
            if (tokens[i].Is("if") && tokens[i + 1].Is("not") && tokens[i + 2].Is("exists") && tokens[i + 3].Is('('))
            {
                return Enumerable.Range(i, insert.Start - i).Any(at => tokens[at].Is("from") && string.Equals(SqlName.Read(tokens, at + 1), insert.Table, StringComparison.OrdinalIgnoreCase));
            }
        }

        return false;
    }

    private static bool IsLocked(IOperation insert)
    {
        string member = OperationTree.Root(insert).Syntax.ToString();
        return Locks.Any(word => member.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0) || member.IndexOf("lock (", StringComparison.Ordinal) >= 0 || member.IndexOf("for update", StringComparison.OrdinalIgnoreCase) >= 0;
    }
}
