using System.Linq;
using Microsoft.CodeAnalysis;

namespace TypedPipelines.Compilation.Parsing;

/// <summary>What to say of rows and methods with type arguments: what they cannot be, why, and what does the same.</summary>
internal static class GenericForms
{
    /// <summary>Why a type that would otherwise be a row is none; null where its type arguments are not what is wrong with it.</summary>
    public static string? WhyNoRow(ITypeSymbol? type)
    {
        if ((type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable ? nullable.TypeArguments[0] : type)
            is not INamedTypeSymbol { IsGenericType: true, TypeKind: TypeKind.Class or TypeKind.Struct, IsRefLikeType: false } row || IsFromFramework(row))
        {
            return null;
        }

        string name = row.WithNullableAnnotation(NullableAnnotation.NotAnnotated).ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat);
        string instead = row.Arity == 0 ? $"declare {row.Name} outside of {row.ContainingType.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat)}"
            : row.IsSealed || row.IsValueType ? "write a record of your own with its members"
            : $"derive a {(row.IsRecord ? "record" : "class")} of your own from it, such as {string.Concat(row.TypeArguments.Select(static argument => argument.Name))}{row.Name} : {name}";
        return $"{name} is generic, and a row is not: its table, and the code that is generated for it, go by its name, which is that of every {row.Name}; {instead}";
    }

    /// <summary>Why a source or step has no type parameters, and what does the same.</summary>
    public static string WhyNoParameters(IMethodSymbol method, bool isStep)
    {
        string parameters = string.Join(", ", method.TypeParameters.Select(static parameter => parameter.Name));
        return isStep
            ? $"a step has no type parameters of its own, since nothing would say which types they are: give {parameters} to its class instead, and take the steps of that with [StepsFrom(typeof(Class<Row>))]"
            : $"a source has no type parameters, since nothing would say which types they are: write the row's type in place of {parameters}, and call a generic method from there where several sources share one";
    }

    private static bool IsFromFramework(INamedTypeSymbol type)
    {
        INamespaceSymbol? at = type.ContainingNamespace;
        while (at is { IsGlobalNamespace: false, ContainingNamespace.IsGlobalNamespace: false })
        {
            at = at.ContainingNamespace;
        }

        return at is { IsGlobalNamespace: false, Name: "System" or "Microsoft" or KnownNames.Namespace };
    }
}
