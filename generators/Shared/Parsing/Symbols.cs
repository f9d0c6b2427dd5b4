using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TypedPipelines.Compilation.Parsing;

/// <summary>Small questions asked of symbols, without building strings where a comparison of names will do.</summary>
internal static class Symbols
{
    private const string ComponentModel = "System.ComponentModel.DataAnnotations";

    private static readonly Regex Await = new(@"(?<![\w@])await(?!\w)", RegexOptions.CultureInvariant);

    private static readonly SymbolDisplayFormat Qualified = SymbolDisplayFormat.FullyQualifiedFormat;

    /// <summary>The type as C# source writes it, fully qualified, without the null-ness of a reference.</summary>
    public static string SourceName(this ITypeSymbol type) => type.SpecialType switch
    {
        // Most columns are of these, and the general way builds a name from its parts each time.
        SpecialType.System_Boolean => "bool",
        SpecialType.System_Byte => "byte",
        SpecialType.System_Int16 => "short",
        SpecialType.System_Int32 => "int",
        SpecialType.System_Int64 => "long",
        SpecialType.System_Double => "double",
        SpecialType.System_Decimal => "decimal",
        SpecialType.System_String => "string",
        _ => Escape(type.ToDisplayString(Qualified)),
    };

    // In an asynchronous method it is none, also where a name has it in its middle.
    private static string Escape(string name) => name.Contains("await") ? Await.Replace(name, "@await") : name;

    public static bool Is(this ITypeSymbol? type, string containingNamespace, string name) =>
        type is not null && type.Name == name && NamespaceIs(type.ContainingNamespace, containingNamespace) && type.ContainingType is null;

    public static bool IsRuntime(this ITypeSymbol? type, string name) => type.Is(KnownNames.Namespace, name);

    public static AttributeData? RuntimeAttribute(this ISymbol symbol, string name) => symbol.GetAttributes().RuntimeAttribute(name);

    public static AttributeData? Annotation(this ISymbol symbol, string name) => symbol.GetAttributes().Annotation(name);

    public static AttributeData? SchemaAnnotation(this ISymbol symbol, string name) => symbol.GetAttributes().SchemaAnnotation(name);

    public static AttributeData? RuntimeAttribute(this ImmutableArray<AttributeData> attributes, string name) => Find(attributes, KnownNames.Namespace, name);

    public static AttributeData? Annotation(this ImmutableArray<AttributeData> attributes, string name) => Find(attributes, ComponentModel, name);

    public static AttributeData? SchemaAnnotation(this ImmutableArray<AttributeData> attributes, string name) => Find(attributes, ComponentModel + ".Schema", name);

    /// <summary>Whether the attribute is the BCL's check of that name, without <c>Attribute</c> at the end.</summary>
    public static bool IsAnnotation(this ITypeSymbol? type, string name) => type.Is(ComponentModel, name + "Attribute");

    /// <summary>Whether a type stands for a block of extension members, of C# 14: the Roslyn that this is built with knows them, and has no name for them yet.</summary>
    public static bool IsExtensionBlock(this ITypeSymbol? type) => type is { TypeKind: (TypeKind)14 };

    /// <summary>Whether a type is a view of the elements of an array or a list.</summary>
    public static bool IsSpan(this ITypeSymbol? type) => type.Is("System", "Span") || type.Is("System", "ReadOnlySpan") || type.Is("System", "Memory") || type.Is("System", "ReadOnlyMemory");

    /// <summary>The items of a list whose key an earlier one has, ignoring case, each with that one.</summary>
    public static IEnumerable<(T Item, T Before)> Repeats<T>(this IReadOnlyList<T> items, System.Func<T, string> key)
    {
        var seen = new Dictionary<string, T>(System.StringComparer.OrdinalIgnoreCase);
        foreach (T item in items)
        {
            if (seen.TryGetValue(key(item), out T before))
            {
                yield return (item, before);
            }
            else
            {
                seen.Add(key(item), item);
            }
        }
    }

    /// <summary>Whether the attribute declares a check of values.</summary>
    public static bool IsValidation(this AttributeData attribute)
    {
        for (INamedTypeSymbol? type = attribute.AttributeClass; type is not null; type = type.BaseType)
        {
            if (type.IsAnnotation("Validation"))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The attribute's name as it is written.</summary>
    public static string ShortName(this AttributeData attribute) => attribute.AttributeClass!.Name is var name && name.EndsWith("Attribute", System.StringComparison.Ordinal)
        ? name.Substring(0, name.Length - "Attribute".Length)
        : attribute.AttributeClass.Name;

    public static T? Named<T>(this AttributeData attribute, string name, T? otherwise = default)
    {
        foreach (KeyValuePair<string, TypedConstant> argument in attribute.NamedArguments)
        {
            if (argument.Key == name && argument.Value.Value is T value)
            {
                return value;
            }
        }

        return otherwise;
    }

    public static object? Argument(this AttributeData attribute, int position) =>
        attribute.ConstructorArguments.Length > position && attribute.ConstructorArguments[position].Kind != TypedConstantKind.Array
            ? attribute.ConstructorArguments[position].Value
            : null;

    /// <summary>Whether the compiler itself cannot make sense of the attribute, and says so.</summary>
    public static bool IsMalformed(this AttributeData attribute) =>
        attribute.AttributeConstructor is null || attribute.ConstructorArguments.Any(argument => argument.Kind == TypedConstantKind.Error);

    /// <summary>Whether the type, or one inside it, does not exist: the compiler says so.</summary>
    public static bool IsUnknown(this ITypeSymbol type) => type switch
    {
        { TypeKind: TypeKind.Error } => true,
        IArrayTypeSymbol array => array.ElementType.IsUnknown(),
        INamedTypeSymbol named => named.TypeArguments.Any(argument => argument.IsUnknown()),
        _ => false,
    };

    public static Location? Location(this AttributeData attribute) =>
        attribute.ApplicationSyntaxReference is { } syntax ? Microsoft.CodeAnalysis.Location.Create(syntax.SyntaxTree, syntax.Span) : null;

    /// <summary>Where an attribute's named argument is written; the attribute itself where its source is elsewhere.</summary>
    public static Location? Location(this AttributeData attribute, string argument)
    {
        AttributeArgumentSyntax? written = (attribute.ApplicationSyntaxReference?.GetSyntax() as AttributeSyntax)?.ArgumentList?.Arguments
            .FirstOrDefault(candidate => candidate.NameEquals?.Name.Identifier.ValueText == argument);
        return written?.GetLocation() ?? attribute.Location();
    }

    /// <summary>Where an attribute's argument without a name is written; the attribute itself where there is none, or its source is elsewhere.</summary>
    public static Location? Location(this AttributeData attribute, int position)
    {
        AttributeArgumentSyntax? written = (attribute.ApplicationSyntaxReference?.GetSyntax() as AttributeSyntax)?.ArgumentList?.Arguments
            .Where(static candidate => candidate.NameEquals is null && candidate.NameColon is null).ElementAtOrDefault(position);
        return written?.GetLocation() ?? attribute.Location();
    }

    public static string NamespaceName(this INamespaceSymbol containing) => containing.IsGlobalNamespace ? "" : Escape(containing.ToDisplayString());

    /// <summary>The element type of an <c>IEnumerable&lt;T&gt;</c> (or of a type of that very name); null for any other type.</summary>
    public static ITypeSymbol? SequenceElement(this ITypeSymbol type, string name = "IEnumerable") =>
        type is INamedTypeSymbol { TypeArguments.Length: 1 } named && named.Is("System.Collections.Generic", name) ? named.TypeArguments[0] : null;

    /// <summary>The element of what a method may give several rows as: a sequence, an array or one of the BCL's lists; null for any other type.</summary>
    public static ITypeSymbol? RowsElement(this ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol { Rank: 1 } array => array.ElementType,
        INamedTypeSymbol { TypeArguments.Length: 1 } named when named.Is("System.Collections.Immutable", "ImmutableArray") => named.TypeArguments[0],
        _ => type.SequenceElement() ?? type.SequenceElement("List") ?? type.SequenceElement("IReadOnlyList") ?? type.SequenceElement("IReadOnlyCollection")
            ?? type.SequenceElement("IList") ?? type.SequenceElement("ICollection"),
    };

    /// <summary>The row type of a type that is an <c>ISource&lt;TRow&gt;</c>, of one row type only; null for any other type.</summary>
    public static ITypeSymbol? SourceElement(this ITypeSymbol type)
    {
        ITypeSymbol? row = null;
        foreach (INamedTypeSymbol candidate in type is INamedTypeSymbol named ? type.AllInterfaces.Add(named) : type.AllInterfaces)
        {
            if (candidate.TypeArguments.Length == 1 && candidate.IsRuntime("ISource"))
            {
                if (row is not null)
                {
                    return null;
                }

                row = candidate.TypeArguments[0];
            }
        }

        return row;
    }

    /// <summary>The name that databases use: <c>DelayMinutes</c> is <c>delay_minutes</c>, <c>IATACode</c> is <c>iata_code</c>.</summary>
    public static string SnakeCase(string name)
    {
        var snake = new StringBuilder(name.Length + 4);
        for (int i = 0; i < name.Length; i++)
        {
            bool startsWord = char.IsUpper(name[i])
                && i > 0
                && name[i - 1] != '_'
                && (!char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1])));
            if (startsWord)
            {
                snake.Append('_');
            }

            snake.Append(char.ToLowerInvariant(name[i]));
        }

        return snake.ToString();
    }

    // Not by LINQ: this is asked for every member of every row after each pause in typing.
    private static AttributeData? Find(ImmutableArray<AttributeData> attributes, string containingNamespace, string name)
    {
        foreach (AttributeData attribute in attributes)
        {
            if (attribute.AttributeClass.Is(containingNamespace, name))
            {
                return attribute;
            }
        }

        return null;
    }

    private static bool NamespaceIs(INamespaceSymbol? containing, string name)
    {
        int end = name.Length;
        while (containing is { IsGlobalNamespace: false })
        {
            string part = containing.Name;
            int start = end - part.Length;
            if (start < 0 || string.CompareOrdinal(name, start, part, 0, part.Length) != 0)
            {
                return false;
            }

            if (start == 0)
            {
                return containing.ContainingNamespace.IsGlobalNamespace;
            }

            if (name[start - 1] != '.')
            {
                return false;
            }

            end = start - 1;
            containing = containing.ContainingNamespace;
        }

        return false;
    }
}
