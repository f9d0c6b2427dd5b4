using System;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using TypedPipelines.Compilation.Parsing;

namespace TypedPipelines.Analyzers.Steps;

/// <summary>A column that decides which row a row replaces: that by which it is put into a window, or one of its key.</summary>
/// <param name="Row">The row type.</param>
/// <param name="Column">The member.</param>
/// <param name="IsKey">Whether it is one of the key.</param>
internal sealed record DecidingColumn(string Row, string Column, bool IsKey)
{
    private const int MostLocals = 3;

    /// <summary>The column that a value goes into, directly or by way of locals; null where it goes into none that decides.</summary>
    public static DecidingColumn? Of(IOperation value) => Of(value, 0);

    private static DecidingColumn? Of(IOperation value, int locals)
    {
        for (IOperation at = value; at.Parent is { } parent; at = parent)
        {
            switch (parent)
            {
                case IArgumentOperation { Parameter: { } parameter, Parent: IObjectCreationOperation { Type: { } type } } when ContractParser.StrategyOf(type) is { } strategy:
                    return Named(type, strategy, parameter.Name, parameter);
                case ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property: { ContainingType: { } owner } property } } assignment
                    when assignment.Value == at && ContractParser.StrategyOf(owner) is { } strategy:
                    return Named(owner, strategy, property.Name, property);
                case IVariableDeclaratorOperation declarator when locals < MostLocals:
                    return OperationTree.Root(parent).Descendants().OfType<ILocalReferenceOperation>()
                        .Where(reference => SymbolEqualityComparer.Default.Equals(reference.Local, declarator.Symbol))
                        .Select(reference => Of(reference, locals + 1))
                        .FirstOrDefault(static use => use is not null);
                case IAnonymousFunctionOperation or IBlockOperation or IExpressionStatementOperation:
                    return null;
            }
        }

        return null;
    }

    private static DecidingColumn? Named(ITypeSymbol row, AttributeData strategy, string name, ISymbol place)
    {
        if (strategy.AttributeClass.IsRuntime("ReplacePartitionAttribute") && string.Equals(strategy.Argument(0) as string, name, StringComparison.OrdinalIgnoreCase))
        {
            return new DecidingColumn(row.Name, (string)strategy.Argument(0)!, IsKey: false);
        }

        IPropertySymbol? property = place as IPropertySymbol
            ?? row.GetMembers().OfType<IPropertySymbol>().FirstOrDefault(member => string.Equals(member.Name, name, StringComparison.OrdinalIgnoreCase));
        return property?.Annotation("KeyAttribute") is not null || place.Annotation("KeyAttribute") is not null
            ? new DecidingColumn(row.Name, property?.Name ?? name, IsKey: true)
            : null;
    }
}
