using System.Collections.Immutable;
using System.Composition;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Rename;
using TypedPipelines.Compilation.Parsing;

namespace TypedPipelines.CodeFixes;

/// <summary>TP4027: renames a type called <c>Generated</c>, and everything that names it, to a name that is free.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RenameGeneratedFix))]
[Shared]
public sealed class RenameGeneratedFix : CodeFixProvider
{
    private const string Taken = "Generated";
    private const string Instead = "GeneratedCode";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [RuleIds.GeneratedName];

    /// <inheritdoc/>
    public override FixAllProvider? GetFixAllProvider() => null; // One renaming mends all that the type is in the way of.

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SemanticModel? model = await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false);
        SyntaxNode? at = model?.SyntaxTree.GetRoot(context.CancellationToken).FindToken(context.Diagnostics[0].Location.SourceSpan.Start).Parent;
        if (at is not TypeDeclarationSyntax declaration
            || model!.GetDeclaredSymbol(declaration, context.CancellationToken) is not { } row
            || row.ContainingNamespace.GetTypeMembers(Taken, arity: 0).FirstOrDefault() is not { DeclaringSyntaxReferences.IsEmpty: false } type)
        {
            return;
        }

        string name = Instead;
        for (int number = 2; row.ContainingNamespace.GetMembers(name).Any(); number++)
        {
            name = Instead + number.ToString(CultureInfo.InvariantCulture);
        }

        Solution renamed = await Renamer.RenameSymbolAsync(context.Document.Project.Solution, type, new SymbolRenameOptions(), name, context.CancellationToken).ConfigureAwait(false);
        if (renamed.GetDocument(context.Document.Id) is { } after
            && await Soundness.IsMendedAsync(context.Document, after, RuleIds.GeneratedName, [], context.CancellationToken).ConfigureAwait(false))
        {
            string title = $"Rename '{Taken}' to '{name}'";
            context.RegisterCodeFix(CodeAction.Create(title, _ => Task.FromResult(renamed), equivalenceKey: title), context.Diagnostics[0]);
        }
    }
}
