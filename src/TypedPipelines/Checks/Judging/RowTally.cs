namespace TypedPipelines.Running;

/// <summary>How many rows broke a check of single rows, and the first of them.</summary>
internal sealed class RowTally
{
    private readonly List<string> _sample = [];

    internal long Broken { get; private set; }

    internal IReadOnlyList<string> Sample => _sample;

    /// <summary>Counts a row, and keeps what is shown of it where it is one of the first.</summary>
    internal void Add(string shown)
    {
        if (Broken++ < FoundRows.MostKept)
        {
            _sample.Add(shown);
        }
    }
}
