using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis.CSharp;

namespace TypedPipelines.Compilation.Emit;

/// <summary>Pieces of C# source.</summary>
internal static class Text
{
    public const string GeneratedCode = "[global::System.CodeDom.Compiler.GeneratedCode(\"TypedPipelines\", \"0.1\")]";

    /// <summary>Hides a type from other projects, which may see the internals of this one and have a type of that name, too.</summary>
    public const string Embedded = "[global::Microsoft.CodeAnalysis.Embedded]";

    public static string Literal(string? value) => value is null ? "null" : SymbolDisplay.FormatLiteral(value, quote: true);

    public static string Literal(bool value) => value ? "true" : "false";

    public static string Literal(double value) => value.ToString("R", CultureInfo.InvariantCulture) + "D";

    public static string Literal(int value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>A name as C# source writes it: a keyword gets its at sign, also one that is a keyword in some places only, as <c>await</c> is.</summary>
    public static string Identifier(string name) =>
        SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None || SyntaxFacts.GetContextualKeywordKind(name) != SyntaxKind.None ? "@" + name : name;

    /// <summary>A name as a local variable: camel case, never a keyword.</summary>
    public static string Camel(string name)
    {
        string camel = char.ToLowerInvariant(name[0]) + name.Substring(1);
        return Identifier(camel);
    }

    /// <summary>
    /// A text over several lines as a raw string literal, whose fence is longer than any run of quotes in it. A text with a
    /// control character or another kind of line end, which a raw literal cannot hold, is escaped instead.
    /// </summary>
    public static string Lines(string text)
    {
        int longest = 0;
        int run = 0;
        foreach (char c in text)
        {
            if ((char.IsControl(c) && c != '\n') || c is '\u2028' or '\u2029')
            {
                return Literal(text);
            }

            run = c == '"' ? run + 1 : 0;
            longest = run > longest ? run : longest;
        }

        string fence = new('"', longest < 3 ? 3 : longest + 1);
        return $"{fence}\n{text}\n{fence}";
    }

    /// <summary>A text as a comment shows it: on one line, whatever names it is made of.</summary>
    public static string Comment(string text)
    {
        var shown = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            if (i < text.Length - 1 && char.IsSurrogatePair(text[i], text[i + 1]))
            {
                shown.Append(text, i++, 2);
            }
            else
            {
                shown.Append(char.IsControl(text[i]) || text[i] is '\u2028' or '\u2029' ? ' ' : char.IsSurrogate(text[i]) || text[i] is '\uFFFE' or '\uFFFF' ? '\uFFFD' : text[i]);
            }
        }

        return shown.ToString();
    }

    /// <summary>A text as XML documentation shows it.</summary>
    public static string Xml(string text) => Comment(text).Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");
}
