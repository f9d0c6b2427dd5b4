using System.Globalization;

namespace TypedPipelines;

/// <summary>Addresses of pages: made, compared, and shown without what may be secret in them.</summary>
internal static class PageAddress
{
    /// <summary>The address that a page, or a source, names; null where it is none of a web service.</summary>
    internal static Uri? TryResolve(Uri? from, string text) =>
        (from is null ? Uri.TryCreate(text, UriKind.Absolute, out Uri? address) : Uri.TryCreate(from, text, out address))
        && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps)
            ? address
            : null;

    internal static Uri Resolve(Uri from, string text) =>
        TryResolve(from, text) ?? throw new System.Text.Json.JsonException("the address of its next page is none of a web service");

    /// <summary>
    /// Whether what is sent to one address may be sent to the other: it is the same host at the same port, or that host by HTTPS instead of HTTP.
    /// </summary>
    internal static bool IsSameService(Uri from, Uri to) =>
        from.IdnHost.Equals(to.IdnHost, StringComparison.OrdinalIgnoreCase)
        && ((from.Scheme == to.Scheme && from.Port == to.Port)
            || (from.Scheme == Uri.UriSchemeHttp && to.Scheme == Uri.UriSchemeHttps && from.IsDefaultPort && to.IsDefaultPort));

    /// <summary>An address with a parameter of its query set.</summary>
    internal static Uri With(Uri address, string parameter, string value)
    {
        string set = $"{Uri.EscapeDataString(parameter)}={Uri.EscapeDataString(value)}";
        string[] others = [.. Parameters(address).Where(other => Uri.UnescapeDataString(NameOf(other)) != parameter)];
        return new UriBuilder(address) { Query = string.Join('&', others.Append(set)) }.Uri;
    }

    /// <summary>The number that a parameter of an address's query has; null where it has none, or no number.</summary>
    internal static long? NumberOf(Uri address, string parameter)
    {
        string? written = Parameters(address).FirstOrDefault(other => Uri.UnescapeDataString(NameOf(other)) == parameter);
        return long.TryParse(written?[(NameOf(written).Length)..].TrimStart('='), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) ? number : null;
    }

    /// <summary>
    /// An address as it may be shown: a query's values can be keys to the service, as can what stands before the host, and neither belongs in a
    /// log. The parameters' names tell enough.
    /// </summary>
    internal static string Shown(Uri address)
    {
        string query = string.Join('&', Parameters(address).Select(parameter => parameter.Contains('=', StringComparison.Ordinal) ? NameOf(parameter) + "=…" : "…"));
        return $"{address.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped)}{(query.Length == 0 ? "" : "?" + query)}";
    }

    /// <summary>A page as it may be shown.</summary>
    internal static string Shown(Uri address, int page) => string.Create(CultureInfo.InvariantCulture, $"{Shown(address)} (page {page})");

    private static string[] Parameters(Uri address) => address.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries);

    private static string NameOf(string parameter) => parameter.Split('=', 2)[0];
}
