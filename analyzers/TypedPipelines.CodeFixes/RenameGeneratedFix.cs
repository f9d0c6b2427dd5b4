using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Composition;
using System.Globalization;
using System.Linq;
using System.Threading;
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
    public override FixAllProvider GetFixAllProvider() => new Everywhere();

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        if (await RenameAsync(context.Document, context.Diagnostics[0], context.CancellationToken).ConfigureAwait(false) is var (renamed, name)
            && renamed.GetDocument(context.Document.Id) is { } after
            && await Soundness.IsMendedAsync(context.Document, after, RuleIds.GeneratedName, [], context.CancellationToken).ConfigureAwait(false))
        {
            context.RegisterCodeFix(CodeAction.Create($"Rename '{Taken}' to '{name}'", _ => Task.FromResult(renamed), equivalenceKey: Taken), context.Diagnostics[0]);
        }
    }

    private static async Task<(Solution Renamed, string Name)?> RenameAsync(Document document, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        SemanticModel? model = await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
        SyntaxNode? at = model?.SyntaxTree.GetRoot(cancellationToken).FindToken(diagnostic.Location.SourceSpan.Start).Parent;
        if (at is not TypeDeclarationSyntax declaration
            || model!.GetDeclaredSymbol(declaration, cancellationToken) is not { } row
            || row.ContainingNamespace.GetTypeMembers(Taken, arity: 0).FirstOrDefault() is not { DeclaringSyntaxReferences.IsEmpty: false } type)
        {
            return null;
        }

        string name = Instead;
        for (int number = 2; row.ContainingNamespace.GetMembers(name).Any(); number++)
        {
            name = Instead + number.ToString(CultureInfo.InvariantCulture);
        }

        return (await Renamer.RenameSymbolAsync(document.Project.Solution, type, new SymbolRenameOptions(), name, cancellationToken).ConfigureAwait(false), name);
    }

    /// <summary>One renaming mends all that a type is in the way of: the next is for a type of another namespace.</summary>
    private sealed class Everywhere : FixAllProvider
    {
        public override async Task<CodeAction?> GetFixAsync(FixAllContext context)
        {
            Solution solution = context.Solution;
            var done = new HashSet<string>(StringComparer.Ordinal);
            IEnumerable<Project> projects = context.Scope == FixAllScope.Solution ? solution.Projects : [context.Project];
            foreach (Project project in projects.ToArray())
            {
                ImmutableArray<Diagnostic> all = context is { Scope: FixAllScope.Document, Document: { } only }
                    ? await context.GetDocumentDiagnosticsAsync(only).ConfigureAwait(false)
                    : await context.GetAllDiagnosticsAsync(project).ConfigureAwait(false);
                foreach (Diagnostic diagnostic in all.Where(static diagnostic => diagnostic.Location.SourceTree is not null))
                {
                    Document? before = context.Solution.GetDocument(diagnostic.Location.SourceTree);
                    if (before is null || await NamespaceAsync(before, diagnostic, context.CancellationToken).ConfigureAwait(false) is not { } of || !done.Add(project.Name + of))
                    {
                        continue;
                    }

                    // A row stands where it stood in lines: renaming moves it, but declares no type.
                    if (solution.GetDocument(before.Id) is { } now
                        && await MovedAsync(before, now, diagnostic, context.CancellationToken).ConfigureAwait(false) is { } moved
                        && await RenameAsync(now, moved, context.CancellationToken).ConfigureAwait(false) is var (renamed, _))
                    {
                        solution = renamed;
                    }
                }
            }

            return CodeAction.Create($"Rename each '{Taken}'", _ => Task.FromResult(solution), equivalenceKey: Taken);
        }

        private static async Task<string?> NamespaceAsync(Document document, Diagnostic diagnostic, CancellationToken cancellationToken)
        {
            SemanticModel? model = await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
            return model?.SyntaxTree.GetRoot(cancellationToken).FindToken(diagnostic.Location.SourceSpan.Start).Parent is TypeDeclarationSyntax declaration
                ? model.GetDeclaredSymbol(declaration, cancellationToken)?.ContainingNamespace.ToDisplayString()
                : null;
        }

        /// <summary>The diagnostic at the same declaration, counted from the first.</summary>
        private static async Task<Diagnostic?> MovedAsync(Document before, Document now, Diagnostic diagnostic, CancellationToken cancellationToken)
        {
            SyntaxNode? old = await before.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
            SyntaxNode? root = await now.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
            if (old?.FindToken(diagnostic.Location.SourceSpan.Start).Parent is not TypeDeclarationSyntax declaration || root is null)
            {
                return null;
            }

            int index = old.DescendantNodes().OfType<TypeDeclarationSyntax>().TakeWhile(type => type != declaration).Count();
            return root.DescendantNodes().OfType<TypeDeclarationSyntax>().ElementAtOrDefault(index) is { } moved
                ? Diagnostic.Create(diagnostic.Descriptor, moved.Identifier.GetLocation())
                : null;
        }
    }
}
