using System.Collections.Generic;
using Microsoft.CodeAnalysis;

namespace TypedPipelines.Compilation.Logic;

/// <summary>A method, a type's shape, a static field, or a referenced assembly, as far as logic goes.</summary>
/// <param name="Name">Its name, for people.</param>
/// <param name="Key">Its name as it is hashed: without what can be renamed, such as type parameters.</param>
/// <param name="Hash">The hash of its own code, without that of what it refers to.</param>
/// <param name="References">What it refers to.</param>
/// <param name="Opaque">What of it nobody can follow.</param>
internal sealed record CodePart(string Name, string Key, string Hash, IReadOnlyList<ISymbol> References, IReadOnlyList<string> Opaque)
{
    /// <summary>Whose code assigns it, where it is static: what it says is what that code does, whether a step calls it or not.</summary>
    public IReadOnlyList<ISymbol> AssignedBy { get; init; } = [];
}
