using System;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using TypedPipelines.Compilation.Model;

namespace TypedPipelines.Compilation.Lineage;

/// <summary>Follows assignments: into variables, and into objects, whoever else holds them.</summary>
internal sealed partial class BodyReader
{
    /// <summary>Whether what is done now is done in every call.</summary>
    private bool IsSure => _branches == 0 && !_mayBeOver;

    /// <summary>What decides about what is done now, as far as others see it.</summary>
    private ImmutableHashSet<Origin> Deciding() => _decides.Union(_returned).Union(_absent).Union(_around.Decides);

    private Flow Assign(IOperation target, Flow value)
    {
        switch (target)
        {
            case ILocalReferenceOperation local when frame.PlacesOf(local.Local) is { IsEmpty: false } places:
                foreach (IOperation place in places)
                {
                    Assign(place, places.Length == 1 ? value : Value(place).Join(value));
                }

                break;
            case ILocalReferenceOperation local:
                Store(local.Local, value);
                break;
            case IInstanceReferenceOperation or IParameterReferenceOperation { Parameter.ContainingSymbol: INamedTypeSymbol }:
                frame.This = Kept(frame.This, value);
                break;
            case IParameterReferenceOperation { Parameter: var parameter } when IsKept(parameter):
                frame.This = frame.This.With(Construction.KeptParameter(parameter), Kept(frame.This.Member(Construction.KeptParameter(parameter)), value));
                break;
            case IParameterReferenceOperation parameter:
                Store(parameter.Parameter, value);
                break;
            case IMemberReferenceOperation { Instance: { } instance, Member: IPropertySymbol { IsIndexer: true } property } element:
                Flow[] at = [.. element.ChildOperations.Skip(1).Select(Value)];
                if (property.SetMethod is { } setter && calls.HasCode(setter))
                {
                    Update(instance, before => Called(before, setter, [.. at, value]));
                }
                else
                {
                    Flow key = Flow.All(OriginKind.Expression, at);
                    Add(instance, Sequences.HasEntries(property.ContainingType) ? Flow.Pair(key, value) : value, key);
                }

                break;
            case IArrayElementReferenceOperation element:
                Add(element.ArrayReference, value);
                break;
            case IImplicitIndexerReferenceOperation element:
                Add(element.Instance, value);
                break;
            case IMemberReferenceOperation { Instance: null } member:
                calls.SetStatic(member.Member, value.WithConditions(Deciding()));
                break;
            case IMemberReferenceOperation { Instance: { } instance } member:
                Update(instance, before => Set(before, member.Member, Kept(before.Member(NameOf(member.Member)), value)));
                break;
            case IDeclarationExpressionOperation or ITupleOperation or IDiscardOperation:
                Declare(target, value, target.Type);
                break;
            case IConversionOperation conversion:
                Assign(conversion.Operand, value);
                break;
            case IParenthesizedOperation inner:
                Assign(inner.Operand, value);
                break;
            case IConditionalOperation choice:
                Assign(choice.WhenTrue, value.Join(Value(choice.WhenTrue)));
                if (choice.WhenFalse is not null)
                {
                    Assign(choice.WhenFalse, value.Join(Value(choice.WhenFalse)));
                }

                break;
            case IInvocationOperation or IDynamicMemberReferenceOperation or IDynamicIndexerAccessOperation:
                // Whatever place that is, it is in what was given for it.
                calls.NotFollowed($"assigns to {target.Syntax}, of which nobody knows what it is");
                foreach (IOperation given in target.ChildOperations.SelectMany(static child => child is IArgumentOperation argument ? [argument.Value] : new[] { child }))
                {
                    Update(given, before => before.Tainted(value));
                }

                break;
            default:
                calls.NotFollowed($"assigns to {target.Syntax} in a way that is not followed");
                break;
        }

        return value;
    }

    /// <summary>The name by which a member is known: an item of a tuple has several, and what accessors call <c>field</c> is what the property holds.</summary>
    private static string NameOf(ISymbol member) => member is IFieldSymbol { CorrespondingTupleField: { } item } ? item.Name
        : member is IFieldSymbol { AssociatedSymbol: IPropertySymbol property } ? property.Name
        : member.Name;

    /// <summary>An object with another value in a member, as the member's own code puts it there.</summary>
    private Flow Set(Flow whole, ISymbol member, Flow value) => member is IPropertySymbol { SetMethod: { } setter } && calls.HasCode(setter)
        ? Called(whole, setter, [value])
        : whole.With(NameOf(member), value);

    private Flow Called(Flow whole, IMethodSymbol setter, Flow[] arguments)
    {
        // By itself: whoever else holds the object is told by whoever holds it here.
        Frame? after = null;
        Flow alone = whole.WithoutTokens();
        return Around(() => calls.Call(setter, alone, arguments, out after)) is not null && after is not null ? after.This.WithTokensOf(whole) : whole.Tainted(Flow.Any(arguments));
    }

    /// <summary>Whether a parameter is one of the primary constructor's, which an object keeps for its methods.</summary>
    private bool IsKept(IParameterSymbol parameter) => parameter.ContainingSymbol is IMethodSymbol { MethodKind: MethodKind.Constructor } && !frame.Has(parameter);

    private void Store(ISymbol variable, Flow value)
    {
        bool isSeenByCaller = variable is IParameterSymbol { RefKind: not RefKind.None };
        bool isOuter = method is not null && variable.ContainingSymbol is IMethodSymbol owner && !SymbolEqualityComparer.Default.Equals(owner.OriginalDefinition, method.OriginalDefinition)
            && !SymbolEqualityComparer.Default.Equals(owner, method);
        bool isSure = isOuter ? IsSure && !_around.Maybe : isSeenByCaller ? IsSure : _branches == 0;
        Flow assigned = value.WithConditions(isOuter ? Deciding() : isSeenByCaller ? _decides.Union(_returned).Union(_absent) : _decides);
        if (isSure)
        {
            frame.Set(variable, assigned);
        }
        else
        {
            frame.Merge(variable, assigned);
        }
    }

    /// <summary>What a member holds after an assignment that may not have been made.</summary>
    private Flow Kept(Flow before, Flow value)
    {
        Flow assigned = value.WithConditions(Deciding());
        return IsSure && !_around.Maybe ? assigned : before.Join(assigned);
    }

    /// <summary>Adds an element to a sequence; what decides about that decides which elements it has, as does the key by which another may go.</summary>
    private void Add(IOperation? holder, Flow element, Flow? key = null) =>
        Update(holder, before => before.Join(Flow.Sequence(element).WithConditions(Deciding()).WithConditions(key ?? Flow.Nothing), sameValue: true));

    /// <summary>Changes what an expression holds, wherever that is kept.</summary>
    private void Update(IOperation? holder, Func<Flow, Flow> change)
    {
        while (holder is IParenthesizedOperation or IConversionOperation { OperatorMethod: null })
        {
            holder = holder is IConversionOperation same ? same.Operand : ((IParenthesizedOperation)holder).Operand;
        }

        if (holder is null)
        {
            return;
        }

        Flow held = holder is IInvocationOperation made && _given.TryGetValue(made, out Flow? known) ? known : Value(holder);
        if (!held.Tokens.IsEmpty)
        {
            // Once: the change may be code that is followed.
            Flow changed = change(held);
            calls.Touch(held.Tokens, before => changed.WithConditions(before.Conditions));
            return;
        }

        switch (holder)
        {
            case ILocalReferenceOperation local when frame.PlacesOf(local.Local) is { IsEmpty: false } places:
                foreach (IOperation place in places)
                {
                    Update(place, places.Length == 1 ? change : before => before.Join(change(before)));
                }

                break;
            case ILocalReferenceOperation local:
                frame.Set(local.Local, Changed(holder, held, change));
                break;
            case IInstanceReferenceOperation or IParameterReferenceOperation { Parameter.ContainingSymbol: INamedTypeSymbol }:
                frame.This = change(frame.This);
                break;
            case IParameterReferenceOperation { Parameter: var parameter } when IsKept(parameter):
                frame.This = frame.This.With(Construction.KeptParameter(parameter), change(held));
                break;
            case IParameterReferenceOperation parameter:
                frame.Set(parameter.Parameter, Changed(holder, held, change));
                break;
            case IMemberReferenceOperation { Instance: null } member:
                calls.SetStatic(member.Member, change(held));
                break;
            case IMemberReferenceOperation { Instance: { } instance, Member: IPropertySymbol { IsIndexer: true } }:
                Update(instance, before => before.Join(Flow.Sequence(change(held)), sameValue: true));
                break;
            case IMemberReferenceOperation { Instance: { } instance } member:
                Update(instance, before => before.With(NameOf(member.Member), change(before.Member(NameOf(member.Member)))));
                break;
            case IArrayElementReferenceOperation element:
                Update(element.ArrayReference, before => before.Join(Flow.Sequence(change(held)), sameValue: true));
                break;
            case IImplicitIndexerReferenceOperation element:
                Update(element.Instance, before => before.Join(Flow.Sequence(change(held)), sameValue: true));
                break;
            case IConditionalAccessInstanceOperation when _receiverOperations.Count > 0:
                Update(_receiverOperations.Peek(), change);
                break;
            case IConversionOperation conversion:
                Update(conversion.Operand, change);
                break;
            case IParenthesizedOperation inner:
                Update(inner.Operand, change);
                break;
            case ISimpleAssignmentOperation assignment:
                Update(assignment.Target, change);
                break;
            case ICoalesceOperation either:
                Update(either.Value, before => before.Join(change(before)));
                Update(either.WhenNull, before => before.Join(change(before)));
                break;
            case IConditionalOperation choice:
                Update(choice.WhenTrue, before => before.Join(change(before)));
                Update(choice.WhenFalse, before => before.Join(change(before)));
                break;
            case IInvocationOperation { Instance: { } instance } call when SymbolEqualityComparer.Default.Equals(call.TargetMethod.ReturnType, call.TargetMethod.ContainingType):
                // A call that gives what it is called on, to be called again.
                Update(instance, change);
                break;
            case IObjectCreationOperation or IInvocationOperation { Type.IsValueType: true } or ILiteralOperation:
                break;
            default:
                calls.NotFollowed($"changes what {holder.Syntax} gives, of which nobody knows what it is");
                break;
        }
    }

    /// <summary>A part of a row, taken into a variable, is that row's still: what is done to it is done to the row.</summary>
    private Flow Changed(IOperation holder, Flow held, Func<Flow, Flow> change)
    {
        Flow changed = change(held);
        if (holder.Type is { IsReferenceType: true } && !held.Origins.IsEmpty)
        {
            calls.TaintWhole(held, changed);
        }

        return changed;
    }

    /// <summary>Follows a call that happens under what decides here.</summary>
    private T Around<T>(Func<T> call)
    {
        var before = calls.Around;
        calls.Around = (Deciding(), _around.Maybe || !IsSure);
        T result = call();
        calls.Around = before;
        return result;
    }
}
