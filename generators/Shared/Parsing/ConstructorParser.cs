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
        foreach (ISymbol required in RowConstructor.SetsRequired(constructor) ? [] : RowConstructor.Required(type))
        {
            findings.Error(RuleIds.Signature, required, required.Name, "it is required, and generated code that makes the object has no value for it; take it in the constructor");
        }

        // A value is no service, and where it need not be given, the constructor knows better; what follows it is then passed by name.
        var services = new List<ServiceModel>();
        bool leftOut = false;
        foreach (IParameterSymbol parameter in constructor.Parameters)
        {
            if (parameter.IsParams || (parameter.HasExplicitDefaultValue && (parameter.Type.IsValueType || parameter.Type.SpecialType == SpecialType.System_String)))
            {
                leftOut = true;
                continue;
            }

            Check(parameter, findings);
            services.Add(new ServiceModel(
                parameter.Type.WithNullableAnnotation(NullableAnnotation.NotAnnotated).SourceName(),
                parameter.Type.IsReferenceType && (parameter.HasExplicitDefaultValue || parameter.NullableAnnotation == NullableAnnotation.Annotated),
                leftOut ? parameter.Name : null));
        }

        return new EquatableArray<ServiceModel>(services);
    }

    private static void Check(IParameterSymbol parameter, Findings findings)
    {
        ITypeSymbol type = parameter.Type;
        if (type.IsUnknown())
        {
            findings.Error(RuleIds.Signature, (Location?)null, parameter.Name); // The compiler says so already.
        }
        else if (parameter.RefKind is not (RefKind.None or RefKind.In) || type.IsRefLikeType || type.TypeKind is TypeKind.Pointer or TypeKind.FunctionPointer)
        {
            findings.Error(RuleIds.Signature, parameter, parameter.Name, "it cannot be a service of the host");
        }
        else if (type.IsValueType)
        {
            findings.Error(
                RuleIds.Signature,
                parameter,
                parameter.Name,
                $"{type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)} cannot be a service of the host, which is an object of a class; give the parameter a default value, or take a class that holds it");
        }
        else if (parameter.GetAttributes().Any(static attribute => attribute.AttributeClass.Is("Microsoft.Extensions.DependencyInjection", "FromKeyedServicesAttribute")))
        {
            findings.Error(RuleIds.Signature, parameter, parameter.Name, "services are given by their type, and not by a key; take a class that takes the keyed service");
        }
    }
}
