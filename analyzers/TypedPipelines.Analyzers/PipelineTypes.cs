using Microsoft.CodeAnalysis;
using TypedPipelines.Compilation;
using TypedPipelines.Compilation.Parsing;

namespace TypedPipelines.Analyzers;

/// <summary>Recognises pipelines and what belongs to them.</summary>
internal static class PipelineTypes
{
    /// <summary>Whether the compilation knows pipelines at all; where it does not, no rule registers anything.</summary>
    public static bool AreKnownTo(Microsoft.CodeAnalysis.Compilation compilation) =>
        compilation.GetTypeByMetadataName(KnownNames.PipelineAttribute) is not null;

    public static AttributeData? PipelineOf(INamedTypeSymbol type) =>
        type.TypeKind == TypeKind.Class ? type.RuntimeAttribute("PipelineAttribute") : null;

    /// <summary>Whether the type is a pipeline, or inside one.</summary>
    public static bool AreAround(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? at = type; at is not null; at = at.ContainingType)
        {
            if (PipelineOf(at) is not null)
            {
                return true;
            }
        }

        return false;
    }

    public static bool IsSource(IMethodSymbol method) => method.RuntimeAttribute("SourceAttribute") is not null;

    public static bool IsStep(IMethodSymbol method) => method.RuntimeAttribute("StepAttribute") is not null || method.RuntimeAttribute("SqlStepAttribute") is not null;
}
