using System;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TypedPipelines.Analyzers.SqlSteps;
using TypedPipelines.Compilation.Sql;

namespace TypedPipelines.Analyzers.Duplicates;

/// <summary>Tells strings that are SQL from others, by how they begin.</summary>
internal static class SqlStrings
{
    private const int ShortestStatement = 40;

    private static readonly string[] Beginnings = ["select", "with", "insert", "update", "delete", "merge"];

    /// <summary>The statement that begins with a string; null where none does. One that is put together from several strings begins with its first.</summary>
    public static StatementText? StatementAt(SyntaxNode text)
    {
        SyntaxNode whole = text;
        while (whole.Parent is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } sum)
        {
            if (sum.Left != whole)
            {
                return null;
            }

            whole = sum;
        }

        if (whole.Span.Length < ShortestStatement || whole.Parent is AttributeArgumentSyntax || !BeginsAsSql(text))
        {
            return null;
        }

        StatementText statement = StatementText.Of(whole);
        return IsStatement(statement.Text.TrimStart()) ? statement : null;
    }

    /// <summary>A letter begins "with best regards" and has a "from", too.</summary>
    private static bool IsStatement(string text)
    {
        bool Has(string word) => text.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0;
        return char.ToUpperInvariant(text[0]) switch
        {
            'W' => Has(" as") && Has("(") && Has("select"),
            'I' or 'M' => Has("into"),
            'U' => Has("set") && Has("="),
            _ => Has("from"),
        };
    }

    private static bool BeginsAsSql(SyntaxNode text)
    {
        string first = text switch
        {
            LiteralExpressionSyntax literal => literal.Token.ValueText,
            InterpolatedStringExpressionSyntax { Contents.Count: > 0 } interpolated when interpolated.Contents[0] is InterpolatedStringTextSyntax content => content.TextToken.ValueText,
            _ => "",
        };
        int at = 0;
        while (at < first.Length && char.IsWhiteSpace(first[at]))
        {
            at++;
        }

        foreach (string beginning in Beginnings)
        {
            if (string.Compare(first, at, beginning, 0, beginning.Length, StringComparison.OrdinalIgnoreCase) == 0)
            {
                int next = at + beginning.Length;
                return next < first.Length && char.IsWhiteSpace(first[next]);
            }
        }

        return false;
    }
}
