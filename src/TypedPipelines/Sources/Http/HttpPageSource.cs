using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Logging;

namespace TypedPipelines;

/// <summary>Pages of a service, open for reading: one after the other, row by row.</summary>
internal sealed partial class HttpPageSource<TRow> : IRowSource<TRow>
{
    private readonly SourceContext _context;
    private readonly HttpPages<TRow> _pages;
    private readonly JsonTypeInfo<TRow> _type;
    private readonly PageRequests _requests;
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);
    private Uri? _next;
    private HttpPage? _page;
    private string _origin = "";
    private int _number;
    private int _row;
    private int _rows;
    private long _rowsSoFar;
    private UInt128 _hashBefore;
    private JsonElement.ArrayEnumerator _values;

    internal HttpPageSource(SourceContext context, HttpPages<TRow> pages)
    {
        _context = context;
        _pages = pages;
        Check("Retries", pages.Retries, pages.Retries >= 0, "how often a request is made again, from 0");
        Check("RetryDelay", pages.RetryDelay, pages.RetryDelay >= TimeSpan.Zero, "a pause, which is not negative");
        Check("LongestPause", pages.LongestPause, pages.LongestPause >= TimeSpan.Zero, "a pause, which is not negative");
        Check("Timeout", pages.Timeout, pages.Timeout == Timeout.InfiniteTimeSpan || (pages.Timeout > TimeSpan.Zero && pages.Timeout.TotalMilliseconds <= int.MaxValue), "a time limit, of more than nothing and less than 25 days");
        Check("MaxPages", pages.MaxPages, pages.MaxPages > 0, "the most pages there can be, from 1");
        _type = JsonRow.Strict(pages.Type);
        _requests = new PageRequests(context, pages.Client, pages.Prepare, pages.Timeout, pages.Retries, pages.RetryDelay, pages.LongestPause);
        Uri first = PageAddress.TryResolve(pages.Client.BaseAddress, pages.Address) ?? throw new PipelineException(
            FailureKind.Source,
            $"source {context.Name} asks for an address that is none of a web service{(pages.Client.BaseAddress is null ? ", and its HttpClient has no BaseAddress" : "")}",
            "Give an address that begins with https:// or http://, or set the BaseAddress of the HttpClient.");
        _next = pages.Paging.First(first);
    }

    public async ValueTask<bool> ReadAsync(RowBatch<TRow> batch, CancellationToken cancellationToken)
    {
        if (_page is null)
        {
            await OpenNextAsync(cancellationToken).ConfigureAwait(false);
        }

        batch.Begin(_origin);
        if (!Fill(batch))
        {
            Close();
        }

        return _page is not null || _next is not null;
    }

    public ValueTask DisposeAsync()
    {
        _page?.Dispose();
        _page = null;
        return ValueTask.CompletedTask;
    }

    private void Check<T>(string option, T value, bool isValid, string what)
    {
        if (!isValid)
        {
            throw new PipelineException(
                FailureKind.Source,
                string.Create(CultureInfo.InvariantCulture, $"source {_context.Name} sets {option} to {value}"),
                $"{option} of the source is {what}: correct it.");
        }
    }

    private async ValueTask OpenNextAsync(CancellationToken cancellationToken)
    {
        Uri address = _next!;
        _number++;
        _origin = PageAddress.Shown(address, _number);
        _asked.Add(address.AbsoluteUri);
        _page = await _requests.GetAsync(address, _number, cancellationToken).ConfigureAwait(false);
        _values = Rows(_page);
        _row = 0;
    }

    private JsonElement.ArrayEnumerator Rows(HttpPage page)
    {
        JsonElement rows = page.Find(_pages.Rows);
        if (rows.ValueKind == JsonValueKind.Array)
        {
            _rows = rows.GetArrayLength();
            _rowsSoFar += _rows;
            return rows.EnumerateArray();
        }

        _rows = 0;
        if (page.Content is null || (rows.ValueKind == JsonValueKind.Null && _pages.Rows is not null))
        {
            return default; // No content is no rows, and so is null where the rows are one member of several.
        }

        string found = rows.ValueKind == JsonValueKind.Undefined
            ? $"no member {Quote.Text(_pages.Rows!)}"
            : $"{PagingPath.Named(rows.ValueKind)}{(_pages.Rows is null ? "" : $" at {Quote.Text(_pages.Rows)}")} where the array of rows is expected";
        throw new PipelineException(
            FailureKind.Source,
            $"source {_context.Name}: {_origin} has {found}{Members(page)}",
            "Say where the rows are: set Rows of the source to the names of the members that lead to their array, such as \"data/items\"; null where the page is that array.");
    }

    private static string Members(HttpPage page) => page.Content is { RootElement: { ValueKind: JsonValueKind.Object } root }
        ? $"; its members are {string.Join(", ", root.EnumerateObject().Take(20).Select(member => Quote.Text(member.Name)))}"
        : "";

    /// <summary>Reads as many values as a batch has room for.</summary>
    /// <returns>Whether there may be more in the page.</returns>
    private bool Fill(RowBatch<TRow> batch)
    {
        for (int i = 0; i < RowBatch<TRow>.Capacity; i++)
        {
            if (!_values.MoveNext())
            {
                return false;
            }

            _row++;
            try
            {
                if (_values.Current.Deserialize(_type) is { } row)
                {
                    batch.Add(row, _row);
                }
                else
                {
                    Reject(null, null, "is null");
                }
            }
            catch (JsonException e)
            {
                Reject(JsonRow.Member(e), JsonRow.Value(e), JsonRow.Reason(e));
            }
        }

        return true;
    }

    private void Reject(string? member, string? value, string reason) =>
        _context.Rejects.Add(new Reject(_context.Name, _origin, _row, member, value, _values.Current.GetRawText(), reason));

    /// <summary>Leaves a page behind, for the next where there is one.</summary>
    private void Close()
    {
        using HttpPage page = _page!;
        _page = null;
        CheckPath(page);
        try
        {
            _next = _pages.Paging.Next(page, _number, _rows, _rowsSoFar);
        }
        catch (JsonException e)
        {
            throw NoWayOn($"cannot be followed: {e.Message}", "Check what the Paging of the source names against what the service answers.");
        }

        if (_rows > 0 && page.Hash == _hashBefore)
        {
            throw NoWayOn("is the same, to the byte, as the page before it: its rows would be loaded twice, again and again", "Check that the service knows the parameter that the Paging of the source names.");
        }

        _hashBefore = page.Hash;
        if (_next is null)
        {
            return;
        }

        // Of the address that was asked, not of the one that answered: the client's headers are meant for the first.
        if (!PageAddress.IsSameService(page.Requested, _next))
        {
            throw NoWayOn(
                $"names a next page at {PageAddress.Shown(_next)}, which is another service: what the HttpClient sends is not meant for it",
                "Where the first page moved there, name its new address in the source. Where pages are spread over services, make the source a method that returns IAsyncEnumerable<row> and follows them itself.");
        }

        if (_asked.Contains(_next.AbsoluteUri))
        {
            throw NoWayOn("names as its next a page that was read before: its rows would be loaded twice, again and again", "Check what the Paging of the source names against what the service answers.");
        }

        if (_number >= _pages.MaxPages)
        {
            throw NoWayOn(
                string.Create(CultureInfo.InvariantCulture, $"has a next page, and the source reads {_pages.MaxPages} at most"),
                "Where there can be more, set MaxPages of the source; else check that the service's pages come to an end.");
        }
    }

    /// <summary>Tells a path that leads nowhere from a last page, as far as that can be.</summary>
    private void CheckPath(HttpPage page)
    {
        if (_pages.Paging.Path is not { } path || path.Misses(page, out bool isWrong) is not { } misses)
        {
            return;
        }

        if (path.Required == true || (isWrong && _number == 1))
        {
            throw NoWayOn(misses, path.Required == true && !isWrong
                ? $"Correct the path of the source's Paging, {Quote.Text(path.Text)}; where the service leaves the member out of its last page, set required: false."
                : $"Correct the path of the source's Paging, {Quote.Text(path.Text)}: by it, the next page would never be found.");
        }

        if (path.Required is null && _number == 1 && _rows > 0)
        {
            TakenForTheOnlyPage(_context.Logger, _context.Name, _origin, misses.Split(';', 2)[0], misses.Contains(';', StringComparison.Ordinal) ? misses.Split(';', 2)[1].Trim() + "; " : "");
        }
    }

    [LoggerMessage(1102, LogLevel.Warning, "source {Source}: {Page} {Misses}, so it is taken for the only page; {Members}say in the source's Paging whether the service always has it (required: true) or leaves it out at the end (required: false)")]
    private static partial void TakenForTheOnlyPage(ILogger logger, string source, string page, string misses, string members);

    private PipelineException NoWayOn(string what, string advice) => new(FailureKind.Source, $"source {_context.Name}: {_origin} {what}", $"Nothing was changed. {advice}");
}
