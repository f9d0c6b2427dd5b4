using System;
using System.Collections.Immutable;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace TypedPipelines.CodeFixes;

/// <summary>
/// Fixes all diagnostics of a document in one edit. The batch fixer of Roslyn makes one edit each and merges them: two that
/// add the same parameter would add it twice, or one of them be lost.
/// </summary>
internal static class DocumentFixes
{
    public static FixAllProvider All(string title, Func<Document, ImmutableArray<Diagnostic>, CancellationToken, Task<Document>> fix) =>
        new DocumentFixAllProvider(title, fix);

    private sealed class DocumentFixAllProvider(string title, Func<Document, ImmutableArray<Diagnostic>, CancellationToken, Task<Document>> fix)
        : DocumentBasedFixAllProvider
    {
        protected override string GetFixAllTitle(FixAllContext fixAllContext) => title;

        protected override async Task<Document?> FixAllAsync(FixAllContext fixAllContext, Document document, ImmutableArray<Diagnostic> diagnostics) =>
            diagnostics.IsEmpty ? null : await fix(document, diagnostics, fixAllContext.CancellationToken).ConfigureAwait(false);
    }
}
