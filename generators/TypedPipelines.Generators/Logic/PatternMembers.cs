using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace TypedPipelines.Compilation.Logic;

/// <summary>Members that the language calls by their name alone, where the compiler does not say which: all that it could be.</summary>
internal static class PatternMembers
{
    /// <summary>What a using statement or declaration calls at its end.</summary>
    public static IEnumerable<ISymbol> Dispose(SemanticModel model, IOperation @using, IOperation resources, bool isAsynchronous)
    {
        IEnumerable<ITypeSymbol> types = resources is IVariableDeclarationGroupOperation group
            ? group.Declarations.SelectMany(static declaration => declaration.Declarators).Select(static declarator => declarator.Symbol.Type)
            : resources.Type is { } type ? [type] : [];
        return types.SelectMany(resource => Named(model, @using, resource, isAsynchronous ? "DisposeAsync" : "Dispose"));
    }

    /// <summary>What a collection expression calls for each of its elements, where it does not hand them all to a builder.</summary>
    public static IEnumerable<ISymbol> Add(SemanticModel model, ICollectionExpressionOperation collection) =>
        collection.Type is INamedTypeSymbol type && collection.ConstructMethod is null or { MethodKind: MethodKind.Constructor }
            ? Named(model, collection, type, "Add")
            : [];

    /// <summary>What goes through the elements of a sequence.</summary>
    public static IEnumerable<ISymbol> Enumerator(SemanticModel model, IOperation at, ITypeSymbol? sequence) => sequence is INamedTypeSymbol type
        ? Named(model, at, type, "GetEnumerator").OfType<IMethodSymbol>().SelectMany(begin => new ISymbol[] { begin }
            .Concat(Named(model, at, begin.ReturnType, "MoveNext"))
            .Concat(Named(model, at, begin.ReturnType, "Current"))
            .Concat(Named(model, at, begin.ReturnType, "Dispose")))
        : [];

    /// <summary>The operators that say whether the second operand of && or || is asked for.</summary>
    public static IEnumerable<ISymbol> Truth(IBinaryOperation binary) => binary.OperatorMethod?.ContainingType is { } type
        ? type.GetMembers(WellKnownMemberNames.TrueOperatorName).Concat(type.GetMembers(WellKnownMemberNames.FalseOperatorName))
        : [];

    /// <summary>What a fixed statement calls to have an address.</summary>
    public static IEnumerable<ISymbol> Pin(SemanticModel model, SyntaxNode pinned) => model.GetTypeInfo(pinned).Type is { } type
        ? Named(model, pinned, type, "GetPinnableReference")
        : [];

    /// <summary>The operators that compare the elements of two tuples.</summary>
    public static IEnumerable<ISymbol> Comparison(ITupleBinaryOperation comparison)
    {
        string name = comparison.OperatorKind == BinaryOperatorKind.Equals ? WellKnownMemberNames.EqualityOperatorName : WellKnownMemberNames.InequalityOperatorName;
        return Elements(comparison.LeftOperand.Type).Concat(Elements(comparison.RightOperand.Type)).SelectMany(type => type.GetMembers(name));
    }

    /// <summary>The conversions of a tuple's elements, where they become those of another tuple.</summary>
    public static IEnumerable<ISymbol> Conversions(Microsoft.CodeAnalysis.Compilation compilation, ITypeSymbol? from, ITypeSymbol? to)
    {
        if (Tuple(from) is not { } given || Tuple(to) is not { } taken || given.TupleElements.Length != taken.TupleElements.Length)
        {
            yield break;
        }

        for (int i = 0; i < given.TupleElements.Length; i++)
        {
            ITypeSymbol one = given.TupleElements[i].Type;
            ITypeSymbol other = taken.TupleElements[i].Type;
            if (compilation.ClassifyCommonConversion(one, other).MethodSymbol is { } conversion)
            {
                yield return conversion;
            }

            foreach (ISymbol nested in Conversions(compilation, one, other))
            {
                yield return nested;
            }
        }
    }

    /// <summary>The constructors that copy a record, those of the records that it derives from, and of those that derive from it.</summary>
    public static IEnumerable<ISymbol> Copy(ITypeSymbol? record, Implementations implementations) => record is INamedTypeSymbol { IsRecord: true, TypeKind: TypeKind.Class } type
        ? implementations.Types(type).Concat([type]).SelectMany(AndAbove).SelectMany(static one => one.InstanceConstructors.Where(constructor =>
            !constructor.IsImplicitlyDeclared && constructor.Parameters.Length == 1 && SymbolEqualityComparer.Default.Equals(constructor.Parameters[0].Type, one)))
        : [];

    private static INamedTypeSymbol? Tuple(ITypeSymbol? type) => type switch
    {
        INamedTypeSymbol { IsTupleType: true } tuple => tuple,
        INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable => Tuple(nullable.TypeArguments[0]),
        _ => null,
    };

    private static IEnumerable<INamedTypeSymbol> AndAbove(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? one = type.OriginalDefinition; one is { SpecialType: SpecialType.None }; one = one.BaseType?.OriginalDefinition)
        {
            yield return one;
        }
    }

    private static IEnumerable<ITypeSymbol> Elements(ITypeSymbol? type) => type is INamedTypeSymbol { IsTupleType: true } tuple
        ? tuple.TupleElements.SelectMany(static element => Elements(element.Type))
        : type is null ? [] : [type];

    /// <summary>Members of a type, and extensions of it.</summary>
    private static IEnumerable<ISymbol> Named(SemanticModel model, IOperation at, ITypeSymbol type, string name) => Named(model, at.Syntax, type, name);

    private static IEnumerable<ISymbol> Named(SemanticModel model, SyntaxNode at, ITypeSymbol type, string name) => model
        .LookupSymbols(at.SpanStart, type, name, includeReducedExtensionMethods: true)
        .Where(static member => member is IPropertySymbol or IMethodSymbol);
}
