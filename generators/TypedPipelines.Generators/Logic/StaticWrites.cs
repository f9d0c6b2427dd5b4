using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TypedPipelines.Compilation.Logic;

/// <summary>
/// Who assigns static members: what a step reads there may have been put there by code that no step calls, such as a module initialiser or the program's start.
/// </summary>
internal sealed class StaticWrites(SemanticModels models, CancellationToken cancellationToken)
{
    private Dictionary<string, List<ExpressionSyntax>>? _places;

    /// <summary>The members whose code assigns a member; but for static constructors, which belong to its type.</summary>
    public IReadOnlyList<ISymbol> Of(ISymbol member)
    {
        if (member is not (IFieldSymbol { IsStatic: true, IsConst: false, IsReadOnly: false } or IPropertySymbol { IsStatic: true, SetMethod: not null }))
        {
            return [];
        }

        _places ??= Find();
        return !_places.TryGetValue(member.Name, out List<ExpressionSyntax>? places) ? [] :
        [
            .. places
                .Where(place => SymbolEqualityComparer.Default.Equals(models.Of(place.SyntaxTree).GetSymbolInfo(place, cancellationToken).Symbol?.OriginalDefinition, member))
                .Select(place => Owner(models.Of(place.SyntaxTree).GetEnclosingSymbol(place.SpanStart, cancellationToken)))
                .OfType<ISymbol>()
                .Distinct<ISymbol>(SymbolEqualityComparer.Default),
        ];
    }

    private static ISymbol? Owner(ISymbol? symbol)
    {
        while (symbol is IMethodSymbol { MethodKind: MethodKind.LocalFunction or MethodKind.AnonymousFunction })
        {
            symbol = symbol.ContainingSymbol;
        }

        return symbol is IMethodSymbol { MethodKind: MethodKind.StaticConstructor } ? null : symbol;
    }

    /// <summary>All places that are assigned, by the name of what is.</summary>
    private Dictionary<string, List<ExpressionSyntax>> Find()
    {
        var places = new Dictionary<string, List<ExpressionSyntax>>(StringComparer.Ordinal);
        foreach (SyntaxTree tree in models.Compilation.SyntaxTrees)
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (ExpressionSyntax place in tree.GetRoot(cancellationToken).DescendantNodes().SelectMany(Assigned))
            {
                if (NameOf(place) is { } name)
                {
                    if (!places.TryGetValue(name, out List<ExpressionSyntax>? known))
                    {
                        places.Add(name, known = []);
                    }

                    known.Add(place);
                }
            }
        }

        return places;
    }

    private static IEnumerable<ExpressionSyntax> Assigned(SyntaxNode node) => node switch
    {
        AssignmentExpressionSyntax { Left: TupleExpressionSyntax several } => several.DescendantNodes().OfType<ArgumentSyntax>().Select(static item => item.Expression),
        AssignmentExpressionSyntax assignment => [assignment.Left],
        PrefixUnaryExpressionSyntax unary when unary.IsKind(SyntaxKind.PreIncrementExpression) || unary.IsKind(SyntaxKind.PreDecrementExpression) => [unary.Operand],
        PostfixUnaryExpressionSyntax unary when unary.IsKind(SyntaxKind.PostIncrementExpression) || unary.IsKind(SyntaxKind.PostDecrementExpression) => [unary.Operand],
        ArgumentSyntax argument when argument.RefKindKeyword.IsKind(SyntaxKind.RefKeyword) || argument.RefKindKeyword.IsKind(SyntaxKind.OutKeyword) => [argument.Expression],
        RefExpressionSyntax reference => [reference.Expression],
        _ => [],
    };

    private static string? NameOf(ExpressionSyntax place) => place switch
    {
        IdentifierNameSyntax name => name.Identifier.ValueText,
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
        _ => null,
    };
}
