using System.Collections.Generic;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace TypedPipelines.Compilation.Logic;

/// <summary>What a piece of code refers to.</summary>
internal sealed class CodeReferences
{
    private readonly HashSet<ISymbol> _symbols = new(SymbolEqualityComparer.Default);
    private readonly SortedSet<string> _opaque = new(System.StringComparer.Ordinal);

    /// <summary>Members and types, generic ones as they are declared.</summary>
    public IEnumerable<ISymbol> Symbols => _symbols;

    /// <summary>What of it nobody can follow, as ends of a sentence that begins with the code; empty where all can be.</summary>
    public IEnumerable<string> Opaque => _opaque;

    public void Add(ISymbol? symbol)
    {
        switch (symbol)
        {
            case IArrayTypeSymbol array:
                Add(array.ElementType);
                break;
            case IPointerTypeSymbol pointer:
                Add(pointer.PointedAtType);
                break;
            case INamedTypeSymbol type:
                AddArguments(type.TypeParameters, type.TypeArguments);
                _symbols.Add(type.IsTupleType && type.TupleUnderlyingType is { } tuple ? tuple.OriginalDefinition : type.OriginalDefinition);
                break;
            case IMethodSymbol method:
                AddArguments(method.TypeParameters, method.TypeArguments);
                _symbols.Add((method.ReducedFrom ?? method).OriginalDefinition);
                break;
            case IPropertySymbol or IFieldSymbol or IEventSymbol:
                _symbols.Add(symbol.OriginalDefinition);
                break;
        }
    }

    public void AddOpaque(string what) => _opaque.Add(what);

    private void AddArguments(ImmutableArray<ITypeParameterSymbol> parameters, ImmutableArray<ITypeSymbol> arguments)
    {
        for (int i = 0; i < arguments.Length; i++)
        {
            Add(arguments[i]);
            if (i < parameters.Length && CanBeMade(parameters[i]) && arguments[i] is INamedTypeSymbol made)
            {
                // Behind new T(), where nobody names it.
                foreach (IMethodSymbol constructor in made.InstanceConstructors)
                {
                    if (constructor.Parameters.IsEmpty && !constructor.IsImplicitlyDeclared)
                    {
                        Add(constructor);
                    }
                }
            }
        }
    }

    private static bool CanBeMade(ITypeParameterSymbol parameter) => parameter.HasConstructorConstraint || parameter.HasValueTypeConstraint || parameter.HasUnmanagedTypeConstraint;
}
