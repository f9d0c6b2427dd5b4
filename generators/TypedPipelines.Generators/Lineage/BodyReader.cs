using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Operations;
using TypedPipelines.Compilation.Model;

namespace TypedPipelines.Compilation.Lineage;

/// <summary>
/// Follows the statements of one call. Both branches are followed, a loop's body until a round leaves nothing new for the next. What decides about a branch decides about all that happens in it, and about what comes after it where it may leave.
/// </summary>
internal sealed partial class BodyReader(Calls calls, Frame frame, IMethodSymbol? method)
{
    private ImmutableHashSet<Origin> _decides = [];
    private ImmutableHashSet<Origin> _left = [];
    private readonly (ImmutableHashSet<Origin> Decides, bool Maybe) _around = calls.Around;
    /// <summary>More rounds of a loop than any code carries a value over.</summary>
    private const int MostRounds = 16;

    /// <summary>Loops inside loops that are gone through more than once.</summary>
    private const int MostNested = 5;

    private Flow _tried = Flow.Nothing;
    private int _tries;
    private int _branches;
    private int _loops;

    /// <summary>The loop that is being followed.</summary>
    private SyntaxNode? _loop;
    private readonly List<Flow> _results = [];
    private Flow? _element;

    /// <summary>What decides about returning a value, and about returning null.</summary>
    private ImmutableHashSet<Origin> _returned = [];
    private ImmutableHashSet<Origin> _absent = [];

    /// <summary>Whether the call may be over already.</summary>
    private bool _mayBeOver;

    /// <summary>What the call returns.</summary>
    public Flow Result
    {
        get
        {
            if (_element is not null)
            {
                return Flow.Sequence(_element).WithConditions(_left.Union(_returned).Union(_absent));
            }

            if (_results.Count == 0)
            {
                return Flow.Nothing.WithConditions(_left);
            }

            Flow[] there = [.. _results.Where(static value => !value.IsNull)];
            if (there.Length == 0)
            {
                return Flow.Null.WithConditions(_left.Union(_absent));
            }

            Flow result = Flow.Choice(there.Length > 1 ? _returned : [], there).LeftBy(_left);
            return there.Length == _results.Count ? result : result.OrNull(_absent);
        }
    }

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
                Loop(loop, () => Value(loop.Condition), () =>
                {
                    Read(loop.Body);
                    All(loop.AtLoopBottom);
                });
                break;
            case IWhileLoopOperation loop:
                Loop(loop, () => Value(loop.Condition), () => Read(loop.Body));
                break;
            case IVariableDeclaratorOperation variable:
                if (variable.GetVariableInitializer() is { } initialiser)
                {
                    frame.Set(variable.Symbol, Value(initialiser.Value));
                    if (variable.Symbol.IsRef)
                    {
                        frame.Refer(variable.Symbol, initialiser.Value);
                    }
                }

                break;
            case IBlockOperation or IExpressionStatementOperation or IVariableDeclarationGroupOperation or IVariableDeclarationOperation
                or ICatchClauseOperation or IUsingOperation or IUsingDeclarationOperation or ILockOperation or ILabeledOperation or ISwitchCaseOperation:
                All(operation.ChildOperations);
                break;
            case ITryOperation attempt:
                Try(attempt);
                break;
            case IThrowOperation thrown:
                // It stops the run, and decides about no row, unless it is caught.
                if (_tries > 0)
                {
                    Value(thrown.Exception);
                }

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
            _results.Add(returned);
            if (returned.IsNull)
            {
                // Null is what is left where nothing was returned before.
                _absent = _absent.Union(_decides).Union(_returned);
            }
        }

        if (_branches > 0)
        {
            _returned = value is not null && _results[_results.Count - 1].IsNull ? _returned : _returned.Union(_decides);
            _mayBeOver = true;
        }
    }

    /// <summary>What is caught depends on all that was tried, of which any part may have been done.</summary>
    private void Try(ITryOperation attempt)
    {
        if (attempt.Catches.IsEmpty)
        {
            Read(attempt.Body);
        }
        else
        {
            Flow before = _tried;
            _tried = Flow.Nothing;
            _tries++;
            Branch(Flow.Nothing, attempt.Body);
            _tries--;
            Flow tried = _tried;
            _tried = before.Join(tried, sameValue: true);
            Flow decides = tried;
            foreach (ICatchClauseOperation caught in attempt.Catches)
            {
                if (caught.ExceptionDeclarationOrExpression is IVariableDeclaratorOperation exception)
                {
                    frame.Set(exception.Symbol, tried.As(OriginKind.Expression));
                }

                decides = caught.Filter is null ? decides : decides.Join(Value(caught.Filter), sameValue: true);
                Branch(decides, caught.Handler);
            }
        }

        Read(attempt.Finally);
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
        DeconstructionInfo parts = calls.Deconstruction(loop.Syntax);
        Loop(loop, () => Flow.Nothing.WithConditions(sequence.Conditions), () =>
        {
            Declare(loop.LoopControlVariable, element, type, parts);
            Read(loop.Body);
        });
    }

    /// <summary>Until nothing new comes of it, and what decides about another round is asked again: it may depend on the first.</summary>
    private void Loop(ILoopOperation loop, System.Func<Flow> decides, System.Action body)
    {
        // A loop inside another is gone through again with that one. By itself it only has to carry on what begins anew in each round of the other.
        SyntaxNode? around = _loop;
        int least = _loops == 0 ? 2 : 1;
        int most = _loops < MostNested ? MostRounds : 1;
        _loop = loop.Syntax;
        for (int round = 1; ; round++)
        {
            Frame before = frame.Copy();
            int known = Known();
            Deciding(decides(), () =>
            {
                _loops++;
                _branches++;
                body();
                _branches--;
                _loops--;
            });
            bool isOver = round >= least && (around is null
                ? known == Known() && frame.IsAs(before)
                : frame.IsAs(before, variable => BeginsIn(variable, around) && !BeginsIn(variable, loop.Syntax), withThis: false));
            if (isOver || round >= most)
            {
                if (!isOver && most > 1)
                {
                    calls.NotFollowed("carries values over more rounds of a loop than are followed");
                }

                break;
            }
        }

        _loop = around;
    }

    private static bool BeginsIn(ISymbol variable, SyntaxNode loop) =>
        variable.DeclaringSyntaxReferences.FirstOrDefault() is { } declared && declared.SyntaxTree == loop.SyntaxTree && loop.Span.Contains(declared.Span);

    /// <summary>How much is known of what is kept elsewhere than in variables: it only grows.</summary>
    private int Known() => _left.Count + _returned.Count + _absent.Count + (_mayBeOver ? 1 : 0) + calls.StaticsKnown;

    private void Deciding(Flow decides, System.Action what)
    {
        ImmutableHashSet<Origin> before = _decides;
        _decides = _decides.Union(decides.Everything().Select(static origin => origin.As(OriginKind.Filter)));
        what();
        _decides = before;
    }
}
