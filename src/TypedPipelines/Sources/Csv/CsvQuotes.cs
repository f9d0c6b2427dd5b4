namespace TypedPipelines;

/// <summary>What the quotes of a record that is already known to be at fault look like: for messages, never on the hot path.</summary>
internal static class CsvQuotes
{
    /// <summary>The position of the quote that opens a field which the text never closes; -1 where there is none.</summary>
    internal static int FindUnclosed(ReadOnlySpan<byte> record, char separator)
    {
        int opened = -1;
        bool atStart = true;
        for (int i = 0; i < record.Length; i++)
        {
            if (opened >= 0)
            {
                if (record[i] != '"')
                {
                    continue;
                }

                if (i + 1 < record.Length && record[i + 1] == '"')
                {
                    i++; // A doubled quote is text.
                }
                else
                {
                    opened = -1;
                }
            }
            else if (record[i] == '"' && atStart)
            {
                opened = i;
                atStart = false;
            }
            else
            {
                atStart = record[i] == separator;
            }
        }

        return opened;
    }

    /// <summary>How many line breaks a text has: CRLF, LF and CR, each once, as the scanner counts them.</summary>
    internal static int CountLineBreaks(ReadOnlySpan<byte> text)
    {
        int count = 0;
        for (int at; (at = text.IndexOfAny((byte)'\r', (byte)'\n')) >= 0; count++)
        {
            text = text[(at + (text[at] == '\r' && at + 1 < text.Length && text[at + 1] == '\n' ? 2 : 1))..];
        }

        return count;
    }
}
