using System;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using TypedPipelines.Compilation.Parsing;

namespace TypedPipelines.Analyzers.Steps;

/// <summary>Tells values that become the column by which a row is put into a window.</summary>
internal static class PartitionColumnUse
{
    private const int MostLocals = 3;

    /// <summary>The row and the column that a value goes into, directly or by way of locals; null where it goes into no such column.</summary>
    public static (string Row, string Column)? Of(IOperation value, int locals = 0)
    {
        for (IOperation at = value; at.Parent is { } parent; at = parent)
        {
            switch (parent)
            {
                case IArgumentOperation { Parameter: { } parameter, Parent: IObjectCreationOperation { Type: { } type } } when ColumnOf(type) is { } column:
                    return Same(parameter.Name, column) ? (type.Name, column) : null;
                case ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property: { ContainingType: { } owner } property } } assignment
                    when assignment.Value == at && ColumnOf(owner) is { } column:
                    return Same(property.Name, column) ? (owner.Name, column) : null;
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

    private static string? ColumnOf(ITypeSymbol type) => type.RuntimeAttribute("ReplacePartitionAttribute")?.Argument(0) as string;

    private static bool Same(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
