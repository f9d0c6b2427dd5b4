using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TypedPipelines.Analyzers.Reruns;

/// <summary>
/// What a condition of one member says of rows: that one has been looked for and is there, or is not. Told by syntax, so that members which are not
/// bound now can be asked, too. Which way round it is said decides: <c>if (found == null) insert</c> is a guard, <c>if (rows == null) return</c> is none.
/// </summary>
internal sealed class Presence(SyntaxNode member)
{
    // bool isNew = known == null; bool skip = !isNew: more steps than that and it is no longer obvious.
    private const int Deepest = 3;

    private static readonly Regex Asking = new(
        "^(Any|Exist|First|Single|Last|Find|Count|LongCount|Contains|TryGet|Get|Query|Execute|Load|Lookup|Fetch|Select|Max|Min|Read|ElementAt|Head|Where|ToDictionary|ToHashSet|ToList|ToLookup|Update|SaveChanges|Retrieve|Search|Peek|Resolve)", RegexOptions.CultureInvariant);

    private static readonly Regex Tells = new("^(Any|AnyAsync|Contains|ContainsKey|ContainsAsync|Exists|TryGet.*|TryFind.*)$|Exist|Already|Duplicate|^(Is|Was|Has|Has.*Been|Are)(Known|Loaded|Processed|Imported|Seen|Stored|Present|Applied|Inserted|Synced|Recorded|Handled)", RegexOptions.CultureInvariant);

    private static readonly Regex NamedKnown = new("exist|already|duplicate|isKnown|known$|alreadyLoaded|wasLoaded|isLoaded|wasProcessed|isProcessed|isImported|inDb|inDatabase|^found|isFound|present", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);

    private static readonly Regex NamedNew = new("^(is)?New$|^isNew|^(is)?Missing|notFound", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);

    /// <summary>What is asked before anything is written, but is no row: what is wrong with the input, columns, the command line.</summary>
    private static readonly Regex NoRows = new("error|invalid|valid|fail|problem|cancel|column|header|args|option|setting|config|permission|claim|role", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);

    private Dictionary<string, List<ExpressionSyntax>>? _given;

    /// <summary>Whether a condition holds only where a row is there that was looked for (<paramref name="isThere"/>), or only where none is.</summary>
    public bool Says(ExpressionSyntax condition, bool isThere, int depth = 0) => condition switch
    {
        ParenthesizedExpressionSyntax inner => Says(inner.Expression, isThere, depth),
        AwaitExpressionSyntax awaited => Says(awaited.Expression, isThere, depth),
        PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression } not => Says(not.Operand, !isThere, depth),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalAndExpression or (int)SyntaxKind.LogicalOrExpression } both => Says(both.Left, isThere, depth) || Says(both.Right, isThere, depth),
        BinaryExpressionSyntax comparison => Compares(comparison) is var (asked, saysThere) && saysThere == isThere && IsAsked(asked),
        IsPatternExpressionSyntax pattern => PatternSaysThere(pattern.Pattern) is { } saysThere && saysThere == isThere && IsAsked(pattern.Expression),
        InvocationExpressionSyntax call => CallSaysThere(call) is { } saysThere && saysThere == isThere,
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "HasRows" or "IsSome" } => isThere,
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "IsNone" } => !isThere,
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "HasValue" } has => isThere && IsAsked(has.Expression),
        IdentifierNameSyntax { Identifier.ValueText: var name } => Named(name, isThere, depth),
        _ => false,
    };

    /// <summary>Whether a value comes from asking what is there, rather than being what is to be written.</summary>
    public bool IsAsked(ExpressionSyntax value, int depth = 0)
    {
        if (NoRows.IsMatch(RootOf(value)))
        {
            return false;
        }

        foreach (SyntaxNode node in value.DescendantNodesAndSelf())
        {
            switch (node)
            {
                case InvocationExpressionSyntax call when NameOf(call) is { } name && Asking.IsMatch(name):
                    return true;
                case ElementAccessExpressionSyntax when node == value:
                    return true;
                case IdentifierNameSyntax { Identifier.ValueText: var name } when depth < Deepest && ValuesOf(name).Any(given => given != value && IsAsked(given, depth + 1)):
                    return true;
            }
        }

        return value is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Id" or "ID" } || (depth == 0 && value is IdentifierNameSyntax { Identifier.ValueText: var local } && NamedKnown.IsMatch(local));
    }

    /// <summary>What a local of the member is given, by name.</summary>
    public IReadOnlyList<ExpressionSyntax> ValuesOf(string local)
    {
        if (_given is null)
        {
            _given = new Dictionary<string, List<ExpressionSyntax>>(StringComparer.Ordinal);
            foreach (SyntaxNode node in member.DescendantNodes())
            {
                switch (node)
                {
                    case VariableDeclaratorSyntax { Initializer.Value: var value } variable:
                        Note(variable.Identifier.ValueText, value);
                        break;
                    case AssignmentExpressionSyntax { Left: IdentifierNameSyntax target, Right: var value }:
                        Note(target.Identifier.ValueText, value);
                        break;
                    case DeclarationExpressionSyntax { Designation: SingleVariableDesignationSyntax { Identifier.ValueText: var name } } when node.FirstAncestorOrSelf<InvocationExpressionSyntax>() is { } call:
                        Note(name, call);
                        break;
                }
            }
        }

        return _given.TryGetValue(local, out List<ExpressionSyntax>? values) ? values : [];
    }

    /// <summary>The name of what is called; null where it is called by none.</summary>
    public static string? NameOf(InvocationExpressionSyntax call) => call.Expression switch
    {
        SimpleNameSyntax name => name.Identifier.ValueText,
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: var name } => name,
        MemberBindingExpressionSyntax { Name.Identifier.ValueText: var name } => name,
        _ => null,
    };

    /// <summary>The name that a chain of calls and members begins with.</summary>
    public static string RootOf(ExpressionSyntax expression) => expression switch
    {
        InvocationExpressionSyntax call => RootOf(call.Expression),
        MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax, Name.Identifier.ValueText: var name } => name,
        MemberAccessExpressionSyntax access => RootOf(access.Expression),
        ElementAccessExpressionSyntax element => RootOf(element.Expression),
        ConditionalAccessExpressionSyntax access => RootOf(access.Expression),
        ParenthesizedExpressionSyntax inner => RootOf(inner.Expression),
        AwaitExpressionSyntax awaited => RootOf(awaited.Expression),
        PostfixUnaryExpressionSyntax postfix => RootOf(postfix.Operand),
        CastExpressionSyntax cast => RootOf(cast.Expression),
        IdentifierNameSyntax name => name.Identifier.ValueText,
        _ => "",
    };

    private void Note(string name, ExpressionSyntax value)
    {
        if (!_given!.TryGetValue(name, out List<ExpressionSyntax>? values))
        {
            _given.Add(name, values = []);
        }

        values.Add(value);
    }

    private bool Named(string name, bool isThere, int depth)
    {
        IReadOnlyList<ExpressionSyntax> values = ValuesOf(name);
        return (depth < Deepest && values.Any(value => Says(value, isThere, depth + 1)))
            || (isThere ? NamedKnown.IsMatch(name) : NamedNew.IsMatch(name) && values.Count > 0);
    }

    /// <summary><c>row == null</c>, <c>count > 0</c>: what is compared, and whether it holds where something is there.</summary>
    private static (ExpressionSyntax Asked, bool SaysThere)? Compares(BinaryExpressionSyntax comparison)
    {
        (ExpressionSyntax asked, ExpressionSyntax with, SyntaxKind kind) = comparison.Left is LiteralExpressionSyntax
            ? (comparison.Right, comparison.Left, Turned(comparison.Kind()))
            : (comparison.Left, comparison.Right, comparison.Kind());
        string text = with.ToString();
        if (text is "null" or "default" or "DBNull.Value" or "Guid.Empty")
        {
            return kind == SyntaxKind.EqualsExpression ? (asked, false) : kind == SyntaxKind.NotEqualsExpression ? (asked, true) : null;
        }

        return (text.TrimEnd('L', 'l', 'U', 'u'), kind) switch
        {
            ("0", SyntaxKind.EqualsExpression or SyntaxKind.LessThanOrEqualExpression) or ("1", SyntaxKind.LessThanExpression) or ("-1", SyntaxKind.EqualsExpression) or ("0", SyntaxKind.LessThanExpression) => (asked, false),
            ("0", SyntaxKind.NotEqualsExpression or SyntaxKind.GreaterThanExpression) or ("1", SyntaxKind.GreaterThanOrEqualExpression or SyntaxKind.EqualsExpression) => (asked, true),
            _ => null,
        };
    }

    private static SyntaxKind Turned(SyntaxKind kind) => kind switch
    {
        SyntaxKind.LessThanExpression => SyntaxKind.GreaterThanExpression,
        SyntaxKind.GreaterThanExpression => SyntaxKind.LessThanExpression,
        SyntaxKind.LessThanOrEqualExpression => SyntaxKind.GreaterThanOrEqualExpression,
        SyntaxKind.GreaterThanOrEqualExpression => SyntaxKind.LessThanOrEqualExpression,
        _ => kind,
    };

    private static bool? PatternSaysThere(PatternSyntax pattern) => pattern switch
    {
        ConstantPatternSyntax { Expression: LiteralExpressionSyntax { RawKind: (int)SyntaxKind.NullLiteralExpression } } => false,
        ConstantPatternSyntax { Expression: LiteralExpressionSyntax { Token.ValueText: "0" } } => false,
        UnaryPatternSyntax not => !PatternSaysThere(not.Pattern),
        RecursivePatternSyntax or DeclarationPatternSyntax => true,
        RelationalPatternSyntax { OperatorToken.RawKind: (int)SyntaxKind.GreaterThanToken, Expression: LiteralExpressionSyntax { Token.ValueText: "0" } } => true,
        _ => null,
    };

    private bool? CallSaysThere(InvocationExpressionSyntax call)
    {
        string? name = NameOf(call);
        string root = RootOf(call.Expression);
        if (name is null || NoRows.IsMatch(root))
        {
            return null;
        }

        // known.All(row => row.Name != name)
        if (name == "All" && call.ArgumentList.Arguments.FirstOrDefault()?.Expression is LambdaExpressionSyntax { ExpressionBody: BinaryExpressionSyntax { RawKind: (int)SyntaxKind.NotEqualsExpression } })
        {
            return false;
        }

        if (name is "IsNullOrEmpty" or "IsNullOrWhiteSpace" && call.ArgumentList.Arguments.FirstOrDefault()?.Expression is { } text)
        {
            return IsAsked(text) ? false : null;
        }

        // A text is searched for another one, or what the run itself has collected for what is double in it.
        bool isOfText = name == "Contains" && (call.ArgumentList.Arguments.FirstOrDefault()?.Expression is LiteralExpressionSyntax || IsOneOfMany(call, root));
        return Tells.IsMatch(name) && !isOfText && !IsOfRun(root) ? true : null;
    }

    /// <summary>Whether a name is that of what a loop or a lambda is given, which is a line more often than a list.</summary>
    private static bool IsOneOfMany(SyntaxNode use, string name) => use.Ancestors().Any(node => node switch
    {
        ForEachStatementSyntax loop => loop.Identifier.ValueText == name,
        SimpleLambdaExpressionSyntax lambda => lambda.Parameter.Identifier.ValueText == name,
        ParenthesizedLambdaExpressionSyntax lambda => lambda.ParameterList.Parameters.Any(parameter => parameter.Identifier.ValueText == name),
        _ => false,
    });

    /// <summary>Whether a name is a collection that the member makes empty, of what it has seen in this run.</summary>
    private bool IsOfRun(string name) => ValuesOf(name) is { Count: > 0 } values
        && values.All(static value => value is BaseObjectCreationExpressionSyntax { ArgumentList: null or { Arguments.Count: 0 }, Initializer: null } or CollectionExpressionSyntax { Elements.Count: 0 });
}
