namespace TypedPipelines;

/// <summary>
/// Takes the <see cref="StepAttribute"/> methods of another class into a pipeline, so that logic which several pipelines share is written
/// once. They are wired by row type like the pipeline's own; those whose rows the pipeline does not have, or does not use, take no part.
/// A generic class is taken for the row type that is given: <c>[StepsFrom(typeof(Deduplicate&lt;Order&gt;))]</c>.
/// </summary>
/// <param name="type">A class whose steps are static and can be called from the pipeline.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class StepsFromAttribute(Type type) : Attribute
{
    /// <summary>The class.</summary>
    public Type Type { get; } = type;
}
