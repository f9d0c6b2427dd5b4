using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace TypedPipelines.Compilation.Logic;

/// <summary>Names of symbols: one for people, and one that no two symbols share.</summary>
internal static class SymbolText
{
    private static readonly SymbolDisplayFormat Unique = SymbolDisplayFormat.FullyQualifiedFormat
        .WithMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.UseSpecialTypes | SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier)
        .WithMemberOptions(SymbolDisplayMemberOptions.IncludeContainingType | SymbolDisplayMemberOptions.IncludeParameters | SymbolDisplayMemberOptions.IncludeExplicitInterface)
        .WithParameterOptions(SymbolDisplayParameterOptions.IncludeType | SymbolDisplayParameterOptions.IncludeParamsRefOut);

    /// <summary>A name that tells a symbol from every other, its type arguments included.</summary>
    public static string Key(ISymbol symbol) => symbol switch
    {
        // By position: its name is nobody's concern.
        ITypeParameterSymbol parameter => "!" + parameter.TypeParameterKind + parameter.Ordinal.ToString(CultureInfo.InvariantCulture),
        _ => symbol.Kind + " " + string.Concat(symbol.ToDisplayParts(Unique).Select(static part => part.Symbol is ITypeParameterSymbol parameter ? Key(parameter) : part.ToString())),
    };

    /// <summary>A name for people.</summary>
    public static string Display(ISymbol symbol) => symbol.ToDisplayString(SymbolDisplayFormat.CSharpErrorMessageFormat);
}
