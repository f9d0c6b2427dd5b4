using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TypedPipelines.Compilation.Logic;

/// <summary>What can be written as an expression or as a block with that expression in it, and is the same.</summary>
internal static class ArrowText
{
    /// <summary>Whether what an arrow stands in gives the expression's value; else it only runs.</summary>
    public static bool GivesValue(SemanticModel model, SyntaxNode owner) => owner switch
    {
        ConstructorDeclarationSyntax or DestructorDeclarationSyntax => false,
        AccessorDeclarationSyntax accessor => accessor.IsKind(SyntaxKind.GetAccessorDeclaration),
        BasePropertyDeclarationSyntax => true,
        LambdaExpressionSyntax lambda => GivesValue(model.GetSymbolInfo(lambda).Symbol as IMethodSymbol),
        _ => GivesValue(model.GetDeclaredSymbol(owner) as IMethodSymbol),
    };

    /// <summary>Whether a semicolon ends an arrow: a block has none.</summary>
    public static bool IsEnd(SyntaxToken token) => token.IsKind(SyntaxKind.SemicolonToken) && token.Parent switch
    {
        BaseMethodDeclarationSyntax method => method.ExpressionBody is not null,
        AccessorDeclarationSyntax accessor => accessor.ExpressionBody is not null,
        LocalFunctionStatementSyntax function => function.ExpressionBody is not null,
        PropertyDeclarationSyntax property => property.ExpressionBody is not null,
        IndexerDeclarationSyntax indexer => indexer.ExpressionBody is not null,
        _ => false,
    };

    private static bool GivesValue(IMethodSymbol? method) =>
        method is null || !(method.ReturnsVoid || (method.IsAsync && method.ReturnType is INamedTypeSymbol { Arity: 0 }));
}
