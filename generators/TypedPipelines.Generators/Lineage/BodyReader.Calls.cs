using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using TypedPipelines.Compilation.Model;
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
        receiver = Again(call.Instance, receiver);
        if (method.MethodKind == MethodKind.DelegateInvoke)
        {
            if (receiver.Code is not { } code)
            {
                return Lost(call, receiver, arguments);
            }

            Flow given = Around(() => calls.Call(code, arguments)).WithConditions(receiver.Conditions);
            GiveBack(call, code.Method, code.Or is null ? code.Frame : null, Flow.All(OriginKind.Expression, arguments.Append(given)));
            return given;
        }

        if (method.MethodKind == MethodKind.LocalFunction)
        {
            Flow given = Around(() => calls.Call(new Callable(method, null, frame, null), arguments, maybe: false));
            GiveBack(call, method, frame, Flow.All(OriginKind.Expression, arguments));
            return given;
        }

        if (PassesThrough(method, receiver, arguments))
        {
            return call.Instance is null ? arguments[0] : receiver;
        }

        if (Around(() => Sequences.Call(method, arguments, calls)) is { } sequence)
        {
            return sequence;
        }

        Frame? after = null;
        bool isOverridden = call.IsVirtual && calls.IsOverridden(method);
        if (!isOverridden && !Rows.IsFromFramework(method.ContainingType) && !method.ContainingType.IsRuntime("RowLookup") && Around(() => calls.Call(method, receiver, arguments, out after)) is { } followed)
        {
            GiveBack(call, method, after, followed.Join(Flow.All(OriginKind.Expression, arguments.Prepend(receiver)), sameValue: true));
            if (after is not null && call.Instance is not null && receiver.Tokens.IsEmpty && !ReferenceEquals(after.This, receiver))
            {
                Update(call.Instance, before => Kept(before, after.This));
            }

            return followed;
        }

        return Foreign(call, receiver, arguments);
    }

    /// <summary>Puts what a call leaves in its parameters into the places that were given for them.</summary>
    private void GiveBack(IInvocationOperation call, IMethodSymbol method, Frame? after, Flow unknown)
    {
        foreach (IArgumentOperation argument in call.Arguments)
        {
            if (argument.Parameter is { RefKind: RefKind.Out or RefKind.Ref } parameter)
            {
                IReadOnlyList<IParameterSymbol> own = calls.Parameters(method);
                int place = parameter.Ordinal - (method.Parameters.Length - own.Count);
                Declare(argument.Value, after is null ? unknown.As(OriginKind.Expression) : place < 0 ? after.This : after.Get(own[place]), argument.Value.Type);
            }
        }
    }

    /// <summary>A call of a delegate that came from elsewhere.</summary>
    private Flow Lost(IInvocationOperation call, Flow receiver, Flow[] arguments)
    {
        Flow all = Flow.All(OriginKind.Expression, arguments.Prepend(receiver));
        calls.Taint(call.TargetMethod, receiver, arguments);
        GiveBack(call, call.TargetMethod, null, all);
        return all;
    }

    /// <summary>Whether a method gives what it gets.</summary>
    private static bool PassesThrough(IMethodSymbol method, Flow receiver, Flow[] arguments) => method.Name switch
    {
        "FromResult" or "ConfigureAwait" or "AsTask" => method.ContainingType.ContainingNamespace.ToDisplayString() == "System.Threading.Tasks",
        "WithCancellation" => method.IsExtensionMethod,
        "AsSpan" or "AsMemory" => arguments.Length > 0 && arguments[0].Element is not null,
        "Slice" => receiver.Element is not null,
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
            ? Sequences.Entry(element).WithConditions(receiver.Conditions).WithConditions(given)
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
                given = given.Join(Around(() => calls.Call(code, [.. code.Method.Parameters.Select(_ => found)])), sameValue: true).As(OriginKind.Expression);
            }
        }

        if (Elements(call, receiver, arguments, given, found) is { } asked)
        {
            return asked;
        }

        if (method.ContainingType.IsRuntime("RowLookup") || method.ContainingType.Is("System.Collections.Generic", "CollectionExtensions"))
        {
            return method.ReturnType.SpecialType == SpecialType.System_Boolean ? found.As(OriginKind.Expression) : found;
        }

        if (call.Instance is null)
        {
            if (method.ReturnsVoid && Rows.IsFromFramework(method.ContainingType))
            {
                // Such as Array.Copy: what is given with an array may come to be in it.
                foreach (IArgumentOperation argument in call.Arguments.Where(static argument => argument.Value.Type is { } type && Sequences.IsSequence(type)))
                {
                    Update(argument.Value, before => before.Tainted(given));
                }
            }

            return calls.Unknown(method, receiver, [.. arguments, given]);
        }

        if (Sequences.IsSequence(method.ContainingType))
        {
            if (Sequences.Keeps(method, arguments) is { } kept)
            {
                Add(call.Instance, kept, Sequences.KeyOf(method, arguments));
            }
            else if (Sequences.Changes(method) && arguments.Length > 0)
            {
                Update(call.Instance, before => before.Tainted(given));
            }

            return Sequences.IsSequence(method.ReturnType) ? receiver : found;
        }

        bool isFluent = SymbolEqualityComparer.Default.Equals(method.ReturnType, method.ContainingType) && method.ContainingType is { IsReferenceType: true, SpecialType: SpecialType.None };
        if (arguments.Length > 0 && (method.ReturnsVoid || isFluent))
        {
            Update(call.Instance, before => before.Tainted(given.WithConditions(Deciding())));
        }

        return calls.Unknown(method, receiver, [.. arguments, given]);
    }
}
