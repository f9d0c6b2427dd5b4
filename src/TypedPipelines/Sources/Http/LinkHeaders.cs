namespace TypedPipelines;

/// <summary>The header <c>Link</c> (RFC 8288).</summary>
internal static class LinkHeaders
{
    /// <summary>The first target with a relation; null where there is none.</summary>
    internal static string? Find(IEnumerable<string> headers, string relation)
    {
        foreach (string header in headers)
        {
            ReadOnlySpan<char> rest = header;
            while (rest.IndexOf('<') is >= 0 and var open && rest[open..].IndexOf('>') is > 0 and var length)
            {
                ReadOnlySpan<char> target = rest.Slice(open + 1, length - 1);
                rest = rest[(open + length + 1)..];
                int end = EndOfLink(rest);
                if (HasRelation(rest[..end], relation))
                {
                    return target.Trim().ToString();
                }

                rest = rest[end..];
            }
        }

        return null;
    }

    /// <summary>The comma behind a link's parameters; one in quotes is text.</summary>
    private static int EndOfLink(ReadOnlySpan<char> text)
    {
        bool quoted = false;
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '"')
            {
                quoted = !quoted;
            }
            else if (text[i] == '\\' && quoted)
            {
                i++;
            }
            else if (text[i] == ',' && !quoted)
            {
                return i;
            }
        }

        return text.Length;
    }

    private static bool HasRelation(ReadOnlySpan<char> parameters, string relation)
    {
        foreach (Range part in parameters.Split(';'))
        {
            ReadOnlySpan<char> parameter = parameters[part].Trim();
            int equals = parameter.IndexOf('=');
            if (equals > 0 && parameter[..equals].TrimEnd().Equals("rel", StringComparison.OrdinalIgnoreCase))
            {
                ReadOnlySpan<char> relations = parameter[(equals + 1)..].Trim().Trim('"');
                foreach (Range one in relations.Split(' '))
                {
                    if (relations[one].Equals(relation, StringComparison.OrdinalIgnoreCase))
                    {
                        return true;
                    }
                }
            }
        }

        return false;
    }
}
