namespace TypedPipelines.Testing;

/// <summary>What made-up rows are to be like.</summary>
public sealed record SampleOptions
{
    /// <summary>Another seed, other rows.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The partition whose window dates and instants lie in; null for days of the year 2024.</summary>
    public Partition? Within { get; init; }

    /// <summary>Whether the rows begin with values known for trouble: the least and the greatest that fit, null, empty and longest texts, surrogate pairs, quotes, the hour that a clock strikes twice.</summary>
    public bool Edges { get; init; }

    /// <summary>Whether no value of a member comes twice, as far as its type has as many.</summary>
    public bool Distinct { get; init; }

    /// <summary>How many rows at the end repeat the key of an earlier one, with other values elsewhere. The rows' type says by <c>[Key]</c> what the key is.</summary>
    public int DuplicateKeys { get; init; }
}
