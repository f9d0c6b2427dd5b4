namespace TypedPipelines.Tests.Sources.Csv;

internal sealed record Leg(string OriginCity, int Miles);

/// <summary>Written by hand as the generator would write it.</summary>
internal sealed class LegContract : CsvContract<Leg>
{
    internal static readonly LegContract Instance = new();

    public override IReadOnlyList<string> Columns { get; } = ["OriginCity", "Miles"];

    public override bool TryParse(ref CsvRecord record, out Leg row)
    {
        if (record.TryRead(0, out string city) && record.TryRead(1, out int miles))
        {
            row = new Leg(city, miles);
            return true;
        }

        row = null!;
        return false;
    }
}

internal delegate bool ReadOne<T>(ref CsvRecord record, out T value);

/// <summary>A contract of one column <c>V</c>, for tests of one read.</summary>
internal sealed class OneColumn<T>(ReadOne<T> read) : CsvContract<T>
{
    public override IReadOnlyList<string> Columns { get; } = ["V"];

    public override bool TryParse(ref CsvRecord record, out T row) => read(ref record, out row);
}
