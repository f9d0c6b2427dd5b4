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

/// <summary>TP4013: declares the precision that a decimal has anyway, so that it can be seen and changed.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(DeclarePrecisionFix))]
[Shared]
public sealed class DeclarePrecisionFix : CodeFixProvider
{
    private const string Title = "Declare the precision that the column has: [Precision(28, 10)]";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [RuleIds.DecimalPrecision];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => DocumentFixes.All(Title, FixAsync);

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        Document changed = await FixAsync(context.Document, [context.Diagnostics[0]], context.CancellationToken).ConfigureAwait(false);
        if (changed != context.Document && await Soundness.IsMendedAsync(context.Document, changed, RuleIds.DecimalPrecision, [], context.CancellationToken).ConfigureAwait(false))
        {
            context.RegisterCodeFix(CodeAction.Create(Title, _ => Task.FromResult(changed), equivalenceKey: Title), context.Diagnostics[0]);
        }
    }

    private static async Task<Document> FixAsync(Document document, ImmutableArray<Diagnostic> diagnostics, CancellationToken cancellationToken)
    {
        DocumentEditor editor = await DocumentEditor.CreateAsync(document, cancellationToken).ConfigureAwait(false);
        bool changes = false;
        foreach (SyntaxNode? member in diagnostics.Select(diagnostic => editor.OriginalRoot.FindToken(diagnostic.Location.SourceSpan.Start).Parent).Distinct())
        {
            AttributeListSyntax list = SyntaxFactory.AttributeList(SyntaxFactory.SingletonSeparatedList(
                SyntaxFactory.Attribute(SyntaxFactory.IdentifierName("Precision"), SyntaxFactory.ParseAttributeArgumentList("(28, 10)"))));
            if (member is ParameterSyntax parameter)
            {
                editor.ReplaceNode(parameter, parameter.WithoutLeadingTrivia()
                    .WithAttributeLists(parameter.WithoutLeadingTrivia().AttributeLists.Add(list.WithTrailingTrivia(SyntaxFactory.Space)))
                    .WithLeadingTrivia(parameter.GetLeadingTrivia()));
                changes = true;
            }
            else if (member is PropertyDeclarationSyntax property)
            {
                // Before the modifiers, on a line with them.
                SyntaxTriviaList leading = property.AttributeLists.Count == 0 ? property.GetLeadingTrivia() : default;
                PropertyDeclarationSyntax bare = property.AttributeLists.Count == 0 ? property.WithoutLeadingTrivia() : property;
                editor.ReplaceNode(property, bare.AddAttributeLists(list.WithLeadingTrivia(leading).WithTrailingTrivia(SyntaxFactory.Space)));
                changes = true;
            }
        }

        return changes ? editor.GetChangedDocument() : document;
    }
}
