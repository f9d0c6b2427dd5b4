using System.Globalization;

namespace TypedPipelines;

/// <summary>How values appear in messages: invariant, quoted, with control characters made visible, and never longer than a line.</summary>
internal static class Quote
{
    private const int Longest = 120;
    private const int LongestLine = 600;

    internal static string Value(object? value) => value switch
    {
        null => "null",
        string text => Text(text),
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        TimeOnly time => time.ToString("HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture),
        DateTime moment => moment.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture),
        DateTimeOffset moment => moment.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture),
        byte[] bytes => $"{bytes.Length} bytes",
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "null",
    };

    internal static string Text(string text) => Visible(text, "'", Longest);

    /// <summary>A text that is a sentence already: not quoted, on one line.</summary>
    internal static string Line(string text) => Visible(text, "", LongestLine);

    private static string Visible(string text, string quote, int longest)
    {
        var quoted = new System.Text.StringBuilder(quote);
        foreach (char c in text.Length <= longest ? text : text.AsSpan(0, longest))
        {
            _ = c switch
            {
                '\n' => quoted.Append("\\n"),
                '\r' => quoted.Append("\\r"),
                '\t' => quoted.Append("\\t"),
                _ when char.IsControl(c) => quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => quoted.Append(c),
            };
        }

        quoted.Append(quote);
        return text.Length <= longest
            ? quoted.ToString()
            : quoted.Append(CultureInfo.InvariantCulture, $"… ({text.Length} characters)").ToString();
    }
}
