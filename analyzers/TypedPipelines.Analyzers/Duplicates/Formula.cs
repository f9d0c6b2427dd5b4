using System;
using System.Collections.Generic;
using System.Linq;

namespace TypedPipelines.Analyzers.Duplicates;

/// <summary>
/// A formula over columns, the same however it is written: operands in any order, names in any case, of code or of SQL.
/// </summary>
internal sealed class Formula
{
    private Formula(string text, ImmutableNames names, int operators, bool multiplies) => (Text, Names, Operators, Multiplies) = (text, names, operators, multiplies);

    /// <summary>What is computed, in one form.</summary>
    public string Text { get; }

    /// <summary>The columns that it is computed from.</summary>
    public ImmutableNames Names { get; }

    public int Operators { get; }

    /// <summary>Whether there is more to it than adding up.</summary>
    public bool Multiplies { get; }

    public static Formula Column(string name)
    {
        string known = NameOf(name);
        return new Formula(known, new ImmutableNames(known), 0, false);
    }

    public static Formula Number(decimal value) => new(value.ToString("G29", System.Globalization.CultureInfo.InvariantCulture), ImmutableNames.None, 0, false);

    public static Formula Sum(Formula left, Formula right) => Commutative('+', left, right, multiplies: false);

    public static Formula Difference(Formula left, Formula right) => Joined($"({left.Text}-{right.Text})", left, right, multiplies: false);

    public static Formula Product(Formula left, Formula right) => Commutative('*', left, right, multiplies: true);

    public static Formula Quotient(Formula left, Formula right) => Joined($"({left.Text}/{right.Text})", left, right, multiplies: true);

    public static Formula Negative(Formula of) => new($"(-{of.Text})", of.Names, of.Operators, of.Multiplies);

    public static Formula Call(string function, IReadOnlyList<Formula> arguments) => new(
        $"{NameOf(function)}({string.Join(",", arguments.Select(static argument => argument.Text))})",
        arguments.Aggregate(ImmutableNames.None, static (names, argument) => names.With(argument.Names)),
        arguments.Sum(static argument => argument.Operators),
        arguments.Any(static argument => argument.Multiplies));

    /// <summary>A name as both code and SQL have it: <c>unit_price</c> and <c>UnitPrice</c> are one.</summary>
    public static string NameOf(string name) => name.Replace("_", "").ToLowerInvariant();

    private static Formula Commutative(char op, Formula left, Formula right, bool multiplies)
    {
        // (a*b)*c is a*b*c: the operands of one chain are put in order.
        var operands = new List<string>();
        Flatten(left, op, operands);
        Flatten(right, op, operands);
        operands.Sort(StringComparer.Ordinal);
        return Joined($"({string.Join(op.ToString(), operands)})", left, right, multiplies);
    }

    private static void Flatten(Formula formula, char op, List<string> operands)
    {
        if (formula.Text.Length > 2 && formula.Text[0] == '(' && Split(formula.Text, op) is { Count: > 1 } parts)
        {
            operands.AddRange(parts);
        }
        else
        {
            operands.Add(formula.Text);
        }
    }

    /// <summary>The operands of a chain in parentheses, where that is what the text is.</summary>
    private static List<string>? Split(string text, char op)
    {
        var parts = new List<string>();
        int depth = 0;
        int start = 1;
        for (int i = 1; i < text.Length - 1; i++)
        {
            depth += text[i] == '(' ? 1 : text[i] == ')' ? -1 : 0;
            if (depth < 0)
            {
                return null;
            }

            if (depth == 0 && text[i] == op)
            {
                parts.Add(text.Substring(start, i - start));
                start = i + 1;
            }
            else if (depth == 0 && text[i] is '+' or '-' or '*' or '/' && text[i] != op)
            {
                return null;
            }
        }

        parts.Add(text.Substring(start, text.Length - 1 - start));
        return parts;
    }

    private static Formula Joined(string text, Formula left, Formula right, bool multiplies) =>
        new(text, left.Names.With(right.Names), left.Operators + right.Operators + 1, multiplies || left.Multiplies || right.Multiplies);

    /// <summary>A set of names.</summary>
    internal sealed class ImmutableNames(params string[] names)
    {
        public static readonly ImmutableNames None = new();

        private readonly string[] _names = names;

        public int Count => _names.Length;

        public ImmutableNames With(ImmutableNames others) => new([.. _names.Union(others._names, StringComparer.Ordinal)]);

        public int SharedWith(ImmutableNames others) => _names.Intersect(others._names, StringComparer.Ordinal).Count();
    }
}
