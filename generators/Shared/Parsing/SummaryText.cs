using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;

namespace TypedPipelines.Compilation.Parsing;

/// <summary>
/// The summary of a type or member as it stands in its source. Read from the comment's text: whether the compiler parses documentation is a setting, and what a check means
/// must not depend on it.
/// </summary>
internal static class SummaryText
{
    private static readonly Regex Summary = new("<summary>(.*?)</summary>", RegexOptions.Singleline | RegexOptions.CultureInvariant);
    private static readonly Regex Remarks = new("<remarks>(.*?)</remarks>", RegexOptions.Singleline | RegexOptions.CultureInvariant);
    private static readonly Regex Reference = new("""<(?:see|paramref|typeparamref)\s+\w+="(?:\w:)?([^"]*)"\s*/>""", RegexOptions.CultureInvariant);
    private static readonly Regex Tag = new("<[^>]*>", RegexOptions.CultureInvariant);
    private static readonly Regex Space = new(@"\s+", RegexOptions.CultureInvariant);

    public static string? Of(ISymbol symbol) => Of(symbol, Summary);

    /// <summary>Its remarks.</summary>
    public static string? RemarksOf(ISymbol symbol) => Of(symbol, Remarks);

    private static string? Of(ISymbol symbol, Regex tag)
    {
        IEnumerable<string> comments = symbol.DeclaringSyntaxReferences.Select(static declared => declared.GetSyntax().GetLeadingTrivia().ToFullString());
        foreach (string comment in comments)
        {
            string text = string.Join("\n", comment.Split('\n').Select(static line => line.Trim()).Where(static line => line.StartsWith("///", System.StringComparison.Ordinal)).Select(static line => line.Substring(3)));
            if (tag.Match(text) is { Success: true } found)
            {
                string plain = Tag.Replace(Reference.Replace(found.Groups[1].Value, "$1"), "");
                return Space.Replace(plain.Replace("&lt;", "<").Replace("&gt;", ">").Replace("&amp;", "&"), " ").Trim() is { Length: > 0 } words ? words : null;
            }
        }

        return null;
    }
}
