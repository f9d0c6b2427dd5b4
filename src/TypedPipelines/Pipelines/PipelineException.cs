namespace TypedPipelines;

/// <summary>
/// A failure that someone can act on: what happened, where, and what to do next. Its message is complete in itself; a stack
/// trace adds nothing to it, except for <see cref="FailureKind.Step"/>, whose cause is the inner exception.
/// </summary>
public sealed class PipelineException : Exception
{
    /// <summary>Creates a failure.</summary>
    /// <param name="kind">What kind of failure it is; stable, documented in docs/failures.md.</param>
    /// <param name="what">What happened and where, as one sentence without its full stop.</param>
    /// <param name="next">What to do next, as whole sentences.</param>
    /// <param name="cause">The exception behind it, where there is one.</param>
    public PipelineException(FailureKind kind, string what, string next, Exception? cause = null)
        : base($"{what}. {next}", cause)
    {
        Kind = kind;
        What = what;
        Next = next;
    }

    /// <summary>What kind of failure it is.</summary>
    public FailureKind Kind { get; }

    /// <summary>What happened and where.</summary>
    public string What { get; }

    /// <summary>What to do next.</summary>
    public string Next { get; }
}
