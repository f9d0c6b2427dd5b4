using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TypedPipelines.Compilation.Logic;

/// <summary>
/// Who assigns static members, or what they hold: what a step reads there may have been put there by code that no step calls, such as a module initialiser or the
/// program's start. What is changed by way of a local, or by a method other than a collection's, is not seen.
/// </summary>
internal sealed class StaticWrites(SemanticModels models, CancellationToken cancellationToken)
{
    private Dictionary<string, List<Place>>? _places;

    /// <summary>The members whose code assigns a member; but for static constructors, which belong to its type.</summary>
    public IReadOnlyList<ISymbol> Of(ISymbol member)
    {
        if (!CanChange(member))
        {
            return [];
        }

        _places ??= Find();
        return !_places.TryGetValue(member.Name, out List<Place>? places) ? [] :
        [
            .. places
                .Where(place => Is(place.Member, member) && (place.Call is null || Changes(place.Call)))
                .Select(place => Owner(models.Of(place.Member.SyntaxTree).GetEnclosingSymbol(place.Member.SpanStart, cancellationToken)))
                .OfType<ISymbol>()
                .Distinct<ISymbol>(SymbolEqualityComparer.Default),
        ];
    }

    private static bool CanChange(ISymbol member) => member switch
    {
        IFieldSymbol { IsStatic: true, IsConst: false } field => !field.IsReadOnly || !IsPlain(field.Type),
        IPropertySymbol { IsStatic: true } property => property.SetMethod is not null || !IsPlain(property.Type),
        IEventSymbol { IsStatic: true } => true,
        _ => false,
    };

    /// <summary>Whether a value has nothing in it that could be assigned.</summary>
    private static bool IsPlain(ITypeSymbol type) => type.SpecialType is not (SpecialType.None or SpecialType.System_Object) || type.TypeKind is TypeKind.Enum or TypeKind.Delegate;

    private bool Is(ExpressionSyntax place, ISymbol member) =>
        SymbolEqualityComparer.Default.Equals(models.Of(place.SyntaxTree).GetSymbolInfo(place, cancellationToken).Symbol?.OriginalDefinition, member);

    /// <summary>Whether a call is one of a collection's method that nobody asks for an answer.</summary>
    private bool Changes(InvocationExpressionSyntax call)
    {
        SemanticModel model = models.Of(call.SyntaxTree);
        return (call.Parent is ExpressionStatementSyntax || model.GetSymbolInfo(call, cancellationToken).Symbol is IMethodSymbol { ReturnsVoid: true })
            && model.GetTypeInfo(((MemberAccessExpressionSyntax)call.Expression).Expression, cancellationToken).Type is { SpecialType: not SpecialType.System_String } type
            && type.AllInterfaces.Any(static implemented => implemented.SpecialType == SpecialType.System_Collections_IEnumerable);
    }

    private static ISymbol? Owner(ISymbol? symbol)
    {
        while (symbol is IMethodSymbol { MethodKind: MethodKind.LocalFunction or MethodKind.AnonymousFunction })
        {
            symbol = symbol.ContainingSymbol;
        }

        return symbol is IMethodSymbol { MethodKind: MethodKind.StaticConstructor } ? null : symbol;
    }

    /// <summary>All places that are assigned, by the name of what is, and of what that is a part of.</summary>
    private Dictionary<string, List<Place>> Find()
    {
        var places = new Dictionary<string, List<Place>>(StringComparer.Ordinal);
        foreach (SyntaxTree tree in models.Compilation.SyntaxTrees)
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (SyntaxNode node in tree.GetRoot(cancellationToken).DescendantNodes())
            {
                foreach (ExpressionSyntax place in Assigned(node))
                {
                    Add(places, place, null);
                }

                if (node is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access, Parent: ExpressionStatementSyntax or ArrowExpressionClauseSyntax or LambdaExpressionSyntax } call)
                {
                    Add(places, access.Expression, call);
                }
            }
        }

        return places;
    }

    private static void Add(Dictionary<string, List<Place>> places, ExpressionSyntax assigned, InvocationExpressionSyntax? call)
    {
        for (ExpressionSyntax? at = assigned; at is not null; at = Inside(at))
        {
            if (NameOf(at) is { } name)
            {
                if (!places.TryGetValue(name, out List<Place>? known))
                {
                    places.Add(name, known = []);
                }

                known.Add(new Place(at, call));
            }
        }
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

    /// <summary>What an expression is a part of: assigning the one changes the other.</summary>
    private static ExpressionSyntax? Inside(ExpressionSyntax place) => place switch
    {
        MemberAccessExpressionSyntax access => access.Expression,
        ElementAccessExpressionSyntax element => element.Expression,
        ParenthesizedExpressionSyntax parentheses => parentheses.Expression,
        ConditionalAccessExpressionSyntax access => access.Expression,
        PostfixUnaryExpressionSyntax suppression when suppression.IsKind(SyntaxKind.SuppressNullableWarningExpression) => suppression.Operand,
        _ => null,
    };

    private static string? NameOf(ExpressionSyntax place) => place switch
    {
        IdentifierNameSyntax name => name.Identifier.ValueText,
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
        _ => null,
    };

    /// <summary>A member where it, or what it holds, is assigned.</summary>
    /// <param name="Member">The member, as it is named there.</param>
    /// <param name="Call">The call that changes it, if it is a collection's; null for an assignment.</param>
    private sealed record Place(ExpressionSyntax Member, InvocationExpressionSyntax? Call);
}
