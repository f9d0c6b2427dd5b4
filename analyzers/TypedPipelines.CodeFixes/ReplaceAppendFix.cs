using System.Collections.Generic;
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
using Microsoft.CodeAnalysis.Formatting;
using TypedPipelines.Compilation.Parsing;

namespace TypedPipelines.CodeFixes;

/// <summary>TP1001: replaces <c>[Append]</c> by a strategy that can be run again, where the row type says which.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ReplaceAppendFix))]
[Shared]
public sealed class ReplaceAppendFix : CodeFixProvider
{
    // One key for both replacements: "fix all" gives each type the one that suits it.
    private const string Title = "Use a load strategy that can be run again";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [RuleIds.Append];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => DocumentFixes.All(Title, FixAsync);

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SemanticModel? model = await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false);
        if (model is not null && Replacement(model, context.Diagnostics[0], context.CancellationToken) is { } replacement)
        {
            context.RegisterCodeFix(
                CodeAction.Create(
                    $"Replace [Append] by [{replacement.With}]",
                    stop => FixAsync(context.Document, context.Diagnostics, stop),
                    equivalenceKey: Title),
                context.Diagnostics);
        }
    }

    private static async Task<Document> FixAsync(Document document, ImmutableArray<Diagnostic> diagnostics, CancellationToken cancellationToken)
    {
        DocumentEditor editor = await DocumentEditor.CreateAsync(document, cancellationToken).ConfigureAwait(false);
        foreach (Diagnostic diagnostic in diagnostics)
        {
            if (Replacement(editor.SemanticModel, diagnostic, cancellationToken) is var (append, with))
            {
                editor.ReplaceNode(append, with.WithTriviaFrom(append));
            }
        }

        return editor.GetChangedDocument();
    }

    private static (AttributeSyntax Append, AttributeSyntax With)? Replacement(SemanticModel model, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        SyntaxNode root = model.SyntaxTree.GetRoot(cancellationToken);
        if (root.FindNode(diagnostic.Location.SourceSpan) is not AttributeSyntax { Parent.Parent: TypeDeclarationSyntax declaration } append
            || model.GetDeclaredSymbol(declaration, cancellationToken) is not { } type)
        {
            return null;
        }

        // The settings that every strategy has stay as they are.
        SeparatedSyntaxList<AttributeArgumentSyntax> settings = append.ArgumentList?.Arguments ?? default;
        (_, IReadOnlyList<RowMember> members) = RowParser.Parse(type, type, new Findings());
        if (members.Any(member => member.Annotation("KeyAttribute") is not null))
        {
            return (append, Attribute(append.Name, "Merge", settings));
        }

        List<RowMember> moments = [.. members.Where(IsMoment)];
        return moments.Count == 1 && !moments[0].Nullable
            ? (append, Attribute(append.Name, "ReplacePartition", settings.Insert(0, SyntaxFactory.AttributeArgument(SyntaxFactory.ParseExpression($"nameof({moments[0].Name})")))))
            : null;
    }

    private static bool IsMoment(RowMember member) =>
        member.Type.SpecialType == SpecialType.System_DateTime || member.Type.Is("System", "DateOnly") || member.Type.Is("System", "DateTimeOffset");

    /// <summary>An attribute of the runtime, reached the way the one that it replaces is: by a using, or by its full name.</summary>
    private static AttributeSyntax Attribute(NameSyntax replaced, string name, SeparatedSyntaxList<AttributeArgumentSyntax> arguments)
    {
        IdentifierNameSyntax simple = SyntaxFactory.IdentifierName(name);
        NameSyntax qualified = replaced switch
        {
            QualifiedNameSyntax full => full.WithRight(simple),
            AliasQualifiedNameSyntax alias => alias.WithName(simple),
            _ => simple,
        };
        return SyntaxFactory.Attribute(qualified, arguments.Count == 0 ? null : SyntaxFactory.AttributeArgumentList(arguments))
            .WithAdditionalAnnotations(Formatter.Annotation);
    }
}
