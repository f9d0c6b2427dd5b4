using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using TypedPipelines.Compilation.Parsing;

namespace TypedPipelines.Analyzers.Reruns;

/// <summary>Tells values that go into a row that is loaded from those that only say what is read.</summary>
internal static class RowCreation
{
    // now = ..., day = now.Date, new Row(day): more steps than that and it is no longer obvious.
    private const int MostLocals = 3;

    /// <summary>Whether the value goes into a row with a load strategy, directly or by way of locals.</summary>
    public static bool Takes(IOperation value, int locals = 0)
    {
        for (IOperation at = value; at.Parent is { } parent; at = parent)
        {
            switch (parent)
            {
                case IObjectCreationOperation { Type: { } type } when IsContract(type):
                case IWithOperation { Type: { } copied } copy when IsContract(copied) && copy.Initializer == at:
                case ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property.ContainingType: { } owner } } assignment
                    when assignment.Value == at && IsContract(owner):
                    return true;
                case IVariableDeclaratorOperation declarator:
                    return locals < MostLocals && IsTaken(declarator.Symbol, parent, locals + 1);
                case IAnonymousFunctionOperation or IBlockOperation or IExpressionStatementOperation:
                    return false;
            }
        }

        return false;
    }

    private static bool IsTaken(ILocalSymbol local, IOperation declarator, int locals)
    {
        foreach (IOperation operation in OperationTree.Root(declarator).Descendants())
        {
            if (operation is ILocalReferenceOperation reference
                && SymbolEqualityComparer.Default.Equals(reference.Local, local)
                && Takes(reference, locals))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsContract(ITypeSymbol type) => ContractParser.StrategyOf(type) is not null;
}
