using System.Globalization;
using System.Text;
using TypedPipelines.Cli.Rendering;

namespace TypedPipelines.Cli.RunBooks;

/// <summary>Text that came from code, as Markdown shows it: nothing in it is markup.</summary>
internal static class Markdown
{
    private const string Special = "\\`*_[]|~";

    /// <summary>A text within a paragraph or a cell.</summary>
    internal static string Text(string text)
    {
        var shown = new StringBuilder(text.Length + 8);
        foreach (char c in Visible.Of(text))
        {
            _ = c switch
            {
                '<' => shown.Append("&lt;"),
                '>' => shown.Append("&gt;"),
                '&' => shown.Append("&amp;"),
                _ when Special.Contains(c, StringComparison.Ordinal) || (shown.Length == 0 && c is '#' or '-' or '+' or '=') => shown.Append(CultureInfo.InvariantCulture, $"\\{c}"),
                _ => shown.Append(c),
            };
        }

        return shown.ToString();
    }

    /// <summary>A name in a paragraph or a cell, as it is typed.</summary>
    internal static string Code(string text)
    {
        string shown = Visible.Of(text).Replace("|", "\\|", StringComparison.Ordinal);
        int longest = 0;
        int run = 0;
        foreach (char c in shown)
        {
            run = c == '`' ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        string fence = new('`', longest + 1);
        return longest == 0 ? $"`{shown}`" : $"{fence} {shown} {fence}";
    }

    /// <summary>A heading with a place that links lead to, whatever a server makes of headings.</summary>
    internal static string Heading(int level, string place, string title) => $"<a id=\"{place}\"></a>\n\n{new string('#', level)} {title}\n\n";
}
