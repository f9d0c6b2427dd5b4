using System.Collections.Generic;
using Microsoft.CodeAnalysis;

namespace TypedPipelines.Analyzers.Values;

/// <summary>What is kept of a member until all are known: where what it gives comes from, what it writes, and what it passes on.</summary>
internal sealed class MemberFacts(ISymbol member)
{
    public ISymbol Member { get; } = member;

    /// <summary>What it returns, or what a field or property is given.</summary>
    public List<Leaf> Results { get; } = [];

    /// <summary>What it writes, as far as that is not known in the member itself.</summary>
    public List<(WriteTarget Target, IReadOnlyList<Leaf> Leaves)> Writes { get; } = [];

    /// <summary>What it passes to methods of the project.</summary>
    public List<(IMethodSymbol Method, IReadOnlyList<IReadOnlyList<Leaf>> Arguments)> Calls { get; } = [];

    public bool IsEmpty => Results.Count == 0 && Writes.Count == 0 && Calls.Count == 0;
}
