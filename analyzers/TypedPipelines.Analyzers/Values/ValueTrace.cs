using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using TypedPipelines.Analyzers.Reruns;

namespace TypedPipelines.Analyzers.Values;

/// <summary>
/// Follows a value back to where it comes from, within one member: through locals, objects, collections, queries and the arithmetic of the
/// BCL. Where one of several ways leads to a value that does not change, as with a day that is taken from the command line or else is
/// today, there is nothing to say of it.
/// </summary>
/// <param name="operations">All operations of the member, in their order.</param>
internal sealed class ValueTrace(IReadOnlyList<IOperation> operations)
{
    private const int Deepest = 24;

    private readonly HashSet<ISymbol> _following = new(SymbolEqualityComparer.Default);
    private MemberFlow? _flow;

    public MemberFlow Flow => _flow ??= new MemberFlow(operations);

    public List<Leaf> Of(IOperation? value, int depth = 0)
    {
        var into = new List<Leaf>();
        if (value is not null && depth < Deepest && !value.ConstantValue.HasValue)
        {
            Follow(value, into, depth + 1);
        }

        return into;
    }

    private void Follow(IOperation value, List<Leaf> into, int depth)
    {
        if (ChangingValues.Find(value) is { } changing)
        {
            into.Add(new Leaf(null, changing));
            return;
        }

        switch (value)
        {
            case IConversionOperation conversion:
                into.AddRange(Of(conversion.Operand, depth));
                break;
            case IParenthesizedOperation parenthesized:
                into.AddRange(Of(parenthesized.Operand, depth));
                break;
            case IAwaitOperation awaited:
                into.AddRange(Of(awaited.Operation, depth));
                break;
            case ILocalReferenceOperation local:
                OfSymbol(local.Local, into, depth, () => OfLocal(local.Local, depth));
                break;
            case IParameterReferenceOperation parameter:
                OfSymbol(parameter.Parameter, into, depth, () => OfParameter(parameter.Parameter, depth));
                break;
            case IMemberReferenceOperation { Member: IPropertySymbol or IFieldSymbol } member:
                OfMember(member, into, depth);
                break;
            case IInvocationOperation call:
                into.AddRange(CallTrace.Of(call, this, depth));
                break;
            case IObjectCreationOperation or IAnonymousObjectCreationOperation or IWithOperation or IArrayCreationOperation or ICollectionExpressionOperation:
                into.AddRange(ObjectTrace.Of(value, this, depth));
                break;
            case IBinaryOperation binary:
                Values(into, depth, binary.LeftOperand, binary.RightOperand);
                break;
            case IUnaryOperation unary:
                into.AddRange(Of(unary.Operand, depth));
                break;
            case IInterpolatedStringOperation text:
                Values(into, depth, [.. text.Parts.OfType<IInterpolationOperation>().Select(static part => part.Expression)]);
                break;
            case IConditionalOperation { WhenFalse: { } otherwise } conditional:
                Either(into, depth, [conditional.WhenTrue, otherwise]);
                break;
            case ICoalesceOperation coalesce:
                Either(into, depth, [coalesce.Value, coalesce.WhenNull]);
                break;
            case ISwitchExpressionOperation choice:
                Either(into, depth, [.. choice.Arms.Select(static arm => arm.Value)]);
                break;
            case IArrayElementReferenceOperation element:
                into.AddRange(Of(element.ArrayReference, depth));
                break;
            case IConditionalAccessOperation access:
                into.AddRange(Of(access.WhenNotNull, depth));
                break;
            case IConditionalAccessInstanceOperation instance:
                into.AddRange(Of(AccessOf(instance)?.Operation, depth));
                break;
        }
    }

    private void OfSymbol(ISymbol symbol, List<Leaf> into, int depth, Func<List<Leaf>> values)
    {
        if (!_following.Add(symbol))
        {
            return; // count = count + 1
        }

        List<Leaf> found = values();
        foreach (IGrouping<string, IOperation> member in Flow.MembersOf(symbol).GroupBy(static set => set.Member, static set => set.Value, StringComparer.OrdinalIgnoreCase))
        {
            found.RemoveAll(leaf => string.Equals(leaf.Member, member.Key, StringComparison.OrdinalIgnoreCase));
            var given = new List<Leaf>();
            Either(given, depth, [.. member]);
            found.AddRange(given.Where(static leaf => leaf.Member is null).Select(leaf => new Leaf(member.Key, leaf.Origin)));
        }

        foreach (IOperation element in Flow.ElementsOf(symbol))
        {
            found.AddRange(Of(element, depth));
        }

        into.AddRange(found);
        _following.Remove(symbol);
    }

    private List<Leaf> OfLocal(ILocalSymbol local, int depth)
    {
        var found = new List<Leaf>();
        if (Flow.CollectionOf(local) is { } collection)
        {
            return Of(collection, depth);
        }

        Either(found, depth, Flow.ValuesOf(local));
        return found;
    }

    private List<Leaf> OfParameter(IParameterSymbol parameter, int depth) =>
        Flow.CollectionOf(parameter) is { } collection ? Of(collection, depth)
        : parameter.ContainingSymbol is IMethodSymbol { MethodKind: not MethodKind.AnonymousFunction } method ? [new Leaf(null, new GivenValue(method.OriginalDefinition, parameter.Ordinal, null))]
        : [];

    private void OfMember(IMemberReferenceOperation member, List<Leaf> into, int depth)
    {
        if (member.Instance is null or IInstanceReferenceOperation)
        {
            if (member.Member.DeclaringSyntaxReferences.Length > 0)
            {
                into.Add(new Leaf(null, new CalledValue(member.Member.OriginalDefinition, null, [], member.Syntax.GetLocation())));
            }
        }
        else if (CallTrace.IsOfValues(member.Member.ContainingType))
        {
            into.AddRange(Of(member.Instance, depth).Where(static leaf => leaf.Member is null)); // now.Date
        }
        else if (member.Member is IPropertySymbol { IsIndexer: false } or IFieldSymbol)
        {
            Leaf.Select(Of(member.Instance, depth), member.Member.Name, into);
            if (member.Member is IPropertySymbol { SetMethod: null } && member.Member.DeclaringSyntaxReferences.Length > 0)
            {
                into.Add(new Leaf(null, new CalledValue(member.Member.OriginalDefinition, null, [], member.Syntax.GetLocation()))); // _clock.Now
            }
        }
    }

    /// <summary>The origins of plain values together: each of them changes what comes out.</summary>
    public void Values(List<Leaf> into, int depth, params IOperation[] values)
    {
        foreach (IOperation value in values)
        {
            into.AddRange(Of(value, depth).Where(static leaf => leaf.Member is null));
        }
    }

    /// <summary>The origins of a value that is one of several: none, unless each of them changes.</summary>
    public void Either(List<Leaf> into, int depth, IReadOnlyList<IOperation> values)
    {
        IOperation[] some = values.Count > 1 ? [.. values.Where(static value => !MemberFlow.IsNothing(value))] : [.. values];
        var all = new List<Leaf>();
        foreach (IOperation value in some)
        {
            List<Leaf> leaves = Of(value, depth);
            if (some.Length > 1 && !leaves.Exists(static leaf => leaf.Origin is ChangingValue))
            {
                return;
            }

            all.AddRange(leaves);
        }

        into.AddRange(all);
    }

    private static IConditionalAccessOperation? AccessOf(IOperation instance)
    {
        for (IOperation? at = instance; at?.Parent is { } parent; at = parent)
        {
            if (parent is IConditionalAccessOperation access && access.WhenNotNull == at)
            {
                return access;
            }
        }

        return null;
    }
}
