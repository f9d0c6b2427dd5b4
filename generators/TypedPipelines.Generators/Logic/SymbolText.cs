using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace TypedPipelines.Compilation.Logic;

/// <summary>Names of symbols: one for people, and one that no two symbols share.</summary>
internal static class SymbolText
{
    private static readonly SymbolDisplayFormat Unique = SymbolDisplayFormat.FullyQualifiedFormat
        .WithMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.UseSpecialTypes | SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier | SymbolDisplayMiscellaneousOptions.ExpandValueTuple)
        .WithMemberOptions(SymbolDisplayMemberOptions.IncludeContainingType | SymbolDisplayMemberOptions.IncludeParameters | SymbolDisplayMemberOptions.IncludeExplicitInterface)
        .WithParameterOptions(SymbolDisplayParameterOptions.IncludeType | SymbolDisplayParameterOptions.IncludeParamsRefOut);

    /// <summary>A name that tells a symbol from every other, its type arguments included.</summary>
    public static string Key(ISymbol symbol) => symbol switch
    {
        // By position: its name is nobody's concern.
        ITypeParameterSymbol parameter => "!" + parameter.TypeParameterKind + parameter.Ordinal.ToString(CultureInfo.InvariantCulture),
        _ => symbol.Kind + " " + string.Concat(symbol.ToDisplayParts(Unique).Select(static part => part.Symbol switch
        {
            ITypeParameterSymbol parameter => Key(parameter),
            INamedTypeSymbol { IsFileLocal: true } hidden => part + "@" + FileOf(hidden),
            _ => part.ToString(),
        })),
    };

    /// <summary>As much of a path's end as tells the file of a type that is local to it from those of its namesakes: all of it would be a machine's.</summary>
    private static string FileOf(INamedTypeSymbol type)
    {
        string[] path = Path(type);
        string[][] others = [.. type.ContainingNamespace.GetTypeMembers(type.Name, type.Arity)
            .Where(other => other.IsFileLocal && !SymbolEqualityComparer.Default.Equals(other, type.OriginalDefinition))
            .Select(Path)];
        int length = 1;
        while (length < path.Length && others.Any(other => other.Reverse().Take(length).SequenceEqual(path.Reverse().Take(length))))
        {
            length++;
        }

        return string.Join("/", path.Skip(path.Length - length));
    }

    private static string[] Path(INamedTypeSymbol type) => type.DeclaringSyntaxReferences[0].SyntaxTree.FilePath.Split('/', '\\');

    /// <summary>A name for people.</summary>
    public static string Display(ISymbol symbol) => symbol.ToDisplayString(SymbolDisplayFormat.CSharpErrorMessageFormat);
}
