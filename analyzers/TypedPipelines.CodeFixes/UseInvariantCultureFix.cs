using System.Collections.Immutable;
using System.Composition;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Simplification;
using TypedPipelines.Compilation.Parsing;

namespace TypedPipelines.CodeFixes;

/// <summary>TP1014: passes <c>CultureInfo.InvariantCulture</c> to a call that takes a culture, and uses the invariant form of one that has it.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UseInvariantCultureFix))]
[Shared]
public sealed class UseInvariantCultureFix : CodeFixProvider
{
    private const string Title = "Use the invariant culture";
    private const string Invariant = "global::System.Globalization.CultureInfo.InvariantCulture";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [RuleIds.CultureDependent];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => DocumentFixes.All(Title, FixAsync);

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        Document mended = await FixAsync(context.Document, context.Diagnostics, context.CancellationToken).ConfigureAwait(false);
        if (mended != context.Document && await Compiles.StillAsync(context.Document, mended, context.CancellationToken).ConfigureAwait(false))
        {
            context.RegisterCodeFix(CodeAction.Create(Title, _ => Task.FromResult(mended), equivalenceKey: Title), context.Diagnostics);
        }
    }

    private static async Task<Document> FixAsync(Document document, ImmutableArray<Diagnostic> diagnostics, CancellationToken cancellationToken)
    {
        DocumentEditor editor = await DocumentEditor.CreateAsync(document, cancellationToken).ConfigureAwait(false);
        bool any = false;
        foreach (Diagnostic diagnostic in diagnostics)
        {
            SyntaxNode marked = editor.OriginalRoot.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);
            switch (marked)
            {
                case InvocationExpressionSyntax call when editor.SemanticModel.GetSymbolInfo(call, cancellationToken).Symbol is IMethodSymbol method && Mended(call, method) is not null:
                    editor.ReplaceNode(call, (now, _) => Mended((InvocationExpressionSyntax)now, method)!);
                    any = true;
                    break;
                case MemberAccessExpressionSyntax { Name.Identifier.ValueText: "CurrentCulture" } current:
                    editor.ReplaceNode(current, Culture().WithTriviaFrom(current));
                    any = true;
                    break;
            }
        }

        return any ? editor.GetChangedDocument() : document;
    }

    /// <summary>The call in the invariant culture; null where its arguments leave no place for one.</summary>
    private static InvocationExpressionSyntax? Mended(InvocationExpressionSyntax call, IMethodSymbol method)
    {
        int given = call.ArgumentList.Arguments.Count;
        switch (method.Name)
        {
            case "ToUpper" or "ToLower" when call.Expression is MemberAccessExpressionSyntax access:
                return call.WithExpression(access.WithName(SyntaxFactory.IdentifierName(method.Name + "Invariant")));
            case "TryParse" when given == 2:
                ArgumentSyntax[] arguments = [call.ArgumentList.Arguments[0], Argument(), call.ArgumentList.Arguments[1]];
                return method.ContainingType.Name is "DateTime" or "DateTimeOffset" or "DateOnly" or "TimeOnly" or "Decimal" or "Double" or "Single"
                    ? call.WithArgumentList(SyntaxFactory.ArgumentList(SyntaxFactory.SeparatedList(arguments, Commas(2))))
                    : null;
            case "Parse" or "ToString" or "ToDecimal" or "ToDouble" or "ToSingle" or "ToDateTime" when given <= 1:
                ArgumentSyntax[] all = [.. call.ArgumentList.Arguments, given == 0 ? Argument().WithoutLeadingTrivia() : Argument()];
                return call.WithArgumentList(SyntaxFactory.ArgumentList(call.ArgumentList.OpenParenToken, SyntaxFactory.SeparatedList(all, Commas(given)), call.ArgumentList.CloseParenToken));
            default:
                return null;
        }
    }

    private static SyntaxToken[] Commas(int count) => [.. Enumerable.Repeat(SyntaxFactory.Token(SyntaxKind.CommaToken), count)];

    private static ArgumentSyntax Argument() => SyntaxFactory.Argument(Culture()).WithLeadingTrivia(SyntaxFactory.Space);

    private static ExpressionSyntax Culture() => SyntaxFactory.ParseExpression(Invariant).WithAdditionalAnnotations(Simplifier.Annotation, Simplifier.AddImportsAnnotation);
}
