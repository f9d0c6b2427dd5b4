using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using TypedPipelines.Compilation.Parsing;

namespace TypedPipelines.Compilation.Logic;

/// <summary>
/// What a pipeline gets through its constructor: nobody writes <c>new</c> for it, and its constructors run all the same. Values that whoever makes a service puts
/// into it are no code that could be followed, and are told.
/// </summary>
internal sealed class Injected(Implementations implementations, Microsoft.CodeAnalysis.Compilation compilation)
{
    private const string Serializer = "System.Text.Json.Serialization.JsonSerializerContext";

    /// <summary>Types of .NET that hold what a configuration or the program's start says.</summary>
    private static readonly HashSet<string> Settings = ["Microsoft.Extensions.Options", "Microsoft.Extensions.Configuration"];

    /// <summary>Adds the constructors of a pipeline, of its services, and of theirs, as far as this compilation has them.</summary>
    public void AddTo(CodeReferences references, INamedTypeSymbol pipeline) => Add(references, pipeline, new HashSet<ISymbol>(SymbolEqualityComparer.Default));

    private void Add(CodeReferences references, INamedTypeSymbol type, HashSet<ISymbol> seen)
    {
        if (!seen.Add(type))
        {
            return;
        }

        references.Add(type);
        foreach (IMethodSymbol constructor in type.InstanceConstructors)
        {
            references.Add(constructor);
            foreach (IParameterSymbol parameter in constructor.Parameters.Where(parameter => !SymbolEqualityComparer.Default.Equals(parameter.Type, type)))
            {
                Add(references, parameter, seen);
            }
        }
    }

    private void Add(CodeReferences references, IParameterSymbol parameter, HashSet<ISymbol> seen)
    {
        if (parameter.Type.TypeKind == TypeKind.Delegate)
        {
            references.AddOpaque($"is given {parameter.Name}, of which only what it takes and returns is known");
        }
        else if (IsSerializer(parameter.Type))
        {
            AddSerializer(references, parameter);
        }
        else if (Settings.Contains(parameter.Type.ContainingNamespace?.ToDisplayString() ?? "") || parameter.Type.ToDisplayString() == "System.Text.Json.JsonSerializerOptions")
        {
            references.AddOpaque($"is given {parameter.Name}, whose values no code says");
        }

        foreach (INamedTypeSymbol service in implementations.Types(parameter.Type))
        {
            if (ValueOf(service) is { } value)
            {
                references.AddOpaque($"is given {parameter.Name}, whose {value} is said by whoever makes it");
            }

            Add(references, service, seen);
        }
    }

    /// <summary>What says how JSON is read: the options of a context are attributes of it.</summary>
    private void AddSerializer(CodeReferences references, IParameterSymbol parameter)
    {
        ITypeSymbol? row = (parameter.Type as INamedTypeSymbol)?.TypeArguments.FirstOrDefault();
        INamedTypeSymbol[] contexts = compilation.GetTypeByMetadataName(Serializer) is not { } context ? [] :
        [
            .. implementations.Types(context).Where(type => !SymbolEqualityComparer.Default.Equals(type, context) && (row is null || type.GetAttributes().Any(attribute =>
                attribute.AttributeClass?.Name == "JsonSerializableAttribute" && SymbolEqualityComparer.Default.Equals(attribute.Argument(0) as ISymbol, row)))),
        ];
        if (contexts.Length == 0)
        {
            references.AddOpaque($"is given {parameter.Name}, whose options no code of this project says");
        }

        foreach (INamedTypeSymbol type in contexts)
        {
            references.Add(type);
        }
    }

    private static bool IsSerializer(ITypeSymbol type) =>
        type.ContainingNamespace?.ToDisplayString() == "System.Text.Json.Serialization.Metadata" && type.Name is "JsonTypeInfo" or "IJsonTypeInfoResolver";

    /// <summary>A value that an object of a class is given where it is made, by a constructor or a setter; null where it makes all of its own.</summary>
    private static string? ValueOf(INamedTypeSymbol service) =>
        service.InstanceConstructors.SelectMany(static constructor => constructor.Parameters).FirstOrDefault(static parameter => IsValue(parameter.Type) && !parameter.HasExplicitDefaultValue)?.Name
        ?? service.GetMembers().FirstOrDefault(static member => member is { DeclaredAccessibility: Accessibility.Public or Accessibility.Internal, IsStatic: false, IsImplicitlyDeclared: false }
            and (IPropertySymbol { SetMethod.DeclaredAccessibility: Accessibility.Public or Accessibility.Internal } or IFieldSymbol { IsReadOnly: false }))?.Name;

    private static bool IsValue(ITypeSymbol type) => type.IsValueType || type.SpecialType == SpecialType.System_String || type is IArrayTypeSymbol;
}
