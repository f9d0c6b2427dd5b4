using System.Globalization;

namespace TypedPipelines;

/// <summary>A row that was kept out of the load, and why: nothing is lost silently.</summary>
/// <param name="Source">The source, step or table that rejected it.</param>
/// <param name="Origin">The file, table or method it came from; null where that is not known.</param>
/// <param name="Line">The line it began on, from 1; null where that is not known.</param>
/// <param name="Column">The column at fault; null where it is the row as a whole.</param>
/// <param name="Value">The value at fault, as it was found.</param>
/// <param name="Raw">The whole row, as it was found; of one longer than 64 Ki characters, the start and the end.</param>
/// <param name="Reason">What is wrong.</param>
public sealed record Reject(string Source, string? Origin, long? Line, string? Column, string? Value, string Raw, string Reason)
{
    /// <summary>Where the row came from, the column and value at fault, and what is wrong, as a part of a sentence.</summary>
    public string Describe()
    {
        string column = Column is null ? "" : $"column {Column}{(Value is null ? "" : $" = {Quote.Text(Value)}")} ";
        return $"{new RowPosition(Origin ?? Source, Line)}: {column}{Reason}";
    }

    /// <summary>The longest text kept of a row or a value, in characters.</summary>
    internal const int MostText = 64 * 1024;

    /// <summary>
    /// How many rows it counts for, 1 or more: the lines that a rejected record of a file spans, since a record of several
    /// lines that cannot be read is most likely a quote too many with rows inside. The ledger keeps the sum of a run, not the
    /// number of each, so one read back from it has 1; its reason tells.
    /// </summary>
    public int Rows { get; init; } = 1;

    /// <summary>The same with the middle of its texts left out where they are longer than anyone reads.</summary>
    internal Reject Abridged() => Raw.Length <= MostText && (Value is null || Value.Length <= MostText)
        ? this
        : this with { Raw = Abridge(Raw), Value = Value is null ? null : Abridge(Value) };

    private static string Abridge(string text)
    {
        if (text.Length <= MostText)
        {
            return text;
        }

        int start = MostText / 2;
        int end = text.Length - start;
        start -= char.IsHighSurrogate(text[start - 1]) ? 1 : 0; // A pair stays whole, or goes as a whole.
        end += char.IsLowSurrogate(text[end]) ? 1 : 0;
        return string.Concat(
            text.AsSpan(0, start),
            string.Create(CultureInfo.InvariantCulture, $" [… {end - start} characters left out …] "),
            text.AsSpan(end));
    }
}
