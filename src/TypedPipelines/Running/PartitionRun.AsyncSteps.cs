namespace TypedPipelines.Running;

public sealed partial class PartitionRun
{
    /// <summary>Prepares an asynchronous step.</summary>
    /// <typeparam name="TIn">The type of the rows that come in.</typeparam>
    /// <typeparam name="TOut">The type of the rows that go out.</typeparam>
    /// <param name="step">The step's name.</param>
    /// <param name="concurrency">For how many rows it may be under way at one time.</param>
    /// <param name="drops">Whether null drops a row.</param>
    /// <param name="retries">How often it is tried again for a row.</param>
    /// <param name="delayMilliseconds">The first pause before that.</param>
    public AsyncStep<TIn, TOut> Async<TIn, TOut>(string step, int concurrency, bool drops, int retries = 0, int delayMilliseconds = 0) =>
        new(this, Steps[step], concurrency, drops, retries, delayMilliseconds);

    /// <summary>Prepares an asynchronous filter.</summary>
    /// <typeparam name="TRow">The type of the rows.</typeparam>
    /// <param name="step">The step's name.</param>
    /// <param name="concurrency">For how many rows it may be under way at one time.</param>
    /// <param name="retries">How often it is tried again for a row.</param>
    /// <param name="delayMilliseconds">The first pause before that.</param>
    public AsyncFilter<TRow> AsyncFilter<TRow>(string step, int concurrency, int retries = 0, int delayMilliseconds = 0) =>
        new(this, Steps[step], concurrency, retries, delayMilliseconds);

    /// <summary>Prepares an asynchronous step that makes any number of rows of each.</summary>
    /// <typeparam name="TIn">The type of the rows that come in.</typeparam>
    /// <typeparam name="TOut">The type of the rows that go out.</typeparam>
    /// <param name="step">The step's name.</param>
    /// <param name="concurrency">For how many rows it may be under way at one time.</param>
    /// <param name="retries">How often it is tried again for a row.</param>
    /// <param name="delayMilliseconds">The first pause before that.</param>
    public AsyncExpand<TIn, TOut> AsyncExpand<TIn, TOut>(string step, int concurrency, int retries = 0, int delayMilliseconds = 0) =>
        new(this, Steps[step], concurrency, retries, delayMilliseconds);
}
