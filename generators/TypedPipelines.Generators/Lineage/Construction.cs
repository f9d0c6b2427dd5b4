using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace TypedPipelines.Compilation.Lineage;

/// <summary>Follows a constructor: into which members its arguments go.</summary>
internal sealed class Construction(Calls calls)
{
    public Flow Make(IMethodSymbol constructor, IReadOnlyList<Flow> arguments)
    {
        var frame = new Frame(Flow.Nothing);
        return calls.Living(frame, () => Make(constructor, arguments, frame));
    }

    private Flow Make(IMethodSymbol constructor, IReadOnlyList<Flow> arguments, Frame frame)
    {
        INamedTypeSymbol type = constructor.ContainingType;
        foreach (IParameterSymbol parameter in constructor.Parameters)
        {
            Flow argument = parameter.Ordinal < arguments.Count ? arguments[parameter.Ordinal] : Flow.Nothing;
            frame.Set(parameter, argument);
            if (type.IsRecord && type.GetMembers(parameter.Name).OfType<IPropertySymbol>().Any(property => IsOfParameter(property)))
            {
                frame.This = frame.This.With(parameter.Name, argument);
            }
        }

        if (IsPrimary(constructor, type))
        {
            if (!type.IsRecord)
            {
                // What methods of the type read of it, it keeps.
                foreach (IParameterSymbol parameter in constructor.Parameters)
                {
                    frame.This = frame.This.With(KeptParameter(parameter), frame.Get(parameter));
                }
            }

            Initialise(type, frame);
        }

        foreach (SyntaxReference declaration in constructor.DeclaringSyntaxReferences)
        {
            if (declaration.GetSyntax() is ConstructorDeclarationSyntax written && calls.Operation(written) is IConstructorBodyOperation body)
            {
                Initialise(type, frame);
                var reader = new BodyReader(calls, frame, constructor);
                reader.Chain(body.Initializer);
                reader.Read(body.BlockBody ?? body.ExpressionBody);
            }
            else if ((declaration.GetSyntax() as TypeDeclarationSyntax)?.BaseList?.Types.FirstOrDefault() is PrimaryConstructorBaseTypeSyntax chain)
            {
                new BodyReader(calls, frame, constructor).Chain(calls.Operation(chain));
            }
        }

        return frame.This;
    }

    /// <summary>The member by which an object keeps a parameter of its primary constructor.</summary>
    public static string KeptParameter(IParameterSymbol parameter) => $"<{parameter.Name}>";

    /// <summary>Whether the record's property is the parameter's own, and not one declared in its place.</summary>
    private static bool IsOfParameter(IPropertySymbol property) =>
        property.DeclaringSyntaxReferences.All(static declaration => declaration.GetSyntax() is ParameterSyntax);

    private static bool IsPrimary(IMethodSymbol constructor, INamedTypeSymbol type) =>
        constructor.IsImplicitlyDeclared || constructor.DeclaringSyntaxReferences.Any(static declaration => declaration.GetSyntax() is TypeDeclarationSyntax);

    /// <summary>What the members' own initialisers give them.</summary>
    private void Initialise(INamedTypeSymbol type, Frame frame)
    {
        foreach (ISymbol member in type.GetMembers())
        {
            if (member.IsStatic || member is not (IPropertySymbol or IFieldSymbol))
            {
                continue;
            }

            EqualsValueClauseSyntax? written = member.DeclaringSyntaxReferences.Select(static declaration => declaration.GetSyntax()).Select(static syntax => syntax switch
            {
                PropertyDeclarationSyntax property => property.Initializer,
                VariableDeclaratorSyntax field => field.Initializer,
                _ => null,
            }).FirstOrDefault(static initialiser => initialiser is not null);
            if (written is not null && calls.Operation(written) is ISymbolInitializerOperation initialiser)
            {
                frame.This = frame.This.With(member.Name, new BodyReader(calls, frame, null).Value(initialiser.Value));
            }
        }
    }
}
