using System.Linq;
using Microsoft.CodeAnalysis;

namespace TypedPipelines.Compilation.Parsing;

/// <summary>What generated code may name: some of it stands in the pipeline's class, the rest in classes of its own.</summary>
internal static class Access
{
    /// <summary>Whether a class of its own, in this assembly, may use the symbol.</summary>
    public static bool FromAnywhere(ISymbol symbol, IAssemblySymbol assembly)
    {
        for (ISymbol? at = symbol; at is not null; at = at.ContainingType)
        {
            if (at is INamedTypeSymbol { IsFileLocal: true } || !IsOpen(at, assembly))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether a class of its own may name the type, with all that it is made of.</summary>
    public static bool ToType(ITypeSymbol? type, IAssemblySymbol assembly) => type switch
    {
        IArrayTypeSymbol array => ToType(array.ElementType, assembly),
        INamedTypeSymbol named => FromAnywhere(named, assembly) && named.TypeArguments.All(argument => ToType(argument, assembly)),
        _ => true,
    };

    /// <summary>Whether code in the pipeline's class may use the symbol.</summary>
    public static bool FromWithin(ISymbol symbol, INamedTypeSymbol pipeline)
    {
        for (ISymbol? at = symbol; at is not null; at = at.ContainingType)
        {
            if (at is INamedTypeSymbol { IsFileLocal: true } || !(IsOpen(at, pipeline.ContainingAssembly) || IsOwn(at, pipeline)))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsOpen(ISymbol symbol, IAssemblySymbol assembly) => symbol.DeclaredAccessibility switch
    {
        Accessibility.Public or Accessibility.NotApplicable => true,
        Accessibility.Internal or Accessibility.ProtectedOrInternal => SeesInternals(symbol, assembly),
        _ => false,
    };

    private static bool IsOwn(ISymbol symbol, INamedTypeSymbol pipeline) => symbol.DeclaredAccessibility switch
    {
        _ when SymbolEqualityComparer.Default.Equals(symbol.ContainingType, pipeline) => true,
        Accessibility.Protected or Accessibility.ProtectedOrInternal => Derives(pipeline, symbol.ContainingType),
        Accessibility.ProtectedAndInternal => Derives(pipeline, symbol.ContainingType) && SeesInternals(symbol, pipeline.ContainingAssembly),
        _ => false,
    };

    private static bool SeesInternals(ISymbol symbol, IAssemblySymbol assembly) =>
        SymbolEqualityComparer.Default.Equals(symbol.ContainingAssembly, assembly) || symbol.ContainingAssembly.GivesAccessTo(assembly);

    private static bool Derives(INamedTypeSymbol type, INamedTypeSymbol? from)
    {
        for (INamedTypeSymbol? at = type.BaseType; at is not null; at = at.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(at, from))
            {
                return true;
            }
        }

        return false;
    }
}
