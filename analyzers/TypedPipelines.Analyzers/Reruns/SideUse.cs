using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace TypedPipelines.Analyzers.Reruns;

/// <summary>Tells values that only reach a log, a metric, a trace or an exception from those that may reach a row.</summary>
internal static class SideUse
{
    // start = ..., elapsed = now - start, log(elapsed): more steps than that and it is no longer obvious.
    private const int MostLocals = 3;

    /// <summary>Whether the value goes nowhere but into such calls, or decides on nothing but whether they are made, directly or by way of locals.</summary>
    public static bool IsAll(IOperation value, int locals = 0)
    {
        IOperation at = value;
        while (at.Parent is { } parent)
        {
            switch (parent)
            {
                case IInvocationOperation call when SideCalls.Contains(call):
                case IThrowOperation: // What it says of a run that fails is in no row.
                case ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property: var property } } assignment
                    when assignment.Value == at && SideCalls.IsTrace(property.ContainingType):
                case INameOfOperation: // Never run at all.
                    return true;
                case IConditionalOperation conditional when conditional.Condition == at:
                    return IsSide(conditional);
                case IVariableDeclaratorOperation declarator:
                    return locals < MostLocals && OnlyAside(declarator.Symbol, parent, locals + 1);
                case IExpressionStatementOperation:
                    return locals > 0 && at is IInvocationOperation { Type.SpecialType: SpecialType.System_Void } stop && stop.Instance == value; // watch.Stop();
                case IAnonymousFunctionOperation or IBlockOperation or IReturnOperation or IAssignmentOperation:
                    return false;
            }

            at = parent;
        }

        return false;
    }

    private static bool OnlyAside(ILocalSymbol local, IOperation declarator, int locals)
    {
        foreach (IOperation operation in OperationTree.Root(declarator).Descendants())
        {
            if (operation is ILocalReferenceOperation reference
                && SymbolEqualityComparer.Default.Equals(reference.Local, local)
                && !IsAll(reference, locals))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether a statement does nothing but make such calls.</summary>
    private static bool IsSide(IOperation? statement) => statement switch
    {
        null => true,
        IBlockOperation block => block.Operations.All(IsSide),
        IConditionalOperation { Type: null } conditional => IsSide(conditional.WhenTrue) && IsSide(conditional.WhenFalse),
        IExpressionStatementOperation { Operation: IInvocationOperation call } => SideCalls.Contains(call),
        IExpressionStatementOperation { Operation: IConditionalAccessOperation { WhenNotNull: IInvocationOperation call } } => SideCalls.Contains(call),
        _ => false,
    };
}
