using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TypedPipelines.CodeFixes;

/// <summary>An interpolated text of SQL in which values have become parameters.</summary>
internal sealed class ParameterText
{
    private ParameterText(ExpressionSyntax text, IReadOnlyList<(string Name, ExpressionSyntax Value)> parameters) => (Text, Parameters) = (text, parameters);

    public ExpressionSyntax Text { get; }

    public IReadOnlyList<(string Name, ExpressionSyntax Value)> Parameters { get; }

    /// <summary>The text with these holes as parameters; null where one of them is a part of a longer text, is formatted, or has no name.</summary>
    public static ParameterText? Of(InterpolatedStringExpressionSyntax text, IReadOnlyList<InterpolationSyntax> holes)
    {
        InterpolatedStringContentSyntax[] contents = [.. text.Contents];
        string all = text.ToString();
        var pieces = contents.Select(static content => content.ToString()).ToArray();
        var parameters = new List<(string Name, ExpressionSyntax Value)>();
        foreach (InterpolationSyntax hole in holes)
        {
            int at = Array.IndexOf(contents, hole);
            if (at < 0 || hole.FormatClause is not null || hole.AlignmentClause is not null || NameOf(hole.Expression) is not { } name)
            {
                return null;
            }

            string before = at > 0 ? pieces[at - 1] : "", behind = at + 1 < pieces.Length ? pieces[at + 1] : "";
            bool isQuoted = before.EndsWith("'", StringComparison.Ordinal) && behind.StartsWith("'", StringComparison.Ordinal);
            bool isPlain = !isQuoted && Quotes(pieces.Take(at)) % 2 == 0;
            if (!isQuoted && !isPlain)
            {
                return null;
            }

            string unique = name;
            for (int i = 2; parameters.Exists(other => other.Name == unique && other.Value.ToString() != hole.Expression.ToString()) || all.Contains("@" + unique); i++)
            {
                unique = name + i;
            }

            if (!parameters.Exists(other => other.Name == unique))
            {
                parameters.Add((unique, hole.Expression));
            }

            pieces[at] = "@" + unique;
            if (isQuoted)
            {
                pieces[at - 1] = before.Substring(0, before.Length - 1);
                pieces[at + 1] = behind.Substring(1);
            }
        }

        string inside = string.Concat(pieces);
        string start = text.StringStartToken.Text, end = text.StringEndToken.Text;
        bool isPlainText = !contents.OfType<InterpolationSyntax>().Except(holes).Any() && !inside.Contains("{") && !inside.Contains("}");
        ExpressionSyntax made = SyntaxFactory.ParseExpression((isPlainText ? start.Replace("$", "") : start) + inside + end);
        return made.ContainsDiagnostics ? null : new ParameterText(made.WithTriviaFrom(text), parameters);
    }

    private static int Quotes(IEnumerable<string> pieces) => pieces.Sum(static piece => piece.Count(static c => c == '\''));

    private static string? NameOf(ExpressionSyntax value) => value switch
    {
        IdentifierNameSyntax name => name.Identifier.ValueText,
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: { Length: > 0 } name } => char.ToLowerInvariant(name[0]) + name.Substring(1),
        _ => null,
    };
}
