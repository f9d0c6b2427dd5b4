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

    /// <summary>The first field whose quotes are at fault, and its text as it stands, quotes included; null where none is.</summary>
    internal static (int Field, Range Text)? FindFault(ReadOnlySpan<byte> record, char separator)
    {
        int field = 0;
        for (int start = 0; start <= record.Length; field++)
        {
            // To the end of what is quoted, where it is, then to the next separator: between them is nothing but in a field at fault.
            int end = start < record.Length && record[start] == '"' ? AfterQuoted(record, start) : start;
            int length = record[end..].IndexOf((byte)separator);
            length = length < 0 ? record[end..].TrimEnd("\r\n"u8).Length : length;
            bool fault = end > start ? length > 0 : record.Slice(end, length).Contains((byte)'"');
            if (fault)
            {
                return (field, start..(end + length));
            }

            start = end + length + 1;
        }

        return null;
    }

    private static int AfterQuoted(ReadOnlySpan<byte> record, int open)
    {
        for (int i = open + 1; i < record.Length; i++)
        {
            if (record[i] != '"')
            {
                continue;
            }

            if (i + 1 == record.Length || record[i + 1] != '"')
            {
                return i + 1;
            }

            i++; // A doubled quote is text.
        }

        return record.Length;
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
