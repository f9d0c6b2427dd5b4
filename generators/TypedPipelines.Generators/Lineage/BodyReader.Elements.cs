using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using TypedPipelines.Compilation.Model;
using TypedPipelines.Compilation.Parsing;

namespace TypedPipelines.Compilation.Lineage;

/// <summary>Follows methods of lists and arrays that go through their elements, as operators of LINQ do, or that put them elsewhere.</summary>
internal sealed partial class BodyReader
{
    /// <summary>Gives the variables of a pattern of elements their values.</summary>
    /// <returns>What the match depends on: how many elements there are, and what is asked of them.</returns>
    private Flow Elements(IListPatternOperation list, Flow value)
    {
        if (list.DeclaredSymbol is { } whole)
        {
            frame.Set(whole, value);
        }

        Flow element = Sequences.Index(value, []);
        Flow count = value.Element is null ? value.As(OriginKind.Expression) : Sequences.CountOf(value);
        return Flow.All(OriginKind.Expression, [count, .. list.Patterns.Select(pattern => Match(pattern, pattern is ISlicePatternOperation ? value : element))]);
    }

    /// <param name="call">The call, of code that is not here.</param>
    /// <param name="receiver">What it is called on.</param>
    /// <param name="arguments">What it is given.</param>
    /// <param name="given">All of that, with what its functions make of an element.</param>
    /// <param name="found">An element.</param>
    /// <returns>What it gives; null where it is no such method.</returns>
    private Flow? Elements(IInvocationOperation call, Flow receiver, Flow[] arguments, Flow given, Flow found)
    {
        bool isOfArray = call.Instance is null && call.TargetMethod.ContainingType.SpecialType == SpecialType.System_Array && arguments.Length > 0;
        IOperation? holder = isOfArray ? call.Arguments[0].Value : call.Instance;
        if (isOfArray)
        {
            receiver = arguments[0];
            arguments = [.. arguments.Skip(1)];
            found = Sequences.Entry(Sequences.ElementOf(receiver)).WithConditions(receiver.Conditions);
            given = Flow.Any(arguments.Select(argument => argument.Code is { } code ? Around(() => calls.Call(code, [.. code.Method.Parameters.Select(_ => found)])) : argument)).As(OriginKind.Expression);
        }

        if (holder is null || !(isOfArray || Sequences.IsSequence(call.TargetMethod.ContainingType) || call.TargetMethod.ContainingType.IsSpan()))
        {
            return null;
        }

        bool asks = arguments.Any(static argument => argument.Code is not null);
        switch (call.TargetMethod.Name)
        {
            case "FindAll" when asks:
                return receiver.WithoutTokens().WithConditions(given);
            case "Find" or "FindLast" when asks:
                return found.WithConditions(given).OrNull();
            case "Exists" or "TrueForAll" or "FindIndex" or "FindLastIndex" when asks:
                return given.As(OriginKind.Aggregate).WithConditions(receiver.Conditions);
            case "ConvertAll" when asks:
                return Flow.Sequence(calls.Call(arguments.First(static argument => argument.Code is not null).Code!, [found]), receiver.Conditions);
            case "RemoveAll" or "RemoveWhere" or "Remove" or "RemoveAt" or "RemoveRange" or "ExceptWith" or "IntersectWith":
                Update(holder, before => before.WithConditions(given).WithConditions(Deciding()));
                return call.TargetMethod.Name == "Remove" ? null : Sequences.CountOf(receiver).WithConditions(given);
            case "Sort":
                Update(holder, before => Sequences.Ordered(before, asks ? given : Flow.Any([given, Sequences.ElementOf(before)])));
                return Flow.Nothing;
            case "CopyTo" or "TryCopyTo" when call.Arguments.Length > 0:
                Add(call.Arguments[isOfArray ? 1 : 0].Value, Sequences.ElementOf(receiver).WithConditions(receiver.Conditions));
                return Flow.Nothing;
            case "ToArray":
                return receiver.WithoutTokens();
            default:
                return null;
        }
    }
}
