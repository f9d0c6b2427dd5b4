using System.Linq;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TypedPipelines.Compilation.Sql;

namespace TypedPipelines.Analyzers.Sql;

/// <summary>
/// The text that a field, a property or a method of the project gives, wherever it stands: read off its syntax, so that no other file has to be
/// bound for it.
/// </summary>
internal static class MemberText
{
    private const int Deepest = 6;

    /// <summary>The text; null where the member may give another each time, or nothing is known of it.</summary>
    public static string? Of(ISymbol member, int depth = 0) =>
        depth < Deepest && !member.IsVirtual && !member.IsAbstract && member.DeclaringSyntaxReferences.Length == 1
        && ExpressionOf(member, member.DeclaringSyntaxReferences[0].GetSyntax()) is { } expression
            ? (expression is InvocationExpressionSyntax call ? SqlFiles.TextOf(call, member) : null) ?? Read(expression, member.ContainingType, depth)
            : null;

    private static ExpressionSyntax? ExpressionOf(ISymbol member, SyntaxNode declaration) => (member, declaration) switch
    {
        (IFieldSymbol { IsReadOnly: true }, VariableDeclaratorSyntax variable) => variable.Initializer?.Value,
        (IPropertySymbol { SetMethod: null or { IsInitOnly: true } }, PropertyDeclarationSyntax property) => property.ExpressionBody?.Expression ?? property.Initializer?.Value ?? Getter(property),
        (IMethodSymbol { MethodKind: MethodKind.Ordinary }, MethodDeclarationSyntax method) => method.ExpressionBody?.Expression ?? Returned(method.Body),
        (IMethodSymbol { MethodKind: MethodKind.LocalFunction }, LocalFunctionStatementSyntax function) => function.ExpressionBody?.Expression ?? Returned(function.Body),
        _ => null,
    };

    private static ExpressionSyntax? Getter(PropertyDeclarationSyntax property) =>
        property.AccessorList?.Accessors.FirstOrDefault(static accessor => accessor.IsKind(SyntaxKind.GetAccessorDeclaration)) is { } getter ? getter.ExpressionBody?.Expression ?? Returned(getter.Body) : null;

    /// <summary>What a body returns that does nothing else.</summary>
    private static ExpressionSyntax? Returned(BlockSyntax? body) => body is { Statements: { Count: 1 } only } && only[0] is ReturnStatementSyntax { Expression: { } value } ? value : null;

    private static string? Read(ExpressionSyntax expression, INamedTypeSymbol? type, int depth)
    {
        switch (expression)
        {
            case LiteralExpressionSyntax { Token: { Value: string text } }:
                return text;
            case ParenthesizedExpressionSyntax { Expression: var inner }:
                return Read(inner, type, depth + 1);
            case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } sum:
                string? left = Read(sum.Left, type, depth);
                string? right = Read(sum.Right, type, depth);
                return left is null && right is null ? null : (left ?? HoleOf(sum.Left)) + (right ?? HoleOf(sum.Right));
            case InterpolatedStringExpressionSyntax interpolated:
                return Interpolated(interpolated, type, depth);
            case IdentifierNameSyntax { Identifier.ValueText: var name }:
                return Named(type, name, depth);
            case MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: var of }, Name.Identifier.ValueText: var name } when of == type?.Name:
                return Named(type, name, depth);
            default:
                return null;
        }
    }

    private static string Interpolated(InterpolatedStringExpressionSyntax interpolated, INamedTypeSymbol? type, int depth)
    {
        var text = new StringBuilder();
        foreach (InterpolatedStringContentSyntax content in interpolated.Contents)
        {
            text.Append(content switch
            {
                InterpolatedStringTextSyntax literal => literal.TextToken.ValueText,
                InterpolationSyntax hole => Read(hole.Expression, type, depth) ?? HoleOf(hole.Expression),
                _ => "",
            });
        }

        return text.ToString();
    }

    /// <summary>A constant of the type, or a readonly field of it.</summary>
    private static string? Named(INamedTypeSymbol? type, string name, int depth)
    {
        ISymbol? member = type?.GetMembers(name).FirstOrDefault(static member => member is IFieldSymbol or IPropertySymbol);
        return member switch
        {
            IFieldSymbol { HasConstantValue: true, ConstantValue: string constant } => constant,
            not null => Of(member, depth + 1),
            _ => null,
        };
    }

    private static string HoleOf(ExpressionSyntax expression) => SqlLexer.Hole + expression.ToString() + SqlLexer.Hole;
}
