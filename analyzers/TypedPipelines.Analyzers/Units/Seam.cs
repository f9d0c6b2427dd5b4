using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TypedPipelines.Analyzers.Units;

/// <summary>Where a long body comes apart most easily: between two statements over which few locals are handed on, and with something on both sides.</summary>
/// <param name="first">The first statement behind it.</param>
/// <param name="handedOn">The names of the locals that are made before it and used behind it.</param>
internal sealed class Seam(StatementSyntax first, IReadOnlyList<string> handedOn)
{
    /// <summary>More names than that, and a part is no unit.</summary>
    private const int MostHandedOn = 3;

    /// <summary>Of the statements, so many at least stand on each side.</summary>
    private const double LeastShare = 0.2;

    /// <summary>Where one statement holds so much of the body, what is in it comes apart.</summary>
    private const double MostShare = 0.75;

    public StatementSyntax First { get; } = first;

    public IReadOnlyList<string> HandedOn { get; } = handedOn;

    /// <summary>The seam of a body; null where it has none.</summary>
    public static Seam? Of(SyntaxNode body)
    {
        IReadOnlyList<StatementSyntax> statements = StatementsOf(body);
        int[] sizes = [.. statements.Select(static statement => 1 + StepSize.Of(statement).Statements)];
        int all = sizes.Sum();
        for (int i = 0; i < sizes.Length; i++)
        {
            if (sizes[i] > MostShare * all)
            {
                return Inside(statements[i]) is { } inner ? Of(inner) : null;
            }
        }

        Seam? best = null;
        double bestBalance = 0;
        int before = 0;
        for (int i = 1; i < statements.Count; i++)
        {
            before += sizes[i - 1];
            double balance = Math.Min(before, all - before) / (double)all;
            if (balance < LeastShare)
            {
                continue;
            }

            List<string> handedOn = HandedOver(statements, i);
            if (handedOn.Count <= MostHandedOn && (best is null || handedOn.Count < best.HandedOn.Count || (handedOn.Count == best.HandedOn.Count && balance > bestBalance)))
            {
                best = new Seam(statements[i], handedOn);
                bestBalance = balance;
            }
        }

        return best;
    }

    private static IReadOnlyList<StatementSyntax> StatementsOf(SyntaxNode body) => body switch
    {
        BlockSyntax block => block.Statements,
        _ => [],
    };

    /// <summary>The block inside a statement that holds most of a body.</summary>
    private static BlockSyntax? Inside(StatementSyntax statement) => statement
        .DescendantNodes()
        .OfType<BlockSyntax>()
        .FirstOrDefault(static block => block.Statements.Count > 1);

    private static List<string> HandedOver(IReadOnlyList<StatementSyntax> statements, int at)
    {
        var declared = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < at; i++)
        {
            foreach (SyntaxNode node in statements[i].DescendantNodesAndSelf(static node => node is not (BlockSyntax or AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)))
            {
                if (node is VariableDeclaratorSyntax { Identifier.ValueText: var local })
                {
                    declared.Add(local);
                }
                else if (node is SingleVariableDesignationSyntax { Identifier.ValueText: var name })
                {
                    declared.Add(name);
                }
            }
        }

        var used = new List<string>();
        for (int i = at; i < statements.Count; i++)
        {
            foreach (IdentifierNameSyntax name in statements[i].DescendantNodes().OfType<IdentifierNameSyntax>())
            {
                if (declared.Contains(name.Identifier.ValueText) && !used.Contains(name.Identifier.ValueText) && !IsMember(name))
                {
                    used.Add(name.Identifier.ValueText);
                }
            }
        }

        return used;
    }

    private static bool IsMember(IdentifierNameSyntax name) =>
        (name.Parent is MemberAccessExpressionSyntax access && access.Name == name) || name.Parent is NameColonSyntax or NameEqualsSyntax or MemberBindingExpressionSyntax;
}
