namespace TypedPipelines;

/// <summary>
/// Marks a <c>partial</c> class as a pipeline: its <see cref="SourceAttribute"/> members bring rows in, its
/// <see cref="StepAttribute"/> methods transform them, and every row type that carries a load strategy is loaded.
/// The source generator writes the wiring and the load code.
/// </summary>
/// <param name="name">
/// The pipeline's name on the command line, in logs and in the ledger. It is the pipeline's identity: renaming it makes
/// every partition look as if it had never been loaded.
/// </param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class PipelineAttribute(string name) : Attribute
{
    /// <summary>The pipeline's name: its identity in the ledger.</summary>
    public string Name { get; } = name;

    /// <summary>Who is called when the pipeline fails: a team or a person. Shown by <c>list</c>.</summary>
    public string? Owner { get; set; }

    /// <summary>One sentence on what the pipeline is for. Shown by <c>list</c>.</summary>
    public string? Description { get; set; }
}
