using System.Linq;
using Microsoft.CodeAnalysis;

namespace TypedPipelines.Compilation.Parsing;

/// <summary>
/// Tells members of a row that are columns from those that lead to other rows: an entity of EF Core has properties such as <c>Customer Customer</c> and <c>List&lt;Line&gt; Lines</c>, which are relations
/// and no columns of its table.
/// </summary>
internal static class Navigation
{
    /// <summary>Whether a property that can be set is a column, as far as its type and attributes say.</summary>
    public static bool IsColumn(IPropertySymbol property) =>
        property.SetMethod is not null && property.SchemaAnnotation("NotMappedAttribute") is null && !LeadsToRows(property);

    private static bool LeadsToRows(IPropertySymbol property)
    {
        // Asked of every member at every edit: what columns are mostly made of is answered by the type's kind.
        if (property.Type is not INamedTypeSymbol { IsReferenceType: true, SpecialType: SpecialType.None } type)
        {
            return false;
        }

        ITypeSymbol of = type.TypeArguments.Length == 1 && type.AllInterfaces.Concat([type]).Any(static each => each.OriginalDefinition.SpecialType == SpecialType.System_Collections_Generic_IEnumerable_T)
            ? type.TypeArguments[0]
            : type;
        return of is INamedTypeSymbol { TypeKind: TypeKind.Class, SpecialType: SpecialType.None } entity && IsEntity(entity);
    }

    private static bool IsEntity(INamedTypeSymbol type) =>
        type.SchemaAnnotation("TableAttribute") is not null || RowParser.Properties(type).Exists(static member => member.Annotation("KeyAttribute") is not null);
}
