using System.Collections.Generic;
using TypedPipelines.Compilation.Model;

namespace TypedPipelines.Compilation.Lineage;

/// <summary>What the rows of a source or step come from.</summary>
/// <param name="Name">The method's name.</param>
/// <param name="Members">The members of its rows, each with what it comes from; a constant comes from nothing.</param>
/// <param name="Filters">What decides whether there is a row.</param>
/// <param name="Opaque">What of it could not be followed, in words.</param>
internal sealed record StepLineageModel(
    string Name, IReadOnlyList<(string Member, IReadOnlyList<Origin> Origins)> Members, IReadOnlyList<Origin> Filters, IReadOnlyList<string> Opaque);
