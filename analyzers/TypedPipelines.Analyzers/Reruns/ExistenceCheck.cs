using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using TypedPipelines.Analyzers.Sql;
using TypedPipelines.Analyzers.Values;
using TypedPipelines.Compilation.Sql;

namespace TypedPipelines.Analyzers.Reruns;

/// <summary>Code that asks the database whether a row is there, and decides by the answer whether to insert it.</summary>
internal static class ExistenceCheck
{
    /// <summary>Whether the insert stands in an <c>if</c>, or behind one that returns, that asks what an earlier command has read of the table.</summary>
    public static bool IsAround(IOperation insert, string table)
    {
        IOperation root = OperationTree.Root(insert);
        var flow = new MemberFlow(root);
        foreach (IConditionalOperation choice in root.Descendants().OfType<IConditionalOperation>())
        {
            bool isInside = choice.WhenTrue.Syntax.Span.Contains(insert.Syntax.Span) || choice.WhenFalse?.Syntax.Span.Contains(insert.Syntax.Span) == true;
            bool isBehind = choice.Syntax.Span.End <= insert.Syntax.SpanStart && choice.WhenTrue.DescendantsAndSelf().Any(static operation => operation is IReturnOperation or IBranchOperation);
            if ((isInside || isBehind) && CallTrace.OwnerOf(choice) == CallTrace.OwnerOf(insert) && Parts(choice.Condition, flow, 0).Any(operation => Reads(operation, table)))
            {
                return true;
            }
        }

        return false;
    }

    private static IEnumerable<IOperation> Parts(IOperation of, MemberFlow flow, int depth) => of.DescendantsAndSelf().SelectMany(operation =>
        operation is ILocalReferenceOperation local && depth < 2 ? flow.ValuesOf(local.Local).SelectMany(value => Parts(value, flow, depth + 1)) : [operation]);

    private static bool Reads(IOperation operation, string table)
    {
        if (operation is not IInvocationOperation || DatabaseCalls.CommandTextOf(operation) is not { } text || CommandText.Of(text) is not { } sql)
        {
            return false;
        }

        IReadOnlyList<SqlToken> tokens = SqlLexer.Read(sql, backslashEscapes: false);
        return tokens.WordAt(0, "select")
            && tokens.Any(static token => token.Is("where"))
            && Enumerable.Range(0, tokens.Count).Any(at => tokens[at].Is("from") && Same(SqlName.Read(tokens, at + 1), table));
    }

    /// <summary>
    /// Whether an insert stands in the same branch as that of a row which was looked for: of an order that is there already, the lines are not
    /// inserted again either.
    /// </summary>
    public static bool IsAroundParent(IOperation insert)
    {
        for (IOperation? at = insert; at?.Parent is { } parent; at = parent)
        {
            if (parent is IConditionalOperation choice && at != choice.Condition && at.Descendants().Any(other => InsertsChecked(other, insert)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool InsertsChecked(IOperation other, IOperation insert) =>
        other.Syntax.Span.End <= insert.Syntax.SpanStart
        && DatabaseCalls.CommandTextOf(other) is { } text
        && CommandText.Of(text) is { } sql
        && TableStatement.Inserts(SqlLexer.Read(sql, backslashEscapes: false)).FirstOrDefault() is { } first
        && IsAround(other, first.Table);

    private static bool Same(string? left, string right)
    {
        if (left is null)
        {
            return false;
        }

        return string.Equals(left, right, StringComparison.OrdinalIgnoreCase)
            || left.EndsWith("." + right, StringComparison.OrdinalIgnoreCase)
            || right.EndsWith("." + left, StringComparison.OrdinalIgnoreCase);
    }
}
