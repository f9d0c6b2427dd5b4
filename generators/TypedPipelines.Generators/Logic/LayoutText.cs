using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TypedPipelines.Compilation.Logic;

/// <summary>
/// Tokens that a style guide asks for or forbids, and that say nothing: parentheses around an expression, braces around one statement, a comma behind the last of
/// a list. What parentheses would say of the order is written for every expression that has one.
/// </summary>
internal static class LayoutText
{
    /// <summary>Whether a node is parentheses alone.</summary>
    public static bool IsWithoutEffect(SyntaxNode node) => node switch
    {
        // -2147483648 is an int, and -(2147483648) is none.
        ParenthesizedExpressionSyntax { Expression: LiteralExpressionSyntax, Parent: PrefixUnaryExpressionSyntax } => false,
        ParenthesizedExpressionSyntax or ParenthesizedPatternSyntax => true,
        _ => false,
    };

    /// <summary>What is inside of parentheses.</summary>
    public static SyntaxNode Inner(SyntaxNode node) => node is ParenthesizedPatternSyntax pattern ? pattern.Pattern : ((ParenthesizedExpressionSyntax)node).Expression;

    /// <summary>A node's children, with modifiers in an order of their own: any order of them says the same.</summary>
    public static IEnumerable<SyntaxNodeOrToken> ChildrenOf(SyntaxNode node)
    {
        SyntaxTokenList modifiers = node switch
        {
            MemberDeclarationSyntax member => member.Modifiers,
            LocalFunctionStatementSyntax function => function.Modifiers,
            AnonymousFunctionExpressionSyntax function => function.Modifiers,
            _ => default,
        };
        return modifiers.Count < 2 ? node.ChildNodesAndTokens() : InOrder(node, modifiers);
    }

    private static IEnumerable<SyntaxNodeOrToken> InOrder(SyntaxNode node, SyntaxTokenList modifiers)
    {
        foreach (SyntaxNodeOrToken child in node.ChildNodesAndTokens())
        {
            if (child == modifiers[0])
            {
                foreach (SyntaxToken modifier in modifiers.OrderBy(static modifier => modifier.Text, System.StringComparer.Ordinal))
                {
                    yield return modifier;
                }
            }
            else if (!(child.IsToken && modifiers.Contains(child.AsToken())))
            {
                yield return child;
            }
        }
    }

    /// <summary>What is written around a node, so that it does not depend on whether the code has it.</summary>
    public static (string? Open, string? Close) Around(SyntaxNode node) => node switch
    {
        BlockSyntax => (null, null),
        StatementSyntax statement when IsEmbedded(statement) => ("{", "}"),
        BinaryExpressionSyntax or AssignmentExpressionSyntax or ConditionalExpressionSyntax or ConditionalAccessExpressionSyntax or PrefixUnaryExpressionSyntax or CastExpressionSyntax
            or AwaitExpressionSyntax or IsPatternExpressionSyntax or RangeExpressionSyntax or SwitchExpressionSyntax or WithExpressionSyntax or QueryExpressionSyntax
            or ThrowExpressionSyntax or RefExpressionSyntax or DeclarationExpressionSyntax
            or BinaryPatternSyntax or UnaryPatternSyntax => ("(", ")"),
        _ => (null, null),
    };

    /// <summary>Whether a comma is the last of its list.</summary>
    public static bool IsTrailing(SyntaxToken token) =>
        token.IsKind(SyntaxKind.CommaToken)
        && token.Parent is not ArrayRankSpecifierSyntax
        && token.GetNextToken().Kind() is SyntaxKind.CloseBraceToken or SyntaxKind.CloseBracketToken;

    /// <summary>Whether a statement stands where a block may stand as well.</summary>
    private static bool IsEmbedded(StatementSyntax statement) =>
        statement.Parent is IfStatementSyntax or ElseClauseSyntax or CommonForEachStatementSyntax or ForStatementSyntax or WhileStatementSyntax or DoStatementSyntax
            or UsingStatementSyntax or LockStatementSyntax or FixedStatementSyntax;
}
