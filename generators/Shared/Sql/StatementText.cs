using System.Collections.Generic;
using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace TypedPipelines.Compilation.Sql;

/// <summary>The text of a SQL step's statement, with a mark for each hole, and the way from a place in it back to the source.</summary>
internal sealed class StatementText
{
    private readonly StringBuilder _text = new();
    private readonly List<(int Start, SyntaxToken Source)> _pieces = [];

    private StatementText()
    {
    }

    /// <summary>The expressions in its holes.</summary>
    public List<ExpressionSyntax> Holes { get; } = [];

    public string Text => _text.ToString();

    public static StatementText Of(SyntaxNode expression)
    {
        var text = new StatementText();
        text.Add(expression);
        return text;
    }

    /// <summary>What stands for a hole.</summary>
    public static string Mark(int hole) => SqlLexer.Hole + hole.ToString(CultureInfo.InvariantCulture) + SqlLexer.Hole;

    /// <summary>A part of the text with the expressions of its holes, so that two parts that say the same are the same.</summary>
    public string WithHoles(string part)
    {
        for (int i = 0; i < Holes.Count && part.IndexOf(SqlLexer.Hole) >= 0; i++)
        {
            part = part.Replace(Mark(i), "{" + Holes[i] + "}");
        }

        return part;
    }

    /// <summary>Where a part of the text is written; where that cannot be told, the piece of text between two holes that it begins in.</summary>
    public Location LocationOf(int start, int end)
    {
        int at = _pieces.FindLastIndex(piece => piece.Start <= start);
        if (at < 0)
        {
            return Location.None;
        }

        SyntaxToken source = _pieces[at].Source;
        return source.SyntaxTree is { } tree && Find(source, start - _pieces[at].Start, end - _pieces[at].Start) is { } span
            ? Location.Create(tree, span)
            : source.GetLocation();
    }

    private void Add(SyntaxNode expression)
    {
        switch (expression)
        {
            case BinaryExpressionSyntax sum:
                Add(sum.Left);
                Add(sum.Right);
                break;
            case ParenthesizedExpressionSyntax parenthesized:
                Add(parenthesized.Expression);
                break;
            case LiteralExpressionSyntax { Token: var token } when token.Value is string:
                _pieces.Add((_text.Length, token));
                _text.Append(token.ValueText);
                break;
            case InterpolatedStringExpressionSyntax interpolated:
                foreach (InterpolatedStringContentSyntax content in interpolated.Contents)
                {
                    Add(content);
                }

                break;
            case ExpressionSyntax other:
                _text.Append(Mark(Holes.Count));
                Holes.Add(other);
                break;
        }
    }

    private void Add(InterpolatedStringContentSyntax content)
    {
        switch (content)
        {
            case InterpolatedStringTextSyntax text:
                _pieces.Add((_text.Length, text.TextToken));
                _text.Append(text.TextToken.ValueText);
                break;
            case InterpolationSyntax hole:
                _text.Append(Mark(Holes.Count));
                Holes.Add(hole.Expression);
                break;
        }
    }

    /// <summary>
    /// Goes through the source and what it says side by side: a raw string's says its indentation not, and of a doubled brace one. Null
    /// where there is an escape in between.
    /// </summary>
    private static TextSpan? Find(SyntaxToken source, int start, int end)
    {
        string written = source.Text;
        string said = source.ValueText;
        int first = -1;
        int i = 0;
        for (int at = 0; i < said.Length && i < end; i++, at++)
        {
            while (at < written.Length && written[at] != said[i])
            {
                if (written[at] == '\\')
                {
                    return null;
                }

                at++;
            }

            if (i == start)
            {
                first = at;
            }

            if (i == end - 1 && first >= 0 && at < written.Length)
            {
                return TextSpan.FromBounds(source.SpanStart + first, source.SpanStart + at + 1);
            }
        }

        return null;
    }
}
