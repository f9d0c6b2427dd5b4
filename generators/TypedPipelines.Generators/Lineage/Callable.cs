using Microsoft.CodeAnalysis;

namespace TypedPipelines.Compilation.Lineage;

/// <summary>A delegate: a method, or an anonymous function with the frame whose variables it sees.</summary>
/// <param name="Method">The method.</param>
/// <param name="Body">The function's body; null for a method.</param>
/// <param name="Frame">The frame that the body stands in.</param>
/// <param name="Receiver">What the method is called on; null for a static one.</param>
internal sealed record Callable(IMethodSymbol Method, IOperation? Body, Frame? Frame, Flow? Receiver);
