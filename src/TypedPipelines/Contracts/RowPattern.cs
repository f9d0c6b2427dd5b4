using System.Text.RegularExpressions;

namespace TypedPipelines;

/// <summary>Asks regular expressions as <c>[RegularExpression]</c> does: the first match must be the whole text, and no text needs to match.</summary>
public static class RowPattern
{
    /// <summary>Looks for a text that does not match.</summary>
    /// <param name="column">The column.</param>
    /// <param name="pattern">The expression.</param>
    /// <param name="text">The text; null and the empty text pass.</param>
    /// <param name="violation">What is wrong.</param>
    /// <returns>Whether anything is.</returns>
    public static bool FindViolation(int column, Regex pattern, string? text, out RowViolation violation)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        violation = default;
        if (string.IsNullOrEmpty(text))
        {
            return false;
        }

        try
        {
            foreach (ValueMatch match in pattern.EnumerateMatches(text))
            {
                if (match.Index == 0 && match.Length == text.Length)
                {
                    return false;
                }

                break;
            }
        }
        catch (RegexMatchTimeoutException)
        {
            // Another machine, or this one another time, might well have matched it: no ground to drop a row.
            violation = RowViolation.NotMatchedInTime(column, pattern.MatchTimeout);
            return true;
        }

        violation = RowViolation.Invalid(column, $"does not match {pattern} as a whole");
        return true;
    }
}
