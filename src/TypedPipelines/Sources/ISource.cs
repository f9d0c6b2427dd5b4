namespace TypedPipelines;

/// <summary>
/// What a source method returns where rows come from somewhere of its own: it is opened once for each run of a partition, and can reject
/// rows. For rows that your code makes one by one, a method that returns <see cref="IEnumerable{T}"/> or
/// <see cref="IAsyncEnumerable{T}"/> is simpler.
/// </summary>
/// <typeparam name="TRow">The row type.</typeparam>
public interface ISource<TRow>
{
    /// <summary>Opens it. What takes time belongs in the first read, which can be cancelled.</summary>
    /// <param name="context">What it may know of the run.</param>
    IRowSource<TRow> Open(SourceContext context);
}
