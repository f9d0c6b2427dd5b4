namespace TypedPipelines.Testing;

/// <summary>What a test expected is not so. Every test framework takes it for a failure; its message says which rows are missing, too many or other than expected.</summary>
public sealed class PipelineAssertionException : Exception
{
    /// <summary>Creates it.</summary>
    /// <param name="message">What is not as expected.</param>
    /// <param name="cause">What it came of; null for nothing.</param>
    public PipelineAssertionException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }
}
