namespace TypedPipelines.Cli.Rendering;

/// <summary>Breaks long messages between words, so that a terminal does not break them within.</summary>
internal static class Wrapping
{
    /// <summary>The lines of a text, all but the first indented.</summary>
    /// <param name="text">The text, on one line.</param>
    /// <param name="width">The width; null leaves it on one line.</param>
    /// <param name="indent">How far the following lines are indented.</param>
    internal static IEnumerable<string> Lines(string text, int? width, int indent)
    {
        // A terminal moves on by itself after its last column, so that one stays free.
        int limit = (width ?? int.MaxValue) - 1;
        while (text.Length > limit)
        {
            // A word longer than the line, such as a path, is left whole: it is there to be copied.
            int at = text.LastIndexOf(' ', limit);
            int lead = text.Length - text.TrimStart().Length;
            if (at <= lead)
            {
                at = text.IndexOf(' ', lead);
            }

            if (at < 0)
            {
                break;
            }

            yield return text[..at];
            text = new string(' ', indent) + text[(at + 1)..].TrimStart();
            if (text.Length == indent)
            {
                yield break;
            }
        }

        yield return text;
    }
}
