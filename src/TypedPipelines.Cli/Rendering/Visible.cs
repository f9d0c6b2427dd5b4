using System.Globalization;
using System.Text;

namespace TypedPipelines.Cli.Rendering;

/// <summary>
/// Text that came from data, on one line and harmless: control characters would let a CSV file move the cursor, clear the
/// screen or fake a line of output, and characters that are not seen could turn what stands beside them around.
/// </summary>
internal static class Visible
{
    // They join what they stand between in Persian, Hindi and emoji, and do no harm.
    private const int ZeroWidthNonJoiner = 0x200C;
    private const int ZeroWidthJoiner = 0x200D;

    internal static string Of(string? text)
    {
        if (text is null)
        {
            return "";
        }

        var shown = new StringBuilder(text.Length + 8);
        ReadOnlySpan<char> rest = text;
        while (!rest.IsEmpty)
        {
            bool whole = Rune.DecodeFromUtf16(rest, out Rune rune, out int length) == System.Buffers.OperationStatus.Done;
            if (whole && !IsUnseen(rune))
            {
                shown.Append(rest[..length]);
            }
            else
            {
                foreach (char c in rest[..length])
                {
                    Escape(shown, c);
                }
            }

            rest = rest[length..];
        }

        return shown.ToString();
    }

    private static void Escape(StringBuilder shown, char c) => _ = c switch
    {
        '\n' => shown.Append("\\n"),
        '\r' => shown.Append("\\r"),
        '\t' => shown.Append("\\t"),
        _ => shown.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
    };

    private static bool IsUnseen(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => true,
        UnicodeCategory.Format => rune.Value is not (ZeroWidthNonJoiner or ZeroWidthJoiner),
        _ => false,
    };
}
