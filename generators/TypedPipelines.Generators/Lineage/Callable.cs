using Microsoft.CodeAnalysis;

namespace TypedPipelines.Compilation.Lineage;

/// <summary>A delegate: a method, or an anonymous function with the frame whose variables it sees.</summary>
/// <param name="Method">The method.</param>
/// <param name="Body">The function's body; null for a method.</param>
/// <param name="Frame">The frame that the body stands in.</param>
/// <param name="Receiver">What the method is called on; null for a static one.</param>
internal sealed record Callable(IMethodSymbol Method, IOperation? Body, Frame? Frame, Flow? Receiver)
{
    /// <summary>What it may be instead; null where it is nothing else.</summary>
    public Callable? Or { get; private init; }

    /// <summary>Either of two functions.</summary>
    public static Callable? Either(Callable? one, Callable? other)
    {
        if (one is null || other is null || ReferenceEquals(one, other))
        {
            return one ?? other;
        }

        Callable either = one;
        for (Callable? more = other; more is not null; more = more.Or)
        {
            either = either.Knows(more) ? either : more with { Or = either };
        }

        return either;
    }

    private bool Knows(Callable other) =>
        (ReferenceEquals(Body, other.Body) && ReferenceEquals(Frame, other.Frame) && ReferenceEquals(Receiver, other.Receiver) && SymbolEqualityComparer.Default.Equals(Method, other.Method))
        || (Or?.Knows(other) ?? false);
}
