using System;
using System.Collections.Generic;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TypedPipelines.Analyzers.Units;

/// <summary>How much there is to a body: statements, ways through them, and how deep they stand in one another.</summary>
internal sealed class StepSize : CSharpSyntaxWalker
{
    private int _depth;

    private StepSize()
    {
    }

    public int Statements { get; private set; }

    /// <summary>Places where the code goes one way or another. A switch is one, however many cases it tells apart: they are read one at a time.</summary>
    public int Branches { get; private set; }

    public int Nesting { get; private set; }

    public static StepSize Of(SyntaxNode body)
    {
        var size = new StepSize();
        size.Visit(body);
        return size;
    }

    /// <summary>What is more than the limits allow, in words; null where nothing is.</summary>
    public string? Beyond(SizeLimits limits)
    {
        var parts = new List<string>();
        Add(Statements, limits.Statements, "statements");
        Add(Branches, limits.Branches, "branches");
        Add(Nesting, limits.Nesting, "levels of nesting");
        return parts.Count == 0 ? null : string.Join(", ", parts);

        void Add(int count, int most, string what)
        {
            if (count > most)
            {
                parts.Add(string.Format(CultureInfo.InvariantCulture, "{0} {1} (at most {2})", count, what, most));
            }
        }
    }

    public override void Visit(SyntaxNode? node)
    {
        if (node is StatementSyntax and not (BlockSyntax or LocalFunctionStatementSyntax or EmptyStatementSyntax))
        {
            Statements++;
        }

        Branches += IsBranch(node) ? 1 : 0;
        bool deeper = node is not null && IsNested(node);
        _depth += deeper ? 1 : 0;
        Nesting = Math.Max(Nesting, _depth);
        base.Visit(node);
        _depth -= deeper ? 1 : 0;
    }

    private static bool IsBranch(SyntaxNode? node) => node?.Kind() switch
    {
        SyntaxKind.IfStatement or SyntaxKind.SwitchStatement or SyntaxKind.SwitchExpression or SyntaxKind.ConditionalExpression or SyntaxKind.CatchClause
            or SyntaxKind.ForStatement or SyntaxKind.ForEachStatement or SyntaxKind.ForEachVariableStatement or SyntaxKind.WhileStatement or SyntaxKind.DoStatement
            or SyntaxKind.LogicalAndExpression or SyntaxKind.LogicalOrExpression or SyntaxKind.CoalesceExpression or SyntaxKind.WhenClause or SyntaxKind.GotoStatement => true,
        _ => false,
    };

    /// <summary>An else-if stands beside its if, and not in it.</summary>
    private static bool IsNested(SyntaxNode node) => node switch
    {
        IfStatementSyntax => node.Parent is not ElseClauseSyntax,
        SwitchStatementSyntax or ForStatementSyntax or CommonForEachStatementSyntax or WhileStatementSyntax or DoStatementSyntax or TryStatementSyntax => true,
        AnonymousFunctionExpressionSyntax { Block: not null } => true,
        _ => false,
    };
}
