using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Operations;
using TypedPipelines.Analyzers.Sql;

namespace TypedPipelines.Analyzers.Reruns;

/// <summary>What a member asks of the database before one of its commands.</summary>
internal static class CommandHistory
{
    private static readonly string[] Harmless =
        ["Open", "Close", "Begin", "Commit", "Rollback", "RollBack", "Dispose", "AddParam", "AddWithValue", "CreateCommand", "CreateParam", "CreateConnection", "GetConnection", "Bind", "SetParam"];

    private static readonly string[] ClearingSql = ["delete", "truncate", "drop", "merge", "exec", "select", "create table", "exists"];

    private static readonly string[] ClearingNames = ["Delete", "Truncate", "Clear", "Purge", "Remove", "Exist", "Check", "Ensure", "Find", "StoredProcedure", "Query", "Scalar", "Reader"];

    /// <summary>
    /// The SQL texts that stand before a command in the same member; null where something before it, or added to it, cannot be
    /// known, and it may be what makes the command repeatable.
    /// </summary>
    public static IReadOnlyList<string>? Before(IOperation command)
    {
        var texts = new List<string>();
        foreach (IOperation operation in OperationTree.Root(command).Descendants())
        {
            if (operation is ICompoundAssignmentOperation { Target: IPropertyReferenceOperation { Property.Name: "CommandText" } })
            {
                return null;
            }

            if (operation.Syntax.SpanStart >= command.Syntax.SpanStart || operation == command || IsAround(operation, command))
            {
                continue;
            }

            if (DatabaseCalls.CommandTextOf(operation) is { } text)
            {
                if (CommandText.Of(text) is not { } sql || InsertJudge.CallsProcedure(sql))
                {
                    return null;
                }

                texts.Add(sql);
            }
            else if (operation is IInvocationOperation { TargetMethod: { DeclaringSyntaxReferences.Length: > 0 } } call && TakesHandle(call) && !IsOfConnection(call.TargetMethod) && MayClear(call.TargetMethod))
            {
                return null; // A method of this project that gets the connection may delete the window.
            }
        }

        return texts;
    }

    /// <summary>The SQL texts that stand behind a command in the same member, as far as they are known.</summary>
    public static IEnumerable<string> After(IOperation command) => OperationTree.Root(command).Descendants()
        .Where(operation => operation.Syntax.SpanStart > command.Syntax.Span.End)
        .Select(static operation => DatabaseCalls.CommandTextOf(operation) is { } text ? CommandText.Of(text) : null)
        .OfType<string>();

    /// <summary>A method whose name says that it does what one does with a connection, and no more.</summary>
    private static bool IsOfConnection(IMethodSymbol method) =>
        Harmless.Any(word => method.Name.StartsWith(word, StringComparison.Ordinal));

    /// <summary>
    /// Whether a method may delete rows or look for them: all but one whose own text inserts, and speaks of nothing else.
    /// </summary>
    private static bool MayClear(IMethodSymbol method)
    {
        if (method.IsAbstract || method.IsVirtual || method.Parameters.Any(static parameter => parameter.Type.SpecialType == SpecialType.System_String && IsNamedLikeSql(parameter.Name)))
        {
            return true;
        }

        bool inserts = false;
        foreach (SyntaxToken token in method.DeclaringSyntaxReferences.SelectMany(static declaration => declaration.GetSyntax().DescendantTokens()))
        {
            if (token.Value is string || token.IsKind(SyntaxKind.InterpolatedStringTextToken))
            {
                inserts |= token.Text.IndexOf("insert ", StringComparison.OrdinalIgnoreCase) >= 0;
                if (token.IsKind(SyntaxKind.IdentifierToken) ? Has(token.Text, ClearingNames, StringComparison.Ordinal) : Has(token.Text, ClearingSql, StringComparison.OrdinalIgnoreCase))
                {
                    return true;
                }
            }
        }

        return !inserts;
    }

    private static bool IsNamedLikeSql(string name) => Has(name, ["sql", "query", "command", "text", "statement"], StringComparison.OrdinalIgnoreCase);

    private static bool Has(string text, string[] words, StringComparison comparison) => words.Any(word => text.IndexOf(word, comparison) >= 0);

    private static bool IsAround(IOperation operation, IOperation command) => operation.Syntax.Span.Contains(command.Syntax.Span);

    private static bool TakesHandle(IInvocationOperation call) =>
        DatabaseCalls.IsHandle(call.Instance?.Type) || call.Arguments.Any(argument => DatabaseCalls.IsHandle(argument.Value.Type));
}
