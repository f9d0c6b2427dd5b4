using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using TypedPipelines.Compilation.Parsing;

namespace TypedPipelines.Compilation.Lineage;

/// <summary>Follows calls of methods.</summary>
internal sealed partial class BodyReader
{
    private Flow Invoke(IInvocationOperation call)
    {
        IMethodSymbol method = call.TargetMethod;
        Flow receiver = Value(call.Instance);
        Flow[] arguments = Arguments(call.Arguments);
        if (method.MethodKind == MethodKind.DelegateInvoke)
        {
            return receiver.Code is { } code ? calls.Call(code, arguments) : Flow.All(OriginKind.Expression, arguments.Prepend(receiver));
        }

        if (method.MethodKind == MethodKind.LocalFunction)
        {
            return calls.Call(new Callable(method, null, frame, null), arguments);
        }

        if (PassesThrough(method))
        {
            return call.Instance is null ? arguments[0] : receiver;
        }

        if (Sequences.Call(method, arguments, calls) is { } sequence)
        {
            return sequence;
        }

        if (!Rows.IsFromFramework(method.ContainingType) && !method.ContainingType.IsRuntime("RowLookup") && calls.Call(method, receiver, arguments) is { } followed)
        {
            return followed;
        }

        return Foreign(call, receiver, arguments);
    }

    /// <summary>Whether a method gives what it gets.</summary>
    private static bool PassesThrough(IMethodSymbol method) => method.Name switch
    {
        "FromResult" or "ConfigureAwait" or "AsTask" => method.ContainingType.ContainingNamespace.ToDisplayString() == "System.Threading.Tasks",
        "WithCancellation" => method.IsExtensionMethod,
        "GetValueOrDefault" => method.ContainingType.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T && method.Parameters.IsEmpty,
        _ => false,
    };

    /// <summary>
    /// A method whose code is not here. What it is given may be kept by what it is called on, as a list keeps an element; what it finds in a
    /// collection is decided by what it is asked for.
    /// </summary>
    private Flow Foreign(IInvocationOperation call, Flow receiver, Flow[] arguments)
    {
        IMethodSymbol method = call.TargetMethod;
        if (method.ContainingType.Is("System.Collections.Generic", "CollectionExtensions"))
        {
            (receiver, arguments) = (arguments[0], [.. arguments.Skip(1)]);
        }

        Flow given = Flow.All(OriginKind.Expression, arguments);
        Flow found = receiver.Element is { } element
            ? Sequences.Entry(element).WithConditions(given)
            : Flow.All(OriginKind.Expression, arguments.Prepend(receiver));
        foreach (IArgumentOperation argument in call.Arguments)
        {
            if (argument.Parameter is { RefKind: RefKind.Out or RefKind.Ref })
            {
                Declare(argument.Value, found, argument.Value.Type);
            }
        }

        foreach (Flow argument in arguments)
        {
            if (argument.Code is { } code)
            {
                given = given.Join(calls.Call(code, [.. code.Method.Parameters.Select(_ => found)]), sameValue: true).As(OriginKind.Expression);
            }
        }

        if (method.ContainingType.IsRuntime("RowLookup") || method.ContainingType.Is("System.Collections.Generic", "CollectionExtensions"))
        {
            return method.ReturnType.SpecialType == SpecialType.System_Boolean ? found.As(OriginKind.Expression) : found;
        }

        if (call.Instance is null)
        {
            return calls.Unknown(method, receiver, [.. arguments, given]);
        }

        if (Sequences.IsSequence(method.ContainingType))
        {
            if (Sequences.Keeps(method, arguments) is { } kept)
            {
                Add(call.Instance, kept);
            }

            return Sequences.IsSequence(method.ReturnType) ? receiver : found;
        }

        if (arguments.Length > 0 && method.ReturnType.SpecialType == SpecialType.System_Void)
        {
            Assign(call.Instance, receiver.Join(given, sameValue: true).As(OriginKind.Expression));
        }

        return calls.Unknown(method, receiver, [.. arguments, given]);
    }
}
