using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using TypedPipelines.Compilation.Model;
using TypedPipelines.Compilation.Parsing;

namespace TypedPipelines.Compilation.Logic;

/// <summary>Finds again, in a compilation, what a model was made of.</summary>
internal static class PipelineMethods
{
    public static INamedTypeSymbol? TypeOf(Microsoft.CodeAnalysis.Compilation compilation, PipelineModel pipeline)
    {
        string name = pipeline.Namespace.Length == 0 ? pipeline.ClassName : $"{pipeline.Namespace}.{pipeline.ClassName}";
        return compilation.GetTypeByMetadataName(name.Replace("@", ""));
    }

    /// <summary>The method of a source or step, which may be another class's.</summary>
    public static IEnumerable<ISymbol> Of(INamedTypeSymbol pipeline, NodeModel node) => pipeline.GetAttributes()
        .Where(attribute => attribute.AttributeClass.IsRuntime("StepsFromAttribute"))
        .Select(attribute => attribute.Argument(0) as INamedTypeSymbol)
        .Append(pipeline)
        .Where(type => type is not null && (node.Owner is null ? ReferenceEquals(type, pipeline) : type.SourceName() == node.Owner))
        .SelectMany(type => type!.GetMembers(node.Name).OfType<IMethodSymbol>())
        .Where(MethodParser.IsMarked); // Another overload of the name is no step.

    /// <summary>The checks that a row contract declares as methods: which rows were let through is a part of what was loaded.</summary>
    public static IEnumerable<IMethodSymbol> ChecksOf(INamedTypeSymbol row) => row.GetMembers().OfType<IMethodSymbol>().Where(static method => method.RuntimeAttribute("CheckAttribute") is not null);

    /// <summary>A row's type, which may stand inside others.</summary>
    public static INamedTypeSymbol? RowOf(Microsoft.CodeAnalysis.Compilation compilation, TypeName row)
    {
        const string global = "global::";
        string name = row.Type.StartsWith(global, System.StringComparison.Ordinal) ? row.Type.Substring(global.Length) : row.Type;
        string containing = row.Namespace.Length == 0 ? "" : row.Namespace + ".";
        return compilation.GetTypeByMetadataName((containing + name.Substring(containing.Length).Replace('.', '+')).Replace("@", ""));
    }
}
