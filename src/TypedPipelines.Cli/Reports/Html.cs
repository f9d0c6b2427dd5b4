using System.Net;
using System.Text;
using TypedPipelines.Cli.Rendering;

namespace TypedPipelines.Cli.Reports;

/// <summary>Writes a page. Text goes in by methods that escape it, and markup by those that say so.</summary>
internal sealed class Html
{
    private readonly StringBuilder _page = new();

    internal static string Text(string? text) => WebUtility.HtmlEncode(Visible.Of(text));

    internal Html Markup(string markup)
    {
        _page.Append(markup);
        return this;
    }

    internal Html Element(string name, string? text, string? className = null)
    {
        _page.Append('<').Append(name);
        if (className is not null)
        {
            _page.Append(" class=\"").Append(className).Append('"');
        }

        _page.Append('>').Append(Text(text)).Append("</").Append(name).Append(">\n");
        return this;
    }

    /// <summary>A table; columns whose heading begins with <c>&gt;</c> stand on the right.</summary>
    internal Html Table(IReadOnlyList<string> headings, IEnumerable<IReadOnlyList<string?>> rows)
    {
        _page.Append("<div class=\"wide\"><table><thead><tr>");
        foreach (string heading in headings)
        {
            _page.Append(heading.StartsWith('>') ? "<th class=\"n\">" : "<th>").Append(Text(heading.TrimStart('>'))).Append("</th>");
        }

        _page.Append("</tr></thead><tbody>\n");
        foreach (IReadOnlyList<string?> row in rows)
        {
            _page.Append("<tr>");
            for (int i = 0; i < row.Count; i++)
            {
                _page.Append(headings[i].StartsWith('>') ? "<td class=\"n\">" : "<td>").Append(Text(row[i])).Append("</td>");
            }

            _page.Append("</tr>\n");
        }

        _page.Append("</tbody></table></div>\n");
        return this;
    }

    public override string ToString() => _page.ToString();
}
