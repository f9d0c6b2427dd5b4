using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using TypedPipelines.Compilation.Model;
using TypedPipelines.Compilation.Parsing;

namespace TypedPipelines.Compilation.Logic;

/// <summary>Code of row types that no step calls: generated code, or a serializer's, makes rows by it and reads them.</summary>
internal static class RowCode
{
    /// <summary>What is called where a source makes its rows, and where a lookup that a step takes finds them.</summary>
    public static IEnumerable<ISymbol> Of(Microsoft.CodeAnalysis.Compilation compilation, PipelineModel pipeline, NodeModel node)
    {
        foreach (LookupModel lookup in pipeline.Lookups.Where(lookup => node.Parameters.Any(lookup.Serves)))
        {
            TypeName name = lookup.From is { } from ? pipeline.Node(from).Output : pipeline.Table(lookup.RowType).Row;
            if (PipelineMethods.RowOf(compilation, name) is { } row)
            {
                IEnumerable<ISymbol> keys = RowParser.Properties(row).Where(property => lookup.KeyMembers.Contains(property.Name));
                foreach (ISymbol called in lookup.From is null ? keys.Concat(Making(row, compilation.Assembly)) : keys)
                {
                    yield return called;
                }
            }
        }

        if (node.IsSource && node.Form is not (NodeForm.SequenceSource or NodeForm.AsyncSequenceSource) && PipelineMethods.RowOf(compilation, node.Output) is { } made)
        {
            foreach (ISymbol called in node.Form is NodeForm.JsonSource or NodeForm.OpenedSource ? MakingWhole(made) : Making(made, compilation.Assembly))
            {
                yield return called;
            }
        }
    }

    /// <summary>What is called where rows are written to their table: the getters of its columns.</summary>
    public static IEnumerable<ISymbol> Writing(INamedTypeSymbol row, IAssemblySymbol assembly)
    {
        List<IPropertySymbol> properties = RowParser.Properties(row);
        IMethodSymbol? constructor = RowConstructor.Choose(row, properties, assembly);
        return properties.Where(property => IsMember(property, properties, constructor));
    }

    private static IEnumerable<ISymbol> Making(INamedTypeSymbol row, IAssemblySymbol assembly)
    {
        List<IPropertySymbol> properties = RowParser.Properties(row);
        IMethodSymbol? constructor = RowConstructor.Choose(row, properties, assembly);
        return properties.Where(property => property.SetMethod is not null && IsMember(property, properties, constructor)).Concat<ISymbol>(constructor is null ? [] : [constructor]);
    }

    private static bool IsMember(IPropertySymbol property, List<IPropertySymbol> properties, IMethodSymbol? constructor) =>
        Navigation.IsColumn(property)
        || (constructor?.Parameters.Any(parameter => ReferenceEquals(RowConstructor.Find(properties, parameter), property)) ?? false);

    /// <summary>A serializer makes the objects that a row holds, too, and chooses constructors by rules of its own.</summary>
    private static IEnumerable<ISymbol> MakingWhole(INamedTypeSymbol row)
    {
        var seen = new HashSet<ITypeSymbol>(SymbolEqualityComparer.Default);
        var waiting = new Queue<ITypeSymbol>([row]);
        while (waiting.Count > 0)
        {
            ITypeSymbol type = waiting.Dequeue();
            if (!seen.Add(type))
            {
                continue;
            }

            foreach (ITypeSymbol inner in type is IArrayTypeSymbol array ? [array.ElementType] : (type as INamedTypeSymbol)?.TypeArguments ?? [])
            {
                waiting.Enqueue(inner);
            }

            if (type is not INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct or TypeKind.Interface } own || !SymbolEqualityComparer.Default.Equals(own.ContainingAssembly, row.ContainingAssembly))
            {
                continue;
            }

            foreach (INamedTypeSymbol derived in own.GetAttributes().Where(static attribute => attribute.AttributeClass?.Name == "JsonDerivedTypeAttribute").Select(static attribute => attribute.Argument(0)).OfType<INamedTypeSymbol>())
            {
                waiting.Enqueue(derived);
            }

            foreach (IMethodSymbol constructor in own.InstanceConstructors.Where(static constructor => !constructor.IsImplicitlyDeclared))
            {
                yield return constructor;
            }

            foreach (IPropertySymbol property in RowParser.Properties(own))
            {
                waiting.Enqueue(property.Type);
                if (property.SetMethod is not null)
                {
                    yield return property;
                }
            }

            yield return own;
        }
    }
}
