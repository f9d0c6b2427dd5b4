using System;
using System.Linq;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TypedPipelines.Analyzers.Reruns;

/// <summary>
/// Inserts, or calls of a method that inserts, of rows that somebody has looked for before: in the branch where none was found, behind one that
/// leaves where one was, in a loop over those that are not there, or where an update before has met none.
/// </summary>
internal static class LookedFor
{
    private static readonly Regex Clearing = new("^(Delete|Truncate|Purge|Wipe|Clear[A-Z]|Remove[A-Z]|Empty[A-Z]|Reset[A-Z])", RegexOptions.CultureInvariant);

    /// <summary>Whether the insert is one of those, as far as its member shows.</summary>
    public static bool IsAround(SyntaxNode insert)
    {
        if (insert.Ancestors().FirstOrDefault(static node => node is BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or PropertyDeclarationSyntax or CompilationUnitSyntax) is not { } member)
        {
            return false;
        }

        var presence = new Presence(member);
        SyntaxNode at = insert;
        for (SyntaxNode? parent = at.Parent; parent is not null && at != member; at = parent, parent = at.Parent)
        {
            bool isGuard = parent switch
            {
                IfStatementSyntax choice when choice.Statement == at => presence.Says(choice.Condition, isThere: false) || ChangesFirst(choice, insert),
                ElseClauseSyntax { Parent: IfStatementSyntax choice } => presence.Says(choice.Condition, isThere: true),
                ConditionalExpressionSyntax choice when choice.WhenTrue == at => presence.Says(choice.Condition, isThere: false),
                ConditionalExpressionSyntax choice when choice.WhenFalse == at => presence.Says(choice.Condition, isThere: true),
                BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression } either when either.Right == at => presence.IsAsked(either.Left),
                AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceAssignmentExpression } either when either.Right == at => true,
                CommonForEachStatementSyntax loop when loop.Statement == at => IsOfMissing(loop.Expression, presence, 0),
                ParenthesizedLambdaExpressionSyntax { ParameterList.Parameters.Count: 0, Parent: ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax answered } } => Presence.NameOf(answered) is "Match" or "MatchAsync" or "IfNone" or "IfNoneAsync",
                SwitchExpressionArmSyntax { Pattern: ConstantPatternSyntax { Expression.RawKind: (int)SyntaxKind.NullLiteralExpression }, Parent: SwitchExpressionSyntax choice } => presence.IsAsked(choice.GoverningExpression),
                CatchClauseSyntax caught => caught.Parent is TryStatementSyntax attempt && Has(attempt.Block, "update"),
                BlockSyntax block => LeavesBefore(block.Statements, at, presence),
                SwitchSectionSyntax section => LeavesBefore(section.Statements, at, presence),
                CompilationUnitSyntax unit => unit.Members.OfType<GlobalStatementSyntax>().TakeWhile(statement => statement != at).Any(statement => Leaves(statement.Statement, presence)),
                _ => false,
            };
            if (isGuard)
            {
                return true;
            }
        }

        return insert.FirstAncestorOrSelf<InvocationExpressionSyntax>() is { } call && call.ArgumentList.Arguments.Any(argument => IsOfMissing(argument.Expression, presence, 0));
    }

    /// <summary>Whether something of the same object, or of the member's own class, has cleared rows before: <c>store.DeleteDay(day); store.Insert(rows);</c>.</summary>
    public static bool IsCleared(SyntaxNode insert, Func<string, bool> isOwn)
    {
        if (insert.Ancestors().FirstOrDefault(static node => node is BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or LocalFunctionStatementSyntax) is not { } member)
        {
            return false;
        }

        string? receiver = ReceiverOf(insert);
        return member.DescendantNodes().OfType<InvocationExpressionSyntax>().Any(call =>
            call.Span.End <= insert.SpanStart
            && Presence.NameOf(call) is { } name
            && Clearing.IsMatch(name)
            && (call.Expression is SimpleNameSyntax or MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } ? isOwn(name) : receiver is not null && ReceiverOf(call) == receiver)
            && !IsElsewhere(call, insert));
    }

    private static string? ReceiverOf(SyntaxNode call) => call is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: var of } } ? of.ToString() : null;

    /// <summary>Whether a call stands in a branch that the other one is not in.</summary>
    private static bool IsElsewhere(SyntaxNode call, SyntaxNode insert) => call.Ancestors().Any(node =>
        node is ElseClauseSyntax or CatchClauseSyntax or SwitchSectionSyntax or IfStatementSyntax && !node.Span.Contains(insert.Span)) ||
        call.Ancestors().OfType<IfStatementSyntax>().Any(choice => choice.Else is { } other && other.Span.Contains(insert.Span) && !other.Span.Contains(call.Span));

    /// <summary>Whether the failure of an insert is answered by an update of the same row: <c>try { insert } catch (DbException) { update }</c>.</summary>
    public static bool IsUpdatedInstead(SyntaxNode insert) => insert.Ancestors().OfType<TryStatementSyntax>().Any(attempt =>
        attempt.Block.Span.Contains(insert.Span) && attempt.Catches.Any(caught => Has(caught.Block, "update") || (IsAttempt(insert) && caught.Block.DescendantNodes().OfType<ReturnStatementSyntax>().Any(static given => given.Expression.IsKind(SyntaxKind.FalseLiteralExpression)))));

    /// <summary><c>bool TryInsert(...)</c>: a row that is there already is one of its answers.</summary>
    private static bool IsAttempt(SyntaxNode insert) => insert.FirstAncestorOrSelf<MethodDeclarationSyntax>() is { } method && method.Identifier.ValueText.StartsWith("Try", StringComparison.Ordinal);

    private static bool LeavesBefore(SyntaxList<StatementSyntax> statements, SyntaxNode at, Presence presence) =>
        statements.TakeWhile(statement => statement != at).Any(statement => Leaves(statement, presence));

    /// <summary><c>if (known != null) return;</c>, also where the branch does something else first.</summary>
    private static bool Leaves(StatementSyntax statement, Presence presence) => statement switch
    {
        IfStatementSyntax choice => IsExit(choice.Statement) && presence.Says(choice.Condition, isThere: true),
        ForEachStatementSyntax loop => loop.Statement is BlockSyntax { Statements: { Count: > 0 } statements } && statements[statements.Count - 1] is ReturnStatementSyntax && presence.IsAsked(loop.Expression), // Of none or one.
        _ => false,
    };

    private static bool IsExit(StatementSyntax statement) => statement switch
    {
        BlockSyntax { Statements: { Count: > 0 } statements } => IsExit(statements[statements.Count - 1]),
        ReturnStatementSyntax or ContinueStatementSyntax or BreakStatementSyntax or ThrowStatementSyntax or YieldStatementSyntax { RawKind: (int)SyntaxKind.YieldBreakStatement } => true,
        _ => false,
    };

    /// <summary>Rows without those that are there: <c>rows.Where(row => !known.Contains(row.Id))</c>, <c>rows.Except(known)</c>.</summary>
    private static bool IsOfMissing(ExpressionSyntax rows, Presence presence, int depth)
    {
        for (ExpressionSyntax? at = rows; at is not null;)
        {
            switch (at)
            {
                case InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: var name, Expression: var of } } call:
                    if (name is "Except" or "ExceptBy" || (name is "Where" or "Filter" or "FindAll" && KeepsMissing(call, presence)))
                    {
                        return true;
                    }

                    at = of;
                    break;
                case AwaitExpressionSyntax { Expression: var awaited }:
                    at = awaited;
                    break;
                case ParenthesizedExpressionSyntax { Expression: var inner }:
                    at = inner;
                    break;
                case QueryExpressionSyntax query:
                    return query.Body.Clauses.OfType<WhereClauseSyntax>().Any(where => presence.Says(where.Condition, isThere: false));
                case IdentifierNameSyntax { Identifier.ValueText: var local } when depth < 2:
                    return presence.ValuesOf(local).Any(value => IsOfMissing(value, presence, depth + 1)) || IsReduced(rows, local, presence);
                default:
                    return false;
            }
        }

        return false;
    }

    private static bool KeepsMissing(InvocationExpressionSyntax call, Presence presence) =>
        call.ArgumentList.Arguments.FirstOrDefault()?.Expression is LambdaExpressionSyntax { ExpressionBody: { } condition } && presence.Says(condition, isThere: false);

    /// <summary><c>rows.RemoveAll(row => known.Contains(row.Id))</c> before.</summary>
    private static bool IsReduced(ExpressionSyntax use, string rows, Presence presence) =>
        use.FirstAncestorOrSelf<MemberDeclarationSyntax>() is { } member
        && member.DescendantNodes().OfType<InvocationExpressionSyntax>().Any(call =>
            call.SpanStart < use.SpanStart
            && call.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "RemoveAll" or "ExceptWith", Expression: IdentifierNameSyntax { Identifier.ValueText: var of } } access
            && of == rows
            && (access.Name.Identifier.ValueText == "ExceptWith" || (call.ArgumentList.Arguments.FirstOrDefault()?.Expression is LambdaExpressionSyntax { ExpressionBody: { } condition } && presence.Says(condition, isThere: true))));

    /// <summary>Whether a branch that is taken where two values differ writes the new one before it notes the change: on the next run they are alike.</summary>
    private static bool ChangesFirst(IfStatementSyntax choice, SyntaxNode insert) =>
        choice.Condition is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.NotEqualsExpression, Right: not LiteralExpressionSyntax }
        && choice.Statement is BlockSyntax block
        && block.Statements.TakeWhile(statement => !statement.Span.Contains(insert.Span)).Any(static statement => Has(statement, "update"));

    private static bool Has(SyntaxNode node, string verb) => node.DescendantTokens().Any(token =>
        (token.IsKind(SyntaxKind.StringLiteralToken) || token.IsKind(SyntaxKind.InterpolatedStringTextToken) || token.IsKind(SyntaxKind.MultiLineRawStringLiteralToken) || token.IsKind(SyntaxKind.SingleLineRawStringLiteralToken))
        && token.ValueText.TrimStart().StartsWith(verb + " ", StringComparison.OrdinalIgnoreCase));
}
