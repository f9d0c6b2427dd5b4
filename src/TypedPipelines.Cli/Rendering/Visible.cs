using System.Globalization;
using System.Text;

namespace TypedPipelines.Cli.Rendering;

/// <summary>
/// Text that came from data, on one line and harmless: control characters would let a CSV file move the cursor, clear the
/// screen or fake a line of output.
/// </summary>
internal static class Visible
{
    internal static string Of(string? text)
    {
        if (text is null)
        {
            return "";
        }

        if (!text.Any(char.IsControl))
        {
            return text;
        }

        var shown = new StringBuilder(text.Length + 8);
        foreach (char c in text)
        {
            _ = c switch
            {
                '\n' => shown.Append("\\n"),
                '\r' => shown.Append("\\r"),
                '\t' => shown.Append("\\t"),
                _ when char.IsControl(c) => shown.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => shown.Append(c),
            };
        }

        return shown.ToString();
    }
}
