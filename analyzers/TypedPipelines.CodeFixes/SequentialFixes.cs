using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;

namespace TypedPipelines.CodeFixes;

/// <summary>
/// Fixes the diagnostics of a document one after the other, each in what the ones before it have left, with what the provider itself offers there:
/// the fix that was chosen, or the first where that one is not offered. So each is proven as a single one is.
/// </summary>
internal sealed class SequentialFixes(CodeFixProvider provider, string title) : DocumentBasedFixAllProvider
{
    protected override string GetFixAllTitle(FixAllContext fixAllContext) => title;

    protected override async Task<Document?> FixAllAsync(FixAllContext fixAllContext, Document document, ImmutableArray<Diagnostic> diagnostics)
    {
        CancellationToken stop = fixAllContext.CancellationToken;
        var left = new Queue<Place>(diagnostics.OrderBy(static diagnostic => diagnostic.Location.SourceSpan.Start).Select(static diagnostic => new Place(diagnostic)));
        while (left.Count > 0)
        {
            SyntaxTree? tree = await document.GetSyntaxTreeAsync(stop).ConfigureAwait(false);
            if (tree is null || await OfferedAsync(document, left.Dequeue().In(tree), fixAllContext.CodeActionEquivalenceKey, stop).ConfigureAwait(false) is not { } action)
            {
                continue;
            }

            ImmutableArray<CodeActionOperation> operations = await action.GetOperationsAsync(stop).ConfigureAwait(false);
            if (operations.OfType<ApplyChangesOperation>().FirstOrDefault()?.ChangedSolution.GetDocument(document.Id) is { } changed)
            {
                string before = (await document.GetTextAsync(stop).ConfigureAwait(false)).ToString(), after = (await changed.GetTextAsync(stop).ConfigureAwait(false)).ToString();
                left = new Queue<Place>(left.Select(place => place.Behind(before, after)));
                document = changed;
            }
        }

        return document;
    }

    private async Task<CodeAction?> OfferedAsync(Document document, Diagnostic diagnostic, string? chosen, CancellationToken stop)
    {
        var offered = new List<CodeAction>();
        await provider.RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (action, _) => offered.Add(action), stop)).ConfigureAwait(false);
        return offered.FirstOrDefault(action => action.EquivalenceKey == chosen) ?? offered.FirstOrDefault();
    }

    /// <summary>Where a diagnostic is now.</summary>
    private sealed class Place(Diagnostic diagnostic, TextSpan at, ImmutableArray<TextSpan> others)
    {
        public Place(Diagnostic diagnostic)
            : this(diagnostic, diagnostic.Location.SourceSpan, [.. diagnostic.AdditionalLocations.Select(static location => location.SourceSpan)])
        {
        }

        public Diagnostic In(SyntaxTree tree) =>
            Diagnostic.Create(diagnostic.Descriptor, Location.Create(tree, at), others.Select(span => Location.Create(tree, span)), diagnostic.Properties);

        /// <summary>Where it is after a place before it was fixed, and what is around may have been laid out anew.</summary>
        public Place Behind(string before, string after) => new(diagnostic, Moved(at, before, after), [.. others.Select(span => Moved(span, before, after))]);

        /// <summary>The same text again, as often as it was from the end on.</summary>
        private static TextSpan Moved(TextSpan span, string before, string after)
        {
            if (span.IsEmpty)
            {
                return span;
            }

            string text = before.Substring(span.Start, span.Length);
            int position = after.Length;
            for (int was = before.LastIndexOf(text, StringComparison.Ordinal); was >= span.Start && position > 0; was = was == 0 ? -1 : before.LastIndexOf(text, was - 1 + text.Length - 1, StringComparison.Ordinal))
            {
                int last = position == after.Length ? after.LastIndexOf(text, StringComparison.Ordinal) : after.LastIndexOf(text, position + text.Length - 2, StringComparison.Ordinal);
                if (last < 0)
                {
                    return new TextSpan(0, 0);
                }

                position = last;
            }

            return position + span.Length <= after.Length ? new TextSpan(position, span.Length) : new TextSpan(0, 0);
        }
    }
}
