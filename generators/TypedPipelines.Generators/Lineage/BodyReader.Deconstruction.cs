using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Operations;
using TypedPipelines.Compilation.Model;

namespace TypedPipelines.Compilation.Lineage;

/// <summary>Follows values that are taken apart.</summary>
internal sealed partial class BodyReader
{
    private Flow Deconstruct(IDeconstructionAssignmentOperation assignment)
    {
        Flow value = Value(assignment.Value);
        Declare(assignment.Target, value, assignment.Value.Type, calls.Deconstruction(assignment.Syntax));
        return value;
    }

    /// <summary>Gives variables that a loop, a pattern or a deconstruction declares their values.</summary>
    private void Declare(IOperation target, Flow value, ITypeSymbol? type, DeconstructionInfo parts = default)
    {
        switch (target)
        {
            case IVariableDeclaratorOperation variable:
                frame.Set(variable.Symbol, value);
                break;
            case IDeclarationExpressionOperation declaration:
                Declare(declaration.Expression, value, type, parts);
                break;
            case ITupleOperation tuple:
                IReadOnlyList<Flow> taken = Parts(tuple.Elements.Length, value, type, parts.Method);
                for (int i = 0; i < tuple.Elements.Length; i++)
                {
                    Declare(tuple.Elements[i], taken[i], tuple.Elements[i].Type, !parts.Nested.IsDefault && i < parts.Nested.Length ? parts.Nested[i] : default);
                }

                break;
            case ILocalReferenceOperation { IsDeclaration: true } local:
                frame.Set(local.Local, value);
                break;
            case IDiscardOperation:
                break;
            default:
                Assign(target, value);
                break;
        }
    }

    /// <summary>What a deconstruction puts into its places: the elements of a tuple, or what a method gives.</summary>
    private IReadOnlyList<Flow> Parts(int places, Flow value, ITypeSymbol? type, IMethodSymbol? method)
    {
        if (value.IsPair)
        {
            return [.. Enumerable.Range(0, places).Select(place => value.Member(place == 0 ? "Key" : "Value"))];
        }

        method ??= type is null or { IsTupleType: true } || value.HasItem(0) ? null
            : type.GetMembers("Deconstruct").OfType<IMethodSymbol>().FirstOrDefault(candidate => candidate.Parameters.Length == places);
        return method is not null ? Parts(value, method)
            : type is null or { IsTupleType: true } || value.HasItem(0) ? [.. Enumerable.Range(0, places).Select(value.Item)]
            : [.. Enumerable.Repeat(value.As(OriginKind.Expression), places)];
    }

    private IReadOnlyList<Flow> Parts(Flow value, IMethodSymbol deconstruct)
    {
        IMethodSymbol method = deconstruct.ReducedFrom ?? deconstruct;
        int first = method.IsStatic ? 1 : 0;
        if (method.IsImplicitlyDeclared && method.ContainingType.IsRecord)
        {
            return [.. method.Parameters.Select(parameter => method.ContainingType.GetMembers(parameter.Name).OfType<IPropertySymbol>().FirstOrDefault() is { } property
                ? Property(property, value)
                : value.Member(parameter.Name))];
        }

        Flow[] arguments = [.. method.Parameters.Select((_, place) => place < first ? value : Flow.Nothing)];
        Frame? after = null;
        if (Around(() => calls.Call(method, first == 0 ? value : Flow.Nothing, arguments, out after)) is null || after is null)
        {
            Flow all = calls.Unknown(method, value, []);
            return [.. method.Parameters.Skip(first).Select(_ => all)];
        }

        return [.. calls.Parameters(method).Skip(first).Select(after.Get)];
    }

    private IReadOnlyList<Flow> Positional(IRecursivePatternOperation shape, Flow value) => shape.DeconstructSymbol is IMethodSymbol deconstruct
        ? Parts(value, deconstruct)
        : [.. shape.DeconstructionSubpatterns.Select((_, place) => value.Item(place))];
}
