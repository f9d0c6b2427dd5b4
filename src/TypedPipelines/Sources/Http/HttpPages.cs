using System.Text.Json.Serialization.Metadata;

namespace TypedPipelines;

/// <summary>
/// The JSON answers of a service as a source: the address of the first page says what is asked for, most often the partition's window, and
/// <see cref="Paging"/> leads from a page to the next. One page is held at a time. A request that fails in a way that may pass (no connection,
/// a broken one, no answer in time, status 408, 429 or 5xx) is made again after a pause that doubles, or that the service asks for by
/// <c>Retry-After</c>; a page counts only when it has arrived as a whole, so that no row is read twice. A value that is not of the row type's
/// form is rejected with its page, its number there, path and text; a page that is not JSON ends the run.
/// </summary>
/// <typeparam name="TRow">The row type.</typeparam>
public sealed class HttpPages<TRow> : ISource<TRow>
{
    /// <summary>Names the first page.</summary>
    /// <param name="client">
    /// Makes the requests, with the credentials and headers that are set on it. It is not disposed. Give it a handler that does not follow
    /// redirections, <c>new SocketsHttpHandler { AllowAutoRedirect = false }</c>: the source then follows them itself, and only within the service
    /// that was asked. A handler that follows by itself takes all headers but <c>Authorization</c> along to wherever it is sent, before anyone
    /// can object; where headers went to another service that way, the run ends and names them.
    /// </param>
    /// <param name="address">
    /// The first page's address, relative to the client's <see cref="HttpClient.BaseAddress"/> unless absolute. An interpolated string is
    /// formatted with the invariant culture, and the values in its query are escaped.
    /// </param>
    /// <param name="type">How the row type is read: of a <c>JsonSerializerContext</c> of yours, such as <c>EventsJson.Default.RawEvent</c>.</param>
    public HttpPages(HttpClient client, UriText address, JsonTypeInfo<TRow> type)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(type);
        Client = client;
        Address = address.ToTextAndClear();
        Type = type;
    }

    internal HttpClient Client { get; }

    internal string Address { get; }

    internal JsonTypeInfo<TRow> Type { get; }

    /// <summary>
    /// Where the array of rows stands in a page: the names of the members that lead to it, with slashes between, such as <c>data/items</c>.
    /// Null, the default, where the page is that array.
    /// </summary>
    public string? Rows { get; init; }

    /// <summary>How a page leads to the next: by its header <c>Link: &lt;…&gt;; rel="next"</c> unless set; a page without one is the last.</summary>
    public Paging Paging { get; init; } = Paging.LinkHeader;

    /// <summary>How long one request may take until its page has arrived as a whole: 100 seconds unless set.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(100);

    /// <summary>How often a request that failed is made again: 5 times unless set.</summary>
    public int Retries { get; init; } = 5;

    /// <summary>The first pause before that: a second unless set. It doubles each time, with some chance in it.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest pause, also of those that the service asks for: 5 minutes unless set, and a day at most. Where it asks for more, the run ends.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The most pages there can be: 10,000 unless set. More end the run, as a service would whose pages never end.</summary>
    public int MaxPages { get; init; } = 10_000;

    /// <summary>Completes each request before it is sent, also one that is made again: for a header that the client does not have.</summary>
    public Action<HttpRequestMessage>? Prepare { get; init; }

    /// <inheritdoc/>
    IRowSource<TRow> ISource<TRow>.Open(SourceContext context) => new HttpPageSource<TRow>(context, this);
}
