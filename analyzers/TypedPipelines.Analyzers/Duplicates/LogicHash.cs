using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TypedPipelines.Analyzers.Duplicates;

/// <summary>
/// Hashes pieces of syntax so that layout, names of locals, values of literals and ways to write the same thing do not count: locals by
/// the order in which the piece mentions them, so that a statement put before it changes nothing (type 2 clones).
/// </summary>
internal sealed class LogicHash(HashSet<string> locals)
{
    private const ulong Basis = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    private const uint WordBasis = 2166136261;
    private const uint WordPrime = 16777619;

    private readonly List<string> _mentioned = [];
    private readonly List<uint> _words = [];
    private List<BlockSyntax> _blocks = [];
    private ulong _hash = Basis;
    private ulong _shape = Basis;
    private uint _operators;
    private int _start;

    /// <summary>A value for each word, item by item.</summary>
    public uint[] Words => [.. _words];

    /// <summary>The item made of some pieces, and a start for the next one.</summary>
    public LogicItem Take(bool isSubstance)
    {
        var item = new LogicItem(_hash, _shape, _operators, _start, _words.Count - _start, isSubstance);
        _words.Sort(item.Start, item.Tokens, null); // To count those that two items share.
        _hash = Basis;
        _shape = Basis;
        _operators = 0;
        _start = _words.Count;
        _mentioned.Clear();
        return item;
    }

    /// <summary>The blocks of lambdas that were passed over.</summary>
    public IReadOnlyList<BlockSyntax> TakeBlocks()
    {
        if (_blocks.Count == 0)
        {
            return _blocks;
        }

        IReadOnlyList<BlockSyntax> taken = _blocks;
        _blocks = [];
        return taken;
    }

    public void Word(string text) => Word(text, isName: false);

    /// <param name="text">What is written.</param>
    /// <param name="isName">Whether it is a name of something outside the body: the shape of an item does not tell one from another.</param>
    private void Word(string text, bool isName)
    {
        if (text is "+" or "-" or "*" or "/" or "%" or "<" or ">" or "<=" or ">=" or "!")
        {
            _operators += (uint)(text[0] * 31 * text.Length); // In whatever order: it is told apart, not found.
        }

        uint word = WordBasis;
        foreach (char c in text)
        {
            word = (word ^ c) * WordPrime;
        }

        _words.Add(word);
        _hash = (_hash ^ word) * Prime;
        _shape = (_shape ^ (isName ? 1 : word)) * Prime;
    }

    public void Add(SyntaxNode node)
    {
        switch (node)
        {
            case ParenthesizedExpressionSyntax { Expression: var inner }:
                Add(inner);
                break;
            case MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax, Name: var member }:
                Add(member);
                break;
            case VariableDeclarationSyntax { Variables: var variables }: // Its type is said in its own way, or not.
                foreach (VariableDeclaratorSyntax variable in variables)
                {
                    Add(variable);
                }

                break;
            case AssignmentExpressionSyntax assignment when Operator(assignment.Kind()) is { } sign:
                Assign(assignment.Left, sign, assignment.Right);
                break;
            case PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PostIncrementExpression or (int)SyntaxKind.PostDecrementExpression } step:
                Assign(step.Operand, step.IsKind(SyntaxKind.PostIncrementExpression) ? "+" : "-", null);
                break;
            case PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PreIncrementExpression or (int)SyntaxKind.PreDecrementExpression } step:
                Assign(step.Operand, step.IsKind(SyntaxKind.PreIncrementExpression) ? "+" : "-", null);
                break;
            case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression or (int)SyntaxKind.NotEqualsExpression, Right: LiteralExpressionSyntax { RawKind: (int)SyntaxKind.NullLiteralExpression } } test:
                Add(test.Left);
                Word(test.IsKind(SyntaxKind.EqualsExpression) ? "is null" : "is not null");
                break;
            case IsPatternExpressionSyntax { Pattern: ConstantPatternSyntax { Expression: LiteralExpressionSyntax { RawKind: (int)SyntaxKind.NullLiteralExpression } } } test:
                Add(test.Expression);
                Word("is null");
                break;
            case IsPatternExpressionSyntax { Pattern: UnaryPatternSyntax { Pattern: ConstantPatternSyntax { Expression: LiteralExpressionSyntax { RawKind: (int)SyntaxKind.NullLiteralExpression } } } } test:
                Add(test.Expression);
                Word("is not null");
                break;
            case InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait" } awaited }:
                Add(awaited.Expression);
                break;
            default:
                Children(node);
                break;
        }
    }

    private void Children(SyntaxNode node)
    {
        foreach (SyntaxNodeOrToken child in node.ChildNodesAndTokens())
        {
            if (child.AsNode() is { } inner)
            {
                if (inner is not BlockSyntax block)
                {
                    Add(inner);
                }
                else if (!_blocks.Contains(block))
                {
                    _blocks.Add(block); // The statements of a lambda are items of their own.
                }
            }
            else
            {
                Token(child.AsToken());
            }
        }
    }

    private void Assign(ExpressionSyntax target, string sign, ExpressionSyntax? value)
    {
        Add(target);
        Word("=");
        Add(target);
        Word(sign);
        if (value is null)
        {
            Word("0");
        }
        else
        {
            Add(value);
        }
    }

    private void Token(SyntaxToken token)
    {
        switch (token.Kind())
        {
            case SyntaxKind.SemicolonToken or SyntaxKind.OpenBraceToken or SyntaxKind.CloseBraceToken:
                break;
            case SyntaxKind.NumericLiteralToken:
                Word("0");
                break;
            case SyntaxKind.StringLiteralToken or SyntaxKind.InterpolatedStringTextToken or SyntaxKind.SingleLineRawStringLiteralToken or SyntaxKind.MultiLineRawStringLiteralToken:
                Word("S");
                break;
            case SyntaxKind.CharacterLiteralToken:
                Word("C");
                break;
            case SyntaxKind.IdentifierToken when locals.Contains(token.ValueText) && !IsMember(token):
                int at = _mentioned.IndexOf(token.ValueText);
                if (at < 0)
                {
                    at = _mentioned.Count;
                    _mentioned.Add(token.ValueText);
                }

                Word("L" + at.ToString(System.Globalization.CultureInfo.InvariantCulture));
                break;
            case SyntaxKind.IdentifierToken:
                Word(token.ValueText, isName: true);
                break;
            default:
                Word(token.Text);
                break;
        }
    }

    private static bool IsMember(SyntaxToken token) =>
        token.Parent is SimpleNameSyntax { Parent: MemberAccessExpressionSyntax access } name && access.Name == name;

    private static string? Operator(SyntaxKind kind) => kind switch
    {
        SyntaxKind.AddAssignmentExpression => "+",
        SyntaxKind.SubtractAssignmentExpression => "-",
        SyntaxKind.MultiplyAssignmentExpression => "*",
        SyntaxKind.DivideAssignmentExpression => "/",
        SyntaxKind.OrAssignmentExpression => "|",
        SyntaxKind.AndAssignmentExpression => "&",
        _ => null,
    };
}
