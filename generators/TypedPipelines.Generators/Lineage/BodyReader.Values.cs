using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using TypedPipelines.Compilation.Model;
using TypedPipelines.Compilation.Parsing;

namespace TypedPipelines.Compilation.Lineage;

/// <summary>Follows expressions.</summary>
internal sealed partial class BodyReader
{
    private readonly Stack<Flow> _receivers = new();
    private readonly Stack<IOperation> _receiverOperations = new();

    /// <summary>What each call gave when it was followed last: a chain of calls that change what they are called on would follow each one twice for each that comes after it.</summary>
    private readonly Dictionary<IInvocationOperation, Flow> _given = new();

    /// <summary>Where the value of an expression comes from.</summary>
    public Flow Value(IOperation? operation)
    {
        // An expression of thousands of terms is as deep as it is long, and an overflow would take the compiler with it.
        RuntimeHelpers.EnsureSufficientExecutionStack();
        Flow value = Follow(operation);
        if (_tries > 0 && operation is IInvocationOperation or IObjectCreationOperation or IConversionOperation or IArrayElementReferenceOperation or IPropertyReferenceOperation or IBinaryOperation)
        {
            _tried = _tried.Join(value.As(OriginKind.Expression), sameValue: true);
        }

        return value;
    }

    private Flow Follow(IOperation? operation) => operation switch
    {
        null or IThrowOperation => Flow.Nothing,
        { ConstantValue: { HasValue: true, Value: null } } or IDefaultValueOperation { Type.IsReferenceType: true } => Flow.Null,
        IDefaultValueOperation { Type.OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } => Flow.Null,
        { ConstantValue.HasValue: true } or ILiteralOperation or IDefaultValueOperation or ITypeOfOperation or INameOfOperation => Flow.Nothing,
        ILocalReferenceOperation local => frame.PlacesOf(local.Local) is { IsEmpty: false } places ? places.Select(Value).Aggregate((all, one) => all.Join(one)) : frame.Get(local.Local),
        IParameterReferenceOperation { Parameter.ContainingSymbol: INamedTypeSymbol } => frame.This, // The receiver of an extension block.
        IParameterReferenceOperation parameter => IsKept(parameter.Parameter) ? frame.This.Member(Construction.KeptParameter(parameter.Parameter)) : frame.Get(parameter.Parameter),
        IInstanceReferenceOperation => frame.This,
        IConditionalAccessInstanceOperation => _receivers.Count > 0 ? _receivers.Peek() : Flow.Nothing,
        IParenthesizedOperation inner => Value(inner.Operand),
        IConversionOperation conversion => Convert(conversion),
        IAwaitOperation awaited => Value(awaited.Operation),
        ITranslatedQueryOperation query => Value(query.Operation),
        IArgumentOperation argument => Value(argument.Value),
        IPropertyReferenceOperation property => Property(property),
        IFieldReferenceOperation field => Field(field),
        IArrayElementReferenceOperation element => Sequences.Index(Value(element.ArrayReference), element.Indices.Select(Value)),
        IImplicitIndexerReferenceOperation element => Sequences.Index(Value(element.Instance), [Value(element.Argument)]),
        IInvocationOperation call => _given[call] = Invoke(call),
        IObjectCreationOperation creation => Create(creation),
        IWithOperation copy => Initialise(Value(copy.Operand), copy.Initializer),
        IAnonymousObjectCreationOperation creation => creation.Initializers.OfType<ISimpleAssignmentOperation>().Aggregate(
            Flow.Nothing, (made, member) => member.Target is IMemberReferenceOperation target ? Set(made, target.Member, Value(member.Value)) : made),
        ITupleOperation tuple => Flow.Tuple(tuple.Elements.Select(Value)),
        IArrayCreationOperation array => Flow.Sequence(array.Initializer is null ? Flow.Nothing : Flow.Any(array.Initializer.ElementValues.Select(Value))).As(calls.NewToken()),
        ICollectionExpressionOperation collection => Collection(collection).As(calls.NewToken()),
        IConditionalOperation choice => Choose(Value(choice.Condition), choice.WhenTrue, choice.WhenFalse),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr } both => Both(both),
        ISwitchExpressionOperation choice => Switch(choice),
        ICoalesceOperation either => Unwrapped(either.WhenNull) is IThrowOperation ? Value(either.Value) : Either(either),
        IConditionalAccessOperation access => Access(access),
        IIsPatternOperation pattern => Match(pattern.Pattern, Value(pattern.Value)),
        IAnonymousFunctionOperation function => Flow.Of(new Callable(function.Symbol, function.Body, frame, null)),
        IDelegateCreationOperation creation => Value(creation.Target),
        IMethodReferenceOperation method => Flow.Of(new Callable(
            method.Method, null, method.Method.MethodKind == MethodKind.LocalFunction ? frame : null, method.Instance is null ? null : Value(method.Instance))),
        ISimpleAssignmentOperation { IsRef: true, Target: ILocalReferenceOperation local } assignment => Refer(local.Local, assignment.Value),
        ISimpleAssignmentOperation assignment => Assign(assignment.Target, Value(assignment.Value)),
        IDeconstructionAssignmentOperation assignment => Deconstruct(assignment),
        ICoalesceAssignmentOperation assignment => Assign(assignment.Target, Value(assignment.Target).Join(Maybe(Value(assignment.Target), assignment.Value))),
        ICompoundAssignmentOperation assignment => Assign(assignment.Target, Together(_loops > 0 ? OriginKind.Aggregate : OriginKind.Expression, assignment.Target, assignment.Value)),
        IIncrementOrDecrementOperation counting => Count(counting),
        _ => Together(OriginKind.Expression, [.. operation.ChildOperations]),
    };

    private Flow Refer(ILocalSymbol variable, IOperation place)
    {
        frame.Refer(variable, place);
        return Value(place);
    }

    private Flow Together(OriginKind kind, params IOperation[] operations) => Flow.All(kind, operations.Select(Value));

    /// <summary>A count goes up with every round, and by every row that the round is made for.</summary>
    private Flow Count(IIncrementOrDecrementOperation counting)
    {
        Flow before = Value(counting.Target);
        Assign(counting.Target, before.As(OriginKind.Expression).WithConditions(_decides));
        return before;
    }

    private Flow Convert(IConversionOperation conversion)
    {
        Flow value = Value(conversion.Operand);
        return conversion.Type.IsSpan() && value.Element is not null ? value
            : conversion.OperatorMethod is { } converting ? Around(() => calls.Call(converting, Flow.Nothing, [value])) ?? calls.Unknown(converting, Flow.Nothing, [value])
            : conversion.Conversion.IsNumeric && !conversion.Conversion.IsImplicit ? value.As(OriginKind.Expression)
            : value;
    }

    private Flow Access(IConditionalAccessOperation access)
    {
        Flow receiver = Value(access.Operation);
        _receivers.Push(receiver);
        _receiverOperations.Push(access.Operation);
        Flow result = Maybe(receiver, access.WhenNotNull);
        _receiverOperations.Pop();
        _receivers.Pop();
        return result;
    }

    /// <summary>One of two values. What throws gives none, and stops the run.</summary>
    private Flow Choose(Flow decides, IOperation whenTrue, IOperation? whenFalse)
    {
        Flow[] values = [.. new[] { whenTrue, whenFalse }.OfType<IOperation>().Where(static value => Unwrapped(value) is not IThrowOperation).Select(value => Maybe(decides, value))];
        return values.Length switch
        {
            0 => Flow.Nothing,
            1 => values[0],
            _ => Flow.Choice(decides.Everything(), values),
        };
    }

    private Flow Both(IBinaryOperation both)
    {
        Flow first = Value(both.LeftOperand);
        return Flow.All(OriginKind.Expression, [first, Maybe(first, both.RightOperand)]);
    }

    private Flow Either(ICoalesceOperation either)
    {
        Flow value = Value(either.Value);
        return value.Join(Maybe(value, either.WhenNull));
    }

    /// <summary>The value of an expression that may not be asked for: what it does is done in some rows only.</summary>
    private Flow Maybe(Flow decides, IOperation? operation)
    {
        Flow result = Flow.Nothing;
        Deciding(decides, () =>
        {
            _branches++;
            result = Value(operation);
            _branches--;
        });
        return result;
    }

    private Flow Switch(ISwitchExpressionOperation choice)
    {
        Flow value = Value(choice.Value);
        Flow decides = value;
        List<Flow> values = [];
        foreach (ISwitchExpressionArmOperation arm in choice.Arms)
        {
            decides = decides.Join(Match(arm.Pattern, value), sameValue: true);
            if (arm.Guard is not null)
            {
                decides = decides.Join(Value(arm.Guard), sameValue: true);
            }

            if (Unwrapped(arm.Value) is not IThrowOperation)
            {
                values.Add(Maybe(decides, arm.Value));
            }
        }

        return values.Count switch
        {
            0 => Flow.Nothing,
            1 => values[0],
            _ => Flow.Choice(decides.Everything(), values),
        };
    }

    private static IOperation Unwrapped(IOperation operation) => operation is IConversionOperation { IsImplicit: true } conversion ? conversion.Operand : operation;

    private Flow Collection(ICollectionExpressionOperation collection)
    {
        Flow elements = Flow.Nothing;
        foreach (IOperation element in collection.Elements)
        {
            Flow value = element is ISpreadOperation spread ? Value(spread.Operand) : Flow.Sequence(Value(element));
            elements = elements.Join(Sequences.ElementOf(value), sameValue: true).WithConditions(value.Conditions);
        }

        return Flow.Sequence(elements);
    }

    /// <summary>Gives the variables of a pattern their values.</summary>
    /// <returns>What the match depends on.</returns>
    private Flow Match(IPatternOperation pattern, Flow value)
    {
        switch (pattern)
        {
            case IDeclarationPatternOperation declaration:
                if (declaration.DeclaredSymbol is { } declared)
                {
                    frame.Set(declared, value);
                }

                // A var matches whatever there is.
                return declaration.MatchesNull ? Flow.Nothing : value.As(OriginKind.Expression);
            case IRecursivePatternOperation shape:
                if (shape.DeclaredSymbol is { } whole)
                {
                    frame.Set(whole, value);
                }

                return Flow.All(
                    OriginKind.Expression,
                    [
                        .. shape.PropertySubpatterns.Select(part => part.Member is IMemberReferenceOperation member ? Match(part.Pattern, member.Member is IPropertySymbol property ? Property(property, value) : value.Member(member.Member.Name)) : Flow.Nothing),
                        .. shape.DeconstructionSubpatterns.Zip(Positional(shape, value), Match),
                        .. shape.PropertySubpatterns.IsEmpty && shape.DeconstructionSubpatterns.IsEmpty ? new[] { value } : [],
                    ]);
            case IListPatternOperation list:
                return Elements(list, value);
            case ISlicePatternOperation slice:
                return slice.Pattern is null ? Flow.Nothing : Match(slice.Pattern, value.Element is null ? value.As(OriginKind.Expression) : value);
            case INegatedPatternOperation not:
                return Match(not.Pattern, value);
            case IBinaryPatternOperation both:
                return Match(both.LeftPattern, value).Join(Match(both.RightPattern, value), sameValue: true);
            case IDiscardPatternOperation:
                return Flow.Nothing;
            default:
                return value.As(OriginKind.Expression);
        }
    }
}
