using System.Globalization;
using System.Text.Json;

namespace TypedPipelines;

/// <summary>How a page of a service leads to the next.</summary>
public abstract class Paging
{
    private protected Paging()
    {
    }

    /// <summary>There is one page.</summary>
    public static Paging None { get; } = new OnePage();

    /// <summary>By the header <c>Link: &lt;address&gt;; rel="next"</c> (RFC 8288); a page without one is the last.</summary>
    public static Paging LinkHeader { get; } = new ByLinkHeader();

    /// <summary>By the next page's address in the page; a page without one, or with null or an empty text, is the last.</summary>
    /// <param name="path">The names of the members that lead to it, with slashes between, such as <c>_links/next/href</c>.</param>
    /// <param name="required">
    /// Whether each page has that member, the last one with null or an empty text in it. True: a page without it, as where the path is misspelt, ends
    /// the run. False: it is the last, and no more is said. Null, the default, where that is not known: a first page without it is the only one, and a
    /// warning in the log says so.
    /// </param>
    public static Paging NextAddress(string path, bool? required = null) => new ByAddress(new PagingPath(Checked(path), required));

    /// <summary>By a text or number in the page that the next request hands back; a page without one, or with null or an empty text, is the last.</summary>
    /// <param name="path">The names of the members that lead to it, with slashes between, such as <c>meta/next_cursor</c>.</param>
    /// <param name="parameter">The parameter of the query that it is handed back in.</param>
    /// <param name="required">
    /// Whether each page has that member, the last one with null or an empty text in it. True: a page without it, as where the path is misspelt, ends
    /// the run. False: it is the last, and no more is said. Null, the default, where that is not known: a first page without it is the only one, and a
    /// warning in the log says so.
    /// </param>
    public static Paging Cursor(string path, string parameter, bool? required = null) => new ByCursor(new PagingPath(Checked(path), required), Checked(parameter));

    /// <summary>By the page's number in a parameter of the query, until a page has no rows.</summary>
    /// <param name="parameter">The parameter, such as <c>page</c>.</param>
    /// <param name="first">The first page's number, where the address does not say it.</param>
    public static Paging Number(string parameter, int first = 1) => new ByCount(Checked(parameter), first, countsRows: false);

    /// <summary>By the number of rows to pass over in a parameter of the query, until a page has no rows.</summary>
    /// <param name="parameter">The parameter, such as <c>offset</c>.</param>
    /// <param name="first">The first row's number, where the address does not say it.</param>
    public static Paging Offset(string parameter, int first = 0) => new ByCount(Checked(parameter), first, countsRows: true);

    /// <summary>The path to what leads to the next page; null where it is found in another way.</summary>
    internal virtual PagingPath? Path => null;

    /// <summary>The first page's address, completed.</summary>
    internal virtual Uri First(Uri address) => address;

    /// <summary>The next page's address; null where there is none.</summary>
    /// <param name="page">The page.</param>
    /// <param name="number">Its number, from 1.</param>
    /// <param name="rows">How many rows it has.</param>
    /// <param name="rowsSoFar">How many it and those before it have.</param>
    internal abstract Uri? Next(HttpPage page, int number, int rows, long rowsSoFar);

    private static string Checked(string text)
    {
        ArgumentException.ThrowIfNullOrEmpty(text);
        return text;
    }

    private sealed class OnePage : Paging
    {
        internal override Uri? Next(HttpPage page, int number, int rows, long rowsSoFar) => null;
    }

    private sealed class ByLinkHeader : Paging
    {
        internal override Uri? Next(HttpPage page, int number, int rows, long rowsSoFar) =>
            LinkHeaders.Find(page.Links, "next") is { } next ? PageAddress.Resolve(page.Address, next) : null;
    }

    private sealed class ByAddress(PagingPath path) : Paging
    {
        internal override PagingPath? Path => path;

        internal override Uri? Next(HttpPage page, int number, int rows, long rowsSoFar) => page.Find(path.Text) switch
        {
            { ValueKind: JsonValueKind.String } next when next.GetString() is { Length: > 0 } text => PageAddress.Resolve(page.Address, text),
            { ValueKind: JsonValueKind.String or JsonValueKind.Null or JsonValueKind.False or JsonValueKind.Undefined } => null,
            var other => throw new JsonException($"{path.Text} is no address but {other.ValueKind}"),
        };
    }

    private sealed class ByCursor(PagingPath path, string parameter) : Paging
    {
        internal override PagingPath? Path => path;

        internal override Uri? Next(HttpPage page, int number, int rows, long rowsSoFar) => page.Find(path.Text) switch
        {
            { ValueKind: JsonValueKind.String } next when next.GetString() is { Length: > 0 } text => PageAddress.With(page.Requested, parameter, text),
            { ValueKind: JsonValueKind.Number } next => PageAddress.With(page.Requested, parameter, next.GetRawText()),
            { ValueKind: JsonValueKind.String or JsonValueKind.Null or JsonValueKind.False or JsonValueKind.Undefined } => null,
            var other => throw new JsonException($"{path.Text} is neither text nor number but {other.ValueKind}"),
        };
    }

    private sealed class ByCount(string parameter, int first, bool countsRows) : Paging
    {
        internal override Uri First(Uri address) => PageAddress.NumberOf(address, parameter) is null ? With(address, first) : address;

        internal override Uri? Next(HttpPage page, int number, int rows, long rowsSoFar) => rows == 0
            ? null
            : With(page.Requested, (PageAddress.NumberOf(page.Requested, parameter) ?? first) + (countsRows ? rows : 1));

        private Uri With(Uri address, long number) => PageAddress.With(address, parameter, number.ToString(CultureInfo.InvariantCulture));
    }
}
