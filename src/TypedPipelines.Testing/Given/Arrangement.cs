namespace TypedPipelines.Testing;

/// <summary>Which of the rows that a test gives are used, in which order and in batches of what size: as they are given, unless a proof tries another way.</summary>
internal sealed class Arrangement
{
    private readonly Dictionary<Place, IReadOnlyList<object?>> _rows = [];

    /// <summary>Chooses rows by their positions; null for all in their order.</summary>
    internal Func<Place, int, IEnumerable<int>>? Choose { get; set; }

    /// <summary>The most rows of a batch; null for as many as there is room for.</summary>
    internal int? MostInBatch { get; set; }

    /// <summary>What was given, by its place.</summary>
    internal IReadOnlyDictionary<Place, IReadOnlyList<object?>> Rows => _rows;

    internal IReadOnlyList<TRow> Apply<TRow>(Place place, IReadOnlyList<TRow> rows)
    {
        _rows[place] = [.. rows.Select(row => (object?)row)];
        return Choose is null ? rows : [.. Choose(place, rows.Count).Select(i => rows[i])];
    }
}

/// <summary>A source or table that rows are given for.</summary>
/// <param name="IsSource">Whether it is a source.</param>
/// <param name="Name">Its name, for people.</param>
internal sealed record Place(bool IsSource, string Name)
{
    public override string ToString() => IsSource ? $"source {Name}" : $"table {Name}";
}
