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
using TypedPipelines.Compilation.Parsing;

namespace TypedPipelines.CodeFixes;

/// <summary>TP4015: takes null from a key, where nothing gives it one; or says of the load that null is a key like any other.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(NullableKeyFix))]
[Shared]
public sealed class NullableKeyFix : CodeFixProvider
{
    private const string Never = "Make the key non-nullable";
    private const string Match = "Null is a key like any other: NullKeys = NullKeys.Match";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [RuleIds.NullableKey];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => new SequentialFixes(this, "Keys without null, or null as a key where one may be null");

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        await OfferAsync(context, Never, await NeverNullAsync(context.Document, context.Diagnostics[0], context.CancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        await OfferAsync(context, Match, await MatchAsync(context.Document, context.Diagnostics[0], context.CancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
    }

    private static async Task OfferAsync(CodeFixContext context, string title, Document? changed)
    {
        if (changed is not null && await Soundness.IsMendedAsync(context.Document, changed, RuleIds.NullableKey, [], context.CancellationToken).ConfigureAwait(false))
        {
            context.RegisterCodeFix(CodeAction.Create(title, _ => Task.FromResult(changed), equivalenceKey: title), context.Diagnostics[0]);
        }
    }

    private static async Task<Document?> NeverNullAsync(Document document, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        SyntaxNode? root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        TypeSyntax? type = root?.FindToken(diagnostic.Location.SourceSpan.Start).Parent switch
        {
            ParameterSyntax parameter => parameter.Type,
            PropertyDeclarationSyntax property => property.Type,
            _ => null,
        };
        return type is NullableTypeSyntax nullable ? document.WithSyntaxRoot(root!.ReplaceNode(nullable, nullable.ElementType.WithTriviaFrom(nullable))) : null;
    }

    private static async Task<Document?> MatchAsync(Document document, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        DocumentEditor editor = await DocumentEditor.CreateAsync(document, cancellationToken).ConfigureAwait(false);
        TypeDeclarationSyntax? declaration = editor.OriginalRoot.FindToken(diagnostic.Location.SourceSpan.Start).Parent?.FirstAncestorOrSelf<TypeDeclarationSyntax>();
        if (declaration is null || editor.SemanticModel.GetDeclaredSymbol(declaration, cancellationToken) is not { } type
            || ContractParser.StrategyOf(type) is not { } strategy
            || strategy.AttributeClass!.GetMembers("NullKeys").IsEmpty
            || strategy.NamedArguments.Any(static argument => argument.Key == "NullKeys")
            || strategy.ApplicationSyntaxReference is not { } place || place.SyntaxTree != editor.OriginalRoot.SyntaxTree
            || editor.OriginalRoot.FindNode(place.Span) is not AttributeSyntax attribute)
        {
            return null;
        }

        AttributeArgumentSyntax argument = SyntaxFactory.ParseAttributeArgumentList("(NullKeys = NullKeys.Match)")!.Arguments[0];
        SeparatedSyntaxList<AttributeArgumentSyntax> arguments = attribute.ArgumentList?.Arguments ?? default;
        string separated = string.Concat(arguments.Select(static each => each.ToFullString() + ", "));
        editor.ReplaceNode(attribute, attribute.WithArgumentList(SyntaxFactory.ParseAttributeArgumentList($"({separated}{argument})")).WithTriviaFrom(attribute));
        return editor.GetChangedDocument();
    }
}
