namespace TypedPipelines;

/// <summary>The logic that a pipeline's rows go through, as the source generator found it when the program was built.</summary>
public sealed class PipelineLogic
{
    /// <summary>The hash of all of it, in hexadecimal. Formatting, comments and names of locals are not part of it.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>Its parts, in ordinal order of their names: methods, shapes of types, static fields, and referenced assemblies with their versions.</summary>
    public required IReadOnlyList<LogicPart> Parts { get; init; }

    /// <summary>The logic of each source and step.</summary>
    public IReadOnlyList<StepLogic> Steps { get; init; } = [];
}

/// <summary>A part of a pipeline's logic.</summary>
/// <param name="Name">Its name, for people.</param>
/// <param name="Hash">The hash of its own code, without that of what it calls.</param>
public sealed record LogicPart(string Name, string Hash);

/// <summary>The logic of a source or step.</summary>
/// <param name="Name">The method's name.</param>
/// <param name="Fingerprint">The hash of all code that it reaches.</param>
/// <param name="Parts">The parts that it reaches, by their place in <see cref="PipelineLogic.Parts"/>.</param>
public sealed record StepLogic(string Name, string Fingerprint, IReadOnlyList<int> Parts)
{
    /// <summary>
    /// What of it cannot be followed, as sentences, such as a call that is bound at run time: a change there is not seen. Empty where
    /// everything can.
    /// </summary>
    public IReadOnlyList<string> Opaque { get; init; } = [];
}
