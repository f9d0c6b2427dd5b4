using System.Globalization;
using System.Numerics;

namespace TypedPipelines;

/// <summary>
/// The header <c>Retry-After</c>: seconds, or a date. It is read from its text, since <see cref="System.Net.Http.Headers.RetryConditionHeaderValue"/>
/// takes seconds past the range of an int, and fractions, for no pause at all, and a run would then hammer a service that asked for quiet.
/// </summary>
internal static class RetryAfter
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(366_000);

    /// <summary>The pause that an answer asks for; null where it asks for none that can be read.</summary>
    internal static TimeSpan? Of(HttpResponseMessage response, DateTimeOffset now)
    {
        if (!response.Headers.NonValidated.TryGetValues("Retry-After", out var values) || values.Count != 1)
        {
            return null;
        }

        string text = values.ToString().Trim();
        if (text.Length > 0 && text.TrimStart("0123456789").TrimStart('.').TrimStart("0123456789").IsEmpty && char.IsAsciiDigit(text[0]))
        {
            return Seconds(text);
        }

        // By the service's own clock, where it tells it.
        return response.Headers.RetryAfter?.Date is { } date && date > (response.Headers.Date ?? now) ? date - (response.Headers.Date ?? now) : null;
    }

    /// <summary>As it is shown.</summary>
    internal static string Shown(TimeSpan pause) => pause >= Longest
        ? "more than 1000 years"
        : string.Create(CultureInfo.InvariantCulture, $"{pause.TotalSeconds:0.###} seconds");

    private static TimeSpan Seconds(string text)
    {
        string[] parts = text.Split('.');
        BigInteger whole = parts[0].Length > 30 && parts[0].TrimStart('0').Length > 30
            ? BigInteger.Pow(10, 30)
            : BigInteger.Parse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture);
        whole += parts.Length > 1 && parts[1].AsSpan().ContainsAnyExcept('0') ? 1 : 0;
        return whole >= (long)Longest.TotalSeconds ? Longest : TimeSpan.FromSeconds((long)whole);
    }
}
