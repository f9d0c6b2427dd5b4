using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace TypedPipelines.Compilation.Lineage;

/// <summary>Follows expressions.</summary>
internal sealed partial class BodyReader
{
    private readonly Stack<Flow> _receivers = new();

    /// <summary>Where the value of an expression comes from.</summary>
    public Flow Value(IOperation? operation)
    {
        // An expression of thousands of terms is as deep as it is long, and an overflow would take the compiler with it.
        RuntimeHelpers.EnsureSufficientExecutionStack();
        return Follow(operation);
    }

    private Flow Follow(IOperation? operation) => operation switch
    {
        null or IThrowOperation => Flow.Nothing,
        { ConstantValue: { HasValue: true, Value: null } } or IDefaultValueOperation { Type.IsReferenceType: true } => Flow.Null,
        IDefaultValueOperation { Type.OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } => Flow.Null,
        { ConstantValue.HasValue: true } or ILiteralOperation or IDefaultValueOperation or ITypeOfOperation or INameOfOperation => Flow.Nothing,
        ILocalReferenceOperation local => frame.Get(local.Local),
        IParameterReferenceOperation parameter => frame.Get(parameter.Parameter),
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
        IInvocationOperation call => Invoke(call),
        IObjectCreationOperation creation => Initialise(Create(creation), creation.Initializer),
        IWithOperation copy => Initialise(Value(copy.Operand), copy.Initializer),
        IAnonymousObjectCreationOperation creation => creation.Initializers.OfType<ISimpleAssignmentOperation>().Aggregate(
            Flow.Nothing, (made, member) => member.Target is IPropertyReferenceOperation property ? made.With(property.Property.Name, Value(member.Value)) : made),
        ITupleOperation tuple => Flow.Tuple(tuple.Elements.Select(Value)),
        IArrayCreationOperation array => Flow.Sequence(array.Initializer is null ? Flow.Nothing : Flow.Any(array.Initializer.ElementValues.Select(Value))),
        ICollectionExpressionOperation collection => Collection(collection),
        IConditionalOperation choice => Choose(Value(choice.Condition), [Value(choice.WhenTrue), Value(choice.WhenFalse)]),
        ISwitchExpressionOperation choice => Switch(choice),
        ICoalesceOperation either => Value(either.Value).Join(Value(either.WhenNull)),
        IConditionalAccessOperation access => Access(access),
        IIsPatternOperation pattern => Match(pattern.Pattern, Value(pattern.Value)),
        IAnonymousFunctionOperation function => Flow.Of(new Callable(function.Symbol, function.Body, frame, null)),
        IDelegateCreationOperation creation => Value(creation.Target),
        IMethodReferenceOperation method => Flow.Of(new Callable(
            method.Method, null, method.Method.MethodKind == MethodKind.LocalFunction ? frame : null, method.Instance is null ? null : Value(method.Instance))),
        ISimpleAssignmentOperation assignment => Assign(assignment.Target, Value(assignment.Value)),
        IDeconstructionAssignmentOperation assignment => Deconstruct(assignment),
        ICoalesceAssignmentOperation assignment => Assign(assignment.Target, Value(assignment.Target).Join(Value(assignment.Value))),
        ICompoundAssignmentOperation assignment => Assign(assignment.Target, Together(_loops > 0 ? OriginKind.Aggregate : OriginKind.Expression, assignment.Target, assignment.Value)),
        IIncrementOrDecrementOperation counting => Count(counting),
        _ => Together(OriginKind.Expression, [.. operation.ChildOperations]),
    };

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
        return conversion.OperatorMethod is { } method ? calls.Call(method, Flow.Nothing, [value]) ?? calls.Unknown(method, Flow.Nothing, [value])
            : conversion.Conversion.IsNumeric && !conversion.Conversion.IsImplicit ? value.As(OriginKind.Expression)
            : value;
    }

    private Flow Access(IConditionalAccessOperation access)
    {
        _receivers.Push(Value(access.Operation));
        Flow result = Value(access.WhenNotNull);
        _receivers.Pop();
        return result;
    }

    private static Flow Choose(Flow decides, IReadOnlyList<Flow> values) => values.Aggregate((all, value) => all.Join(value)).WithConditions(decides);

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
                values.Add(Value(arm.Value));
            }
        }

        return values.Count == 0 ? Flow.Nothing : Choose(decides, values);
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
                        .. shape.PropertySubpatterns.Select(part => part.Member is IMemberReferenceOperation member ? Match(part.Pattern, value.Member(member.Member.Name)) : Flow.Nothing),
                        .. shape.DeconstructionSubpatterns.Select((part, place) => Match(part, Positional(shape, value, place))),
                        .. shape.PropertySubpatterns.IsEmpty && shape.DeconstructionSubpatterns.IsEmpty ? new[] { value } : [],
                    ]);
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

    private static Flow Positional(IRecursivePatternOperation shape, Flow value, int place) => shape.DeconstructSymbol is IMethodSymbol deconstruct && place < deconstruct.Parameters.Length
        ? value.Member(deconstruct.Parameters[place].Name)
        : value.Item(place);
}
