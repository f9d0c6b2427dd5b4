using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using TypedPipelines.Compilation.Model;

namespace TypedPipelines.Compilation.Parsing;

/// <summary>Reads the constructor of a pipeline whose sources and steps are not all static: it is called by generated code, with services of the host.</summary>
internal static class ConstructorParser
{
    /// <returns>The services that it takes; null where no object is needed.</returns>
    public static EquatableArray<ServiceModel>? Parse(INamedTypeSymbol type, IReadOnlyList<ParsedMethod> methods, Findings findings)
    {
        if (methods.FirstOrDefault(method => !method.Method.IsStatic) is not { } instance)
        {
            return null;
        }

        if (type.IsAbstract)
        {
            findings.Error(RuleIds.Signature, instance.Method, instance.Name, "it is not static, and no object can be made of an abstract class");
            return null;
        }

        if (type.InstanceConstructors.Length != 1)
        {
            findings.Error(RuleIds.Signature, type.InstanceConstructors[1], type.Name, "a pipeline has one constructor, whose parameters are services of the host");
            return null;
        }

        IMethodSymbol constructor = type.InstanceConstructors[0];
        foreach (IParameterSymbol parameter in constructor.Parameters.Where(parameter => parameter.RefKind is not (RefKind.None or RefKind.In) || parameter.Type.IsRefLikeType))
        {
            findings.Error(RuleIds.Signature, parameter, parameter.Name, "it cannot be a service of the host");
        }

        return new EquatableArray<ServiceModel>(constructor.Parameters.Select(parameter => new ServiceModel(
            parameter.Type.WithNullableAnnotation(NullableAnnotation.NotAnnotated).SourceName(),
            parameter.Type.IsReferenceType && (parameter.HasExplicitDefaultValue || parameter.NullableAnnotation == NullableAnnotation.Annotated))));
    }
}
