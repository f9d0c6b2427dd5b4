using System.Collections.Generic;

namespace TypedPipelines.Compilation.Logic;

/// <summary>The logic of a pipeline.</summary>
/// <param name="Fingerprint">The hash of all of it.</param>
/// <param name="Parts">Its parts by name, in ordinal order.</param>
/// <param name="Steps">Its sources and steps.</param>
internal sealed record LogicModel(string Fingerprint, IReadOnlyList<(string Name, string Hash)> Parts, IReadOnlyList<StepLogicModel> Steps);

/// <summary>The logic of a source or step.</summary>
/// <param name="Name">The method's name.</param>
/// <param name="Fingerprint">The hash of all code that it reaches.</param>
/// <param name="Parts">The parts that it reaches, by their place.</param>
/// <param name="Opaque">What of it nobody can follow, in words; empty where all can be.</param>
internal sealed record StepLogicModel(string Name, string Fingerprint, IReadOnlyList<int> Parts, IReadOnlyList<string> Opaque);
