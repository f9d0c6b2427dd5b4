using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;

namespace TypedPipelines.CodeFixes;

/// <summary>Proves that a mend compiles, for code that is no pipeline.</summary>
internal static class Compiles
{
    /// <summary>Whether a document has no more errors and warnings than before.</summary>
    public static async Task<bool> StillAsync(Document before, Document after, CancellationToken cancellationToken) =>
        await ProblemsAsync(after, cancellationToken).ConfigureAwait(false) <= await ProblemsAsync(before, cancellationToken).ConfigureAwait(false);

    private static async Task<int> ProblemsAsync(Document document, CancellationToken cancellationToken) =>
        (await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false))?
            .GetDiagnostics(cancellationToken: cancellationToken)
            .Count(static problem => problem.Severity >= DiagnosticSeverity.Warning) ?? int.MaxValue;
}
