using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using TypedPipelines.Compilation.Parsing;

namespace TypedPipelines.Compilation.Lineage;

/// <summary>Follows members: read, assigned, called and made.</summary>
internal sealed partial class BodyReader
{
    /// <summary>The constructor that another one calls first: what it sets is this object's.</summary>
    public void Chain(IOperation? chained)
    {
        IInvocationOperation? call = chained as IInvocationOperation ?? (chained as IExpressionStatementOperation)?.Operation as IInvocationOperation;
        if (call is not null && calls.Construct(call.TargetMethod, Arguments(call.Arguments)) is { } made)
        {
            frame.This = made.Join(frame.This, sameValue: true);
        }
    }

    private Flow Property(IPropertyReferenceOperation property)
    {
        if (property.Instance is null)
        {
            return calls.Call(property.Property.GetMethod ?? property.Property.SetMethod!, Flow.Nothing, []) ?? Flow.Nothing;
        }

        Flow value = Value(property.Instance);
        return property.Arguments.IsEmpty ? Property(property.Property, value) : Sequences.Index(value, Arguments(property.Arguments));
    }

    private Flow Property(IPropertySymbol property, Flow value)
    {
        if (value.Members.ContainsKey(property.Name))
        {
            return value.Member(property.Name);
        }

        INamedTypeSymbol type = property.ContainingType;
        if (type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T)
        {
            return property.Name == "Value" ? value : value.As(OriginKind.Expression);
        }

        if (value.Element is not null)
        {
            return Sequences.Property(property.Name, value);
        }

        return Rows.IsFromFramework(type) ? value.As(OriginKind.Expression)
            : property.GetMethod is { } getter && calls.Call(getter, value, []) is { } computed ? computed
            : value.Member(property.Name);
    }

    private Flow Field(IFieldReferenceOperation field) => field.Instance is null ? Flow.Nothing
        : field.Field.ContainingType.IsTupleType ? Value(field.Instance).Member((field.Field.CorrespondingTupleField ?? field.Field).Name)
        : Rows.IsFromFramework(field.Field.ContainingType) ? Value(field.Instance).As(OriginKind.Expression)
        : Value(field.Instance).Member(field.Field.Name);

    private Flow Create(IObjectCreationOperation creation)
    {
        Flow[] arguments = Arguments(creation.Arguments);
        if (creation.Constructor is not { } constructor)
        {
            return Flow.All(OriginKind.Expression, arguments);
        }

        INamedTypeSymbol type = constructor.ContainingType;
        return calls.Construct(constructor, arguments) is { } made ? made
            : type.Is("System", "Nullable") || type.Is("System.Threading.Tasks", "ValueTask") ? Flow.Any(arguments)
            : type.IsTupleType ? Flow.Tuple(arguments)
            : type.Is("System.Collections.Generic", "KeyValuePair") && arguments.Length == 2 ? Flow.Pair(arguments[0], arguments[1])
            : Sequences.IsSequence(type) ? arguments.FirstOrDefault(static argument => argument.Element is not null) ?? Flow.Sequence(Flow.Nothing)
            : Rows.IsFromFramework(type) ? Flow.All(OriginKind.Expression, arguments)
            : Flow.Object(constructor.Parameters.Select(parameter => new KeyValuePair<string, Flow>(
                Rows.MembersOf(type).FirstOrDefault(member => string.Equals(member.Name, parameter.Name, System.StringComparison.OrdinalIgnoreCase))?.Name ?? parameter.Name, arguments.ElementAtOrDefault(parameter.Ordinal) ?? Flow.Nothing)));
    }

    /// <summary>What an initialiser adds to an object.</summary>
    private Flow Initialise(Flow made, IObjectOrCollectionInitializerOperation? initialiser)
    {
        foreach (IOperation item in initialiser?.Initializers ?? [])
        {
            made = item switch
            {
                ISimpleAssignmentOperation { Target: IMemberReferenceOperation { Member: IPropertySymbol { IsIndexer: true } } target } assignment =>
                    made.Join(Flow.Sequence(Flow.Pair(Flow.All(OriginKind.Expression, target.ChildOperations.Skip(1).Select(Value)), Value(assignment.Value))), sameValue: true),
                ISimpleAssignmentOperation { Target: IMemberReferenceOperation target } assignment => made.With(target.Member.Name, Value(assignment.Value)),
                IMemberInitializerOperation { InitializedMember: IMemberReferenceOperation target } member =>
                    made.With(target.Member.Name, Initialise(made.Member(target.Member.Name), member.Initializer)),
                IInvocationOperation { Arguments.Length: 1 } added => made.Join(Flow.Sequence(Value(added.Arguments[0].Value)), sameValue: true),
                IInvocationOperation { Arguments.Length: 2 } added =>
                    made.Join(Flow.Sequence(Flow.Pair(Value(added.Arguments[0].Value), Value(added.Arguments[1].Value))), sameValue: true),
                _ => made.Join(Value(item).As(OriginKind.Expression), sameValue: true),
            };
        }

        return made;
    }

    private Flow Assign(IOperation target, Flow value)
    {
        Flow assigned = value.WithConditions(_decides);
        switch (target)
        {
            case ILocalReferenceOperation local:
                Store(local.Local, assigned);
                break;
            case IParameterReferenceOperation parameter:
                Store(parameter.Parameter, assigned);
                break;
            case IMemberReferenceOperation { Instance: { } instance, Member: IPropertySymbol { IsIndexer: true } } element:
                Add(instance, Flow.Pair(Flow.All(OriginKind.Expression, element.ChildOperations.Skip(1).Select(Value)), assigned));
                break;
            case IArrayElementReferenceOperation element:
                Add(element.ArrayReference, assigned);
                break;
            case IMemberReferenceOperation { Instance: IInstanceReferenceOperation } member:
                frame.This = frame.This.With(member.Member.Name, Kept(frame.This.Member(member.Member.Name), assigned));
                break;
            case IMemberReferenceOperation { Instance: ILocalReferenceOperation { Local: var local } } member:
                frame.Set(local, frame.Get(local).With(member.Member.Name, Kept(frame.Get(local).Member(member.Member.Name), assigned)));
                break;
            case IMemberReferenceOperation { Instance: IParameterReferenceOperation { Parameter: var parameter } } member:
                frame.Set(parameter, frame.Get(parameter).With(member.Member.Name, Kept(frame.Get(parameter).Member(member.Member.Name), assigned)));
                break;
        }

        return value;
    }

    private Flow Kept(Flow before, Flow assigned) => _branches == 0 ? assigned : before.Join(assigned);

    private void Store(ISymbol variable, Flow value)
    {
        if (_branches == 0)
        {
            frame.Set(variable, value);
        }
        else
        {
            frame.Merge(variable, value);
        }
    }

    private Flow Deconstruct(IDeconstructionAssignmentOperation assignment)
    {
        Flow value = Value(assignment.Value);
        Declare(assignment.Target, value, assignment.Value.Type);
        return value;
    }

    /// <summary>Adds an element to the sequence that a variable or member holds.</summary>
    private void Add(IOperation? holder, Flow element)
    {
        Flow added = Flow.Sequence(element.WithConditions(_decides));
        switch (holder)
        {
            case ILocalReferenceOperation local:
                frame.Add(local.Local, added);
                break;
            case IParameterReferenceOperation parameter:
                frame.Add(parameter.Parameter, added);
                break;
            case IMemberReferenceOperation { Instance: IInstanceReferenceOperation } member:
                frame.This = frame.This.With(member.Member.Name, frame.This.Member(member.Member.Name).Join(added, sameValue: true));
                break;
        }
    }

    private Flow[] Arguments(IEnumerable<IArgumentOperation> arguments) =>
        [.. arguments.OrderBy(static argument => argument.Parameter?.Ordinal ?? 0).Select(argument => Value(argument.Value))];
}
