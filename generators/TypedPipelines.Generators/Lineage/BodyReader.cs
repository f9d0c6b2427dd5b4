using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace TypedPipelines.Compilation.Lineage;

/// <summary>
/// Follows the statements of one call. Both branches are followed, a loop's body twice, so that what one round leaves in a variable reaches the
/// next. What decides about a branch decides about all that happens in it, and about what comes after it where it may leave.
/// </summary>
internal sealed partial class BodyReader(Calls calls, Frame frame)
{
    private ImmutableHashSet<Origin> _decides = [];
    private ImmutableHashSet<Origin> _left = [];
    private int _branches;
    private int _loops;
    private Flow? _result;
    private Flow? _element;

    /// <summary>What the call returns.</summary>
    public Flow Result => (_element is null ? _result ?? Flow.Nothing : Flow.Sequence(_element)).WithConditions(_left);

    public void Read(IOperation? operation)
    {
        switch (operation)
        {
            case null or ILocalFunctionOperation:
                break;
            case IMethodBodyBaseOperation body:
                Read(body.BlockBody ?? body.ExpressionBody);
                break;
            case IReturnOperation { Kind: OperationKind.YieldReturn, ReturnedValue: { } value }:
                Flow element = Value(value);
                _element = _element?.Join(element) ?? element;
                _left = _left.Union(_decides);
                break;
            case IReturnOperation returned:
                Return(returned.ReturnedValue);
                break;
            case IBranchOperation:
                _left = _left.Union(_decides);
                break;
            case IConditionalOperation { Type: null } choice:
                Branch(Value(choice.Condition), choice.WhenTrue, choice.WhenFalse);
                break;
            case ISwitchOperation choice:
                Switch(choice);
                break;
            case IForEachLoopOperation loop:
                ForEach(loop);
                break;
            case IForLoopOperation loop:
                All(loop.Before);
                Loop(loop.Condition is null ? Flow.Nothing : Value(loop.Condition), () =>
                {
                    Read(loop.Body);
                    All(loop.AtLoopBottom);
                });
                break;
            case IWhileLoopOperation loop:
                Loop(loop.Condition is null ? Flow.Nothing : Value(loop.Condition), () => Read(loop.Body));
                break;
            case IVariableDeclaratorOperation variable:
                if (variable.GetVariableInitializer() is { } initialiser)
                {
                    frame.Set(variable.Symbol, Value(initialiser.Value));
                }

                break;
            case IBlockOperation or IExpressionStatementOperation or IVariableDeclarationGroupOperation or IVariableDeclarationOperation or ITryOperation or ICatchClauseOperation
                or IUsingOperation or IUsingDeclarationOperation or ILockOperation or ILabeledOperation or ISwitchCaseOperation:
                All(operation.ChildOperations);
                break;
            case IThrowOperation:
                // It stops the run, and decides about no row.
                break;
            default:
                Value(operation);
                break;
        }
    }

    private void All(IEnumerable<IOperation> operations)
    {
        foreach (IOperation operation in operations)
        {
            Read(operation);
        }
    }

    private void Return(IOperation? value)
    {
        if (value is not null)
        {
            Flow returned = Value(value);
            _result = _result?.Join(returned) ?? returned;
        }

        _left = _left.Union(_decides);
    }

    private void Branch(Flow decides, params IOperation?[] branches) => Deciding(decides, () =>
    {
        _branches++;
        All(branches.OfType<IOperation>());
        _branches--;
    });

    private void Switch(ISwitchOperation choice)
    {
        Flow value = Value(choice.Value);
        Flow decides = Flow.All(OriginKind.Expression, choice.Cases.SelectMany(static one => one.Clauses).Select(clause => Clause(clause, value)).Prepend(value));
        Branch(decides, [.. choice.Cases.SelectMany(static one => one.Body)]);
    }

    private Flow Clause(ICaseClauseOperation clause, Flow value) => clause is IPatternCaseClauseOperation pattern
        ? Match(pattern.Pattern, value).Join(pattern.Guard is null ? Flow.Nothing : Value(pattern.Guard), sameValue: true)
        : Flow.Nothing;

    private void ForEach(IForEachLoopOperation loop)
    {
        Flow sequence = Value(loop.Collection);
        Flow element = Sequences.ElementOf(sequence);
        ITypeSymbol? type = Sequences.ElementType((loop.Collection as IConversionOperation)?.Operand.Type ?? loop.Collection.Type);
        Loop(Flow.Nothing.WithConditions(sequence.Conditions), () =>
        {
            Declare(loop.LoopControlVariable, element, type);
            Read(loop.Body);
        });
    }

    private void Loop(Flow decides, System.Action body) => Deciding(decides, () =>
    {
        _loops++;
        _branches++;
        body();
        body();
        _branches--;
        _loops--;
    });

    private void Deciding(Flow decides, System.Action what)
    {
        ImmutableHashSet<Origin> before = _decides;
        _decides = _decides.Union(decides.Everything().Select(static origin => origin.As(OriginKind.Filter)));
        what();
        _decides = before;
    }

    /// <summary>Gives variables that a loop, a pattern or a deconstruction declares their values.</summary>
    private void Declare(IOperation target, Flow value, ITypeSymbol? type)
    {
        switch (target)
        {
            case IVariableDeclaratorOperation variable:
                frame.Set(variable.Symbol, value);
                break;
            case IDeclarationExpressionOperation declaration:
                Declare(declaration.Expression, value, type);
                break;
            case ITupleOperation tuple:
                for (int i = 0; i < tuple.Elements.Length; i++)
                {
                    Declare(tuple.Elements[i], Part(tuple.Elements.Length, value, type, i), tuple.Elements[i].Type);
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

    /// <summary>What a deconstruction puts into a place: an element of a tuple, or the member that a record has there.</summary>
    private static Flow Part(int places, Flow value, ITypeSymbol? type, int place)
    {
        if (value.IsPair)
        {
            return value.Member(place == 0 ? "Key" : "Value");
        }

        if (value.HasItem(place) || type is null or { IsTupleType: true })
        {
            return value.Item(place);
        }

        IMethodSymbol? deconstruct = type.GetMembers("Deconstruct").OfType<IMethodSymbol>().FirstOrDefault(method => method.Parameters.Length == places);
        return deconstruct is not null ? value.Member(deconstruct.Parameters[place].Name) : value.As(OriginKind.Expression);
    }
}
