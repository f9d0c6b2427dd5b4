namespace TypedPipelines.Testing;

/// <summary>Rows made up for tests: the same for the same seed, on every machine. They keep to what the row's type says of keys, lengths, digits, ranges and nulls.</summary>
public static class Sample
{
    /// <summary>Makes rows up.</summary>
    /// <typeparam name="TRow">The rows' type: a record, class or struct with a public constructor, whose other members can be set.</typeparam>
    /// <param name="count">How many.</param>
    /// <param name="options">What they are to be like; null for ordinary rows.</param>
    /// <returns>The rows. Optional parameters of the constructor keep their defaults.</returns>
    /// <exception cref="PipelineAssertionException">The type has a member whose values cannot be made up, or fewer different keys than there are to be rows.</exception>
    public static IReadOnlyList<TRow> Of<TRow>(int count, SampleOptions? options = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return [.. new SampleMaker(RowForm.Of(typeof(TRow)), options ?? new SampleOptions()).Make(count, options?.Within).Cast<TRow>()];
    }
}
