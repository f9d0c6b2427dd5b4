using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TypedPipelines.Analyzers.Sql;
using TypedPipelines.Compilation.Sql;

namespace TypedPipelines.Analyzers.Reruns;

/// <summary>
/// What other members of a class do for one that inserts: one empties the table as a whole, so that the two are a reload; or the member is private,
/// and whoever calls it has looked before. Told by syntax, since the other members are not bound when one of them is looked at, and only where
/// there is an insert to speak of.
/// </summary>
internal static class ClassGuards
{
    private static readonly Regex Emptying = new("^(Delete|Clear|Remove|Truncate|Purge|Wipe|Empty)(All|Table|Async|Data|Staging|$)|^(Truncate|Wipe)|^DeleteAll|^ClearAll", RegexOptions.CultureInvariant);

    private static readonly Regex Clearing = new("^(Delete|Truncate|Purge|Wipe|ExecuteDelete|RemoveRange|RemoveAll|Clear[A-Z])", RegexOptions.CultureInvariant);

    private static readonly Regex Asking = new("^(Any|All|Exist|First|Single|Find|Count|Contains|Has|Is|TryGet|Get|Query|ExecuteScalar|Check|Was|Lookup|Load)", RegexOptions.CultureInvariant);

    private static readonly Regex OfDatabase = new("context|ctx|db|repo|store|connection|conn\\b|dao|session|unitofwork|uow|table|cache", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);

    /// <summary>Whether another member protects the insert.</summary>
    /// <param name="member">The member that inserts.</param>
    /// <param name="names">What the table goes by: its own name, that of the entity, that of its set.</param>
    public static bool Protect(ISymbol member, IReadOnlyCollection<string> names) =>
        member.ContainingType is { } type && (IsEmptied(type, names) || (member is IMethodSymbol { DeclaredAccessibility: Accessibility.Private, MethodKind: MethodKind.Ordinary } && IsGuardedByCallers(type, member.Name)));

    /// <summary>Whether a method of the class, called before the insert, clears rows of the same table: <c>await ClearPricesAsync(symbol)</c>.</summary>
    public static bool IsClearedBefore(SyntaxNode insert, ISymbol member, IReadOnlyCollection<string> names) =>
        member.ContainingType is { } type && LookedFor.IsCleared(insert, name => type.GetMembers(name).Any(cleared => cleared.DeclaringSyntaxReferences.Any(reference => Speaks(reference.GetSyntax(), names))));

    private static bool Speaks(SyntaxNode declaration, IReadOnlyCollection<string> names) => declaration.DescendantTokens().Any(token =>
        token.IsKind(SyntaxKind.IdentifierToken) ? IsOneOf(token.ValueText, names) : token.Value is string text && names.Any(name => text.IndexOf(name, StringComparison.OrdinalIgnoreCase) >= 0));

    private static bool IsEmptied(INamedTypeSymbol type, IReadOnlyCollection<string> names) =>
        names.Count > 0 && type.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax().DescendantNodes().Any(node => node switch
        {
            LiteralExpressionSyntax { Token: { Value: string text } } => Empties(text, names),
            InterpolatedStringTextSyntax { TextToken.ValueText: var text } => Empties(text, names),
            InvocationExpressionSyntax call => Empties(call, names),
            MethodDeclarationSyntax method => Empties(method, names),
            _ => false,
        }));

    /// <summary><c>truncate table t</c>, <c>delete from t</c> without a condition.</summary>
    private static bool Empties(string text, IReadOnlyCollection<string> names)
    {
        if (text.IndexOf("truncate", StringComparison.OrdinalIgnoreCase) < 0 && text.IndexOf("delete", StringComparison.OrdinalIgnoreCase) < 0)
        {
            return false;
        }

        IReadOnlyList<SqlToken> tokens = SqlLexer.Read(text, backslashEscapes: false);
        for (int i = 0; i < tokens.Count; i++)
        {
            if (tokens[i].Is("truncate") && SqlName.Read(tokens, i + (tokens.WordAt(i + 1, "table") ? 2 : 1)) is { } truncated && IsOneOf(truncated, names))
            {
                return true;
            }
        }

        return TableStatement.Deletes(tokens).Any(delete => IsOneOf(delete.Table, names) && !Enumerable.Range(delete.Start, delete.End - delete.Start).Any(at => tokens[at].Is("where") || tokens[at].Is("join")));
    }

    /// <summary><c>RemoveRange(context.Orders)</c>, <c>context.Orders.ExecuteDelete()</c>, <c>DeleteAll&lt;Order&gt;()</c>.</summary>
    private static bool Empties(InvocationExpressionSyntax call, IReadOnlyCollection<string> names)
    {
        ExpressionSyntax called = call.Expression;
        SimpleNameSyntax? name = called is MemberAccessExpressionSyntax access ? access.Name : called as SimpleNameSyntax;
        return name switch
        {
            GenericNameSyntax { TypeArgumentList.Arguments: { Count: 1 } of } generic => Clearing.IsMatch(generic.Identifier.ValueText) && IsOneOf(of[0].ToString(), names),
            { Identifier.ValueText: "ExecuteDelete" or "ExecuteDeleteAsync" } => IsSet(((called as MemberAccessExpressionSyntax)?.Expression), names),
            { Identifier.ValueText: "RemoveRange" } => call.ArgumentList.Arguments.Count == 1 && IsSet(call.ArgumentList.Arguments[0].Expression, names),
            _ => false,
        };
    }

    private static bool IsSet(ExpressionSyntax? expression, IReadOnlyCollection<string> names) => expression switch
    {
        MemberAccessExpressionSyntax { Name: SimpleNameSyntax { Identifier.ValueText: var name } } => IsOneOf(name, names),
        IdentifierNameSyntax { Identifier.ValueText: var name } => IsOneOf(name, names),
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: var of, Name.Identifier.ValueText: "ToList" or "ToArray" or "AsEnumerable" } } => IsSet(of, names),
        _ => false,
    };

    /// <summary><c>Task DeleteAllAsync()</c>, which speaks of the table.</summary>
    private static bool Empties(MethodDeclarationSyntax method, IReadOnlyCollection<string> names) =>
        Emptying.IsMatch(method.Identifier.ValueText)
        && method.ParameterList.Parameters.All(static parameter => parameter.Type?.ToString() == "CancellationToken")
        && method.DescendantTokens().Any(token => token.IsKind(SyntaxKind.IdentifierToken) && IsOneOf(token.ValueText, names));

    private static bool IsGuardedByCallers(INamedTypeSymbol type, string method)
    {
        bool isCalled = false;
        foreach (InvocationExpressionSyntax call in type.DeclaringSyntaxReferences.SelectMany(static reference => reference.GetSyntax().DescendantNodes()).OfType<InvocationExpressionSyntax>())
        {
            if (Presence.NameOf(call) != method)
            {
                continue;
            }

            isCalled = true;
            if (!IsGuarded(call))
            {
                return false;
            }
        }

        return isCalled;
    }

    /// <summary>Whether what stands before a call, in its member, clears rows, or asks the database and then decides whether the call is made.</summary>
    private static bool IsGuarded(InvocationExpressionSyntax call)
    {
        SyntaxNode? member = call.Ancestors().FirstOrDefault(static node => node is BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or LocalFunctionStatementSyntax);
        if (member is null)
        {
            return false;
        }

        var given = new HashSet<string>(call.ArgumentList.DescendantNodes().OfType<IdentifierNameSyntax>().Select(static name => name.Identifier.ValueText));
        bool decides = call.Ancestors().TakeWhile(node => node != member).Any(static node => node is IfStatementSyntax or ConditionalExpressionSyntax or SwitchSectionSyntax or SwitchExpressionArmSyntax);
        bool asks = false;
        foreach (SyntaxNode node in member.DescendantNodes())
        {
            if (node.SpanStart >= call.SpanStart)
            {
                break;
            }

            switch (node)
            {
                case IfStatementSyntax { Statement: var then } when then.DescendantNodesAndSelf().Any(static inner => inner is ReturnStatementSyntax or ContinueStatementSyntax or ThrowStatementSyntax):
                    decides = true;
                    break;
                case InvocationExpressionSyntax other when Presence.NameOf(other) is { } name && !other.Span.Contains(call.Span):
                    if (Clearing.IsMatch(name))
                    {
                        return true;
                    }

                    asks |= Asking.IsMatch(name) && (other.Parent is AwaitExpressionSyntax || OfDatabase.IsMatch(other.Expression.ToString())) && !given.Contains(RootOf(other));
                    break;
                case LiteralExpressionSyntax { Token: { Value: string text } } when text.IndexOf("delete from", StringComparison.OrdinalIgnoreCase) >= 0 || text.IndexOf("truncate ", StringComparison.OrdinalIgnoreCase) >= 0:
                    return true;
            }
        }

        return asks && decides;
    }

    private static string RootOf(ExpressionSyntax expression) => expression switch
    {
        InvocationExpressionSyntax call => RootOf(call.Expression),
        MemberAccessExpressionSyntax access => RootOf(access.Expression),
        IdentifierNameSyntax name => name.Identifier.ValueText,
        _ => "",
    };

    private static bool IsOneOf(string name, IReadOnlyCollection<string> names)
    {
        string last = name.Substring(name.LastIndexOf('.') + 1);
        return names.Contains(last, StringComparer.OrdinalIgnoreCase);
    }
}
