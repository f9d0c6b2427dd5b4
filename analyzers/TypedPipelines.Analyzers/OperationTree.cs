using Microsoft.CodeAnalysis;

namespace TypedPipelines.Analyzers;

/// <summary>Ways through the operations of one member.</summary>
internal static class OperationTree
{
    /// <summary>The body that an operation stands in: of the method, not of the lambda or local function.</summary>
    public static IOperation Root(IOperation operation)
    {
        while (operation.Parent is { } parent)
        {
            operation = parent;
        }

        return operation;
    }
}
