using System.Globalization;
using System.Net;

namespace TypedPipelines;

/// <summary>
/// Redirections: followed within a service, and never to another one with what was meant for the first. A handler that follows by itself drops
/// the header <c>Authorization</c> on the way, and takes all others along, keys too.
/// </summary>
internal static class Redirections
{
    /// <summary>The most of them for one page.</summary>
    internal const int Most = 10;

    /// <summary>Headers that say nothing about who asks.</summary>
    private static readonly HashSet<string> Harmless = new(StringComparer.OrdinalIgnoreCase)
    {
        "Accept", "Accept-Charset", "Accept-Encoding", "Accept-Language", "Cache-Control", "Connection", "Host", "Pragma", "User-Agent",
        "baggage", "Correlation-Context", "Request-Id", "traceparent", "tracestate",
    };

    /// <summary>Whether an answer sends on to another address.</summary>
    internal static bool IsOne(HttpResponseMessage response) => response.StatusCode is
        HttpStatusCode.MultipleChoices or HttpStatusCode.Moved or HttpStatusCode.Found or HttpStatusCode.SeeOther
        or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect;

    /// <summary>The end of an attempt whose handler took headers to another service; null where it took none.</summary>
    /// <param name="asked">The address that the handler was given.</param>
    /// <param name="response">What came back.</param>
    internal static PageAttempt? Leak(Uri asked, HttpResponseMessage response)
    {
        if (response.RequestMessage is not { RequestUri: { } answered } request || PageAddress.IsSameService(asked, answered))
        {
            return null;
        }

        string[] taken = [.. request.Headers.Select(header => header.Key).Where(name => !Harmless.Contains(name)).Order(StringComparer.OrdinalIgnoreCase)];
        return taken.Length == 0
            ? null
            : PageAttempt.Failed(
                $"was answered by {PageAddress.Shown(answered)}, which is another service: its HttpClient followed a redirection to it and took the {(taken.Length == 1 ? "header" : "headers")} {string.Join(", ", taken)} along",
                $"Nothing was changed. Whoever runs {answered.IdnHost} may have read these headers: replace what is secret in them. Give the HttpClient a handler that does not follow by itself, "
                + "new SocketsHttpHandler { AllowAutoRedirect = false }: the source then follows, within the service. Where the rows do belong to the other one, name its address in the source.");
    }

    /// <summary>Where an answer sends on to within the service; else how the attempt ends.</summary>
    /// <param name="asked">The address that was asked.</param>
    /// <param name="response">What came back.</param>
    /// <param name="before">How often the page has been sent on before.</param>
    internal static (Uri? Next, PageAttempt? End) Follow(Uri asked, HttpResponseMessage response, int before)
    {
        string answer = string.Create(CultureInfo.InvariantCulture, $"answered {(int)response.StatusCode} {response.ReasonPhrase}").TrimEnd();
        if (response.Headers.Location is not { } location)
        {
            return (null, PageAttempt.Failed($"{answer}, without an address to go on to", "Check the address that the source method builds, and run the partition again."));
        }

        if (PageAddress.TryResolve(response.RequestMessage?.RequestUri ?? asked, location.OriginalString) is not { } next)
        {
            return (null, PageAttempt.Failed($"{answer}, and the address to go on to is none of a web service", "Check the address that the source method builds, and run the partition again."));
        }

        if (!PageAddress.IsSameService(asked, next))
        {
            return (null, PageAttempt.Failed(
                $"{answer}: it sends on to {PageAddress.Shown(next)}, which is another service",
                "Nothing was sent there, and nothing was changed. Where the rows do belong to that service, name its address in the source, with an HttpClient whose credentials are meant for it."));
        }

        return before >= Most
            ? (null, PageAttempt.Failed(
                string.Create(CultureInfo.InvariantCulture, $"{answer}: it sends on for the {Most + 1}th time, lastly to {PageAddress.Shown(next)}"),
                "Check the address that the source method builds, and what the service expects of a request, such as credentials."))
            : (next, null);
    }
}
