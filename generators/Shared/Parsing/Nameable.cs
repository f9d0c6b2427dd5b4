using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace TypedPipelines.Compilation.Parsing;

/// <summary>
/// What generated code cannot name from its own files: types of assemblies that a project knows under an <c>extern alias</c> alone, since all types are named
/// from <c>global::</c>, and those that are local to a file.
/// </summary>
internal static class Nameable
{
    private const string Global = "global";

    /// <summary>Why generated code cannot name a type, or one that it is made of; null where it can.</summary>
    public static string? WhyHidden(ITypeSymbol? type, IAssemblySymbol project)
    {
        switch (type)
        {
            case IArrayTypeSymbol array:
                return WhyHidden(array.ElementType, project);
            case INamedTypeSymbol named:
                foreach (ITypeSymbol argument in named.TypeArguments)
                {
                    if (WhyHidden(argument, project) is { } hidden)
                    {
                        return hidden;
                    }
                }

                return WhyHidden(named.ContainingAssembly, project) is { } assembly
                    ? $"generated code cannot name {named.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)}, since {assembly}; add global to the Aliases of that reference"
                    : null;
            default:
                return null;
        }
    }

    private static bool IsFileLocal(INamedTypeSymbol? type)
    {
        for (INamedTypeSymbol? at = type; at is not null; at = at.ContainingType)
        {
            if (at.IsFileLocal)
            {
                return true;
            }
        }

        return false;
    }

    private static string? WhyHidden(IAssemblySymbol? assembly, IAssemblySymbol project)
    {
        if (assembly is null || SymbolEqualityComparer.Default.Equals(assembly, project) || project is not ISourceAssemblySymbol { Compilation: { } compilation })
        {
            return null;
        }

        return compilation.GetMetadataReference(assembly)?.Properties.Aliases is { IsDefaultOrEmpty: false } aliases && !aliases.Contains(Global)
            ? $"{assembly.Name} is known as {string.Join(", ", aliases)} alone"
            : null;
    }

    /// <summary>Reports the rows, lookups and services of a pipeline that generated code cannot name.</summary>
    public static void Require(IEnumerable<ParsedMethod> methods, INamedTypeSymbol pipeline, bool isMade, Findings findings)
    {
        IAssemblySymbol project = pipeline.ContainingAssembly;
        foreach (ParsedMethod method in methods)
        {
            if (IsFileLocal(method.OutputRow) || IsFileLocal(method.InputRow))
            {
                findings.Error(RuleIds.Signature, (Location?)null, method.Name, "its row is local to a file"); // The compiler refuses the signature.
            }
            else if (WhyHidden(method.OutputRow, project) is { } output)
            {
                findings.Error(RuleIds.Signature, MethodParser.ReturnType(method.Method), method.Name, output);
            }

            if (method.IsShared && WhyHidden(method.Method.ContainingType, project) is { } shared)
            {
                findings.Error(RuleIds.Signature, pipeline, method.Name, shared);
            }

            // The rest of a method's types generated code does not write, but where a table or lookup is made for them.
            foreach (ParsedParameter parameter in method.Parameters)
            {
                if (WhyHidden(parameter.Table ?? (ITypeSymbol?)parameter.Lookup, project) is { } asked)
                {
                    findings.Error(RuleIds.Signature, parameter.Symbol, parameter.Symbol.Name, asked);
                }
            }
        }

        foreach (IParameterSymbol service in isMade ? pipeline.InstanceConstructors[0].Parameters : [])
        {
            if (WhyHidden(service.Type, project) is { } taken)
            {
                findings.Error(RuleIds.Signature, service, service.Name, taken);
            }
        }
    }
}
