using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace TypedPipelines.Analyzers.Sql;

/// <summary>The text that a local holds where it is used: what it was last given on every way there, and what was added since.</summary>
internal static class LocalText
{
    /// <summary>The text; null where more than one way leads to the use, or something else writes the local.</summary>
    public static string? Of(ILocalReferenceOperation use, int depth)
    {
        StringBuilder? text = null;
        IOperation? loop = LoopAround(use);
        foreach (IOperation operation in OperationTree.Root(use).Descendants())
        {
            if (Write(operation, use.Local) is not var (value, isAdded, isOther))
            {
                continue;
            }

            if (isOther)
            {
                return null;
            }

            if (operation.Syntax.SpanStart >= use.Syntax.SpanStart)
            {
                // What is given behind the use is there on the next round of a loop that does not give it anew.
                if (!isAdded && loop is not null && loop.Syntax.Span.Contains(operation.Syntax.Span))
                {
                    return null;
                }
            }
            else if (isAdded)
            {
                text?.Append(CommandText.Of(value!, depth) ?? CommandText.HoleOf(value!));
            }
            else if (IsOnEveryWay(operation, use))
            {
                text = CommandText.Of(value!, depth) is { } given ? new StringBuilder(given) : null;
                loop = loop is not null && loop.Syntax.Span.Contains(operation.Syntax.Span) ? null : loop;
            }
            else if (!Leaves(operation, use))
            {
                return null;
            }
        }

        return text?.ToString();
    }

    /// <summary>What an operation gives a local, or adds to it; null where it does neither.</summary>
    private static (IOperation? Value, bool IsAdded, bool IsOther)? Write(IOperation operation, ILocalSymbol local) => operation switch
    {
        IVariableDeclaratorOperation declarator when Same(declarator.Symbol, local) => declarator.GetVariableInitializer()?.Value is { } initial ? (initial, false, false) : null,
        ILocalReferenceOperation reference when Same(reference.Local, local) => reference.Parent switch
        {
            ISimpleAssignmentOperation assignment when assignment.Target == reference => (assignment.Value, false, false),
            ICompoundAssignmentOperation { OperatorKind: BinaryOperatorKind.Add } addition when addition.Target == reference => (addition.Value, true, false),
            IAssignmentOperation assignment when assignment.Target == reference => (null, false, true),
            IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } or ITupleOperation => (null, false, true),
            _ => null,
        },
        _ => null,
    };

    /// <summary>Whether nothing decides between what is written and its use.</summary>
    private static bool IsOnEveryWay(IOperation write, IOperation use) => BranchOf(write) is not { } branch || branch.Syntax.Span.Contains(use.Syntax.Span);

    /// <summary>Whether the branch that something is written in ends before the use: <c>if (...) { sql = ...; return ...; }</c>.</summary>
    private static bool Leaves(IOperation write, IOperation use) =>
        BranchOf(write) is IBlockOperation { Operations: { Length: > 0 } statements } branch
        && !branch.Syntax.Span.Contains(use.Syntax.Span)
        && statements[statements.Length - 1] is IReturnOperation or IBranchOperation or IThrowOperation or IExpressionStatementOperation { Operation: IThrowOperation };

    private static IOperation? BranchOf(IOperation operation)
    {
        for (IOperation at = operation; at.Parent is { } parent; at = parent)
        {
            bool isBranch = parent is IConditionalOperation or ISwitchCaseOperation or ISwitchExpressionArmOperation or ILoopOperation or ITryOperation or ICatchClauseOperation or IAnonymousFunctionOperation or ILocalFunctionOperation or ICoalesceOperation;
            if (isBranch && !(parent is IConditionalOperation choice && choice.Condition == at))
            {
                return at;
            }
        }

        return null;
    }

    private static IOperation? LoopAround(IOperation operation)
    {
        for (IOperation? at = operation.Parent; at is not null; at = at.Parent)
        {
            if (at is ILoopOperation or IAnonymousFunctionOperation or ILocalFunctionOperation)
            {
                return at;
            }
        }

        return null;
    }

    private static bool Same(ILocalSymbol left, ILocalSymbol right) => SymbolEqualityComparer.Default.Equals(left, right);
}
