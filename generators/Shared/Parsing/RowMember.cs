using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace TypedPipelines.Compilation.Parsing;

/// <summary>A property of a row type, with the attributes of the constructor parameter that sets it, where one does.</summary>
internal sealed class RowMember(IPropertySymbol property, IParameterSymbol? parameter)
{
    private const string CodeAnalysis = "System.Diagnostics.CodeAnalysis";

    private readonly ImmutableArray<AttributeData> _attributes = parameter is null || parameter.GetAttributes().IsEmpty
        ? property.GetAttributes()
        : property.GetAttributes().AddRange(parameter.GetAttributes());

    public IPropertySymbol Property { get; } = property;

    public string Name => Property.Name;

    public bool Nullable => Property.Type.NullableAnnotation == NullableAnnotation.Annotated
        || (Property.Type.IsReferenceType && (Property.Type.NullableAnnotation == NullableAnnotation.None || Says(Property, "MaybeNullAttribute")));

    /// <summary>Whether null may be handed over where the row is made: a member may be null without it, as by <c>[DisallowNull]</c>.</summary>
    public bool TakesNull => parameter is null ? TakesNullIn(Property.Type, Property) : TakesNullIn(parameter.Type, parameter);

    /// <summary>The type without its null-ness.</summary>
    public ITypeSymbol Type => Property.Type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable
        ? nullable.TypeArguments[0]
        : Property.Type.WithNullableAnnotation(NullableAnnotation.NotAnnotated);

    /// <summary>All attributes of the member, wherever they were written.</summary>
    public ImmutableArray<AttributeData> Attributes => _attributes;

    public AttributeData? RuntimeAttribute(string name) => _attributes.RuntimeAttribute(name);

    public AttributeData? Annotation(string name) => _attributes.Annotation(name);

    public AttributeData? SchemaAnnotation(string name) => _attributes.SchemaAnnotation(name);

    /// <summary>The name in databases and file headers.</summary>
    public string ColumnName => SchemaAnnotation("ColumnAttribute")?.Argument(0) as string ?? Symbols.SnakeCase(Name);

    private static bool TakesNullIn(ITypeSymbol type, ISymbol place) => !type.IsReferenceType
        || (type.NullableAnnotation == NullableAnnotation.NotAnnotated ? Says(place, "AllowNullAttribute") : !Says(place, "DisallowNullAttribute"));

    private static bool Says(ISymbol place, string attribute)
    {
        foreach (AttributeData each in place.GetAttributes())
        {
            if (each.AttributeClass.Is(CodeAnalysis, attribute))
            {
                return true;
            }
        }

        return false;
    }
}
