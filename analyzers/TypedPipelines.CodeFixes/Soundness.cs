using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TypedPipelines.Compilation.Parsing;

namespace TypedPipelines.CodeFixes;

/// <summary>Proves a mend before it is offered: by compiling what comes out, and by reading its pipelines and contracts again.</summary>
internal static class Soundness
{
    /// <summary>Whether less is wrong than before, and nothing new.</summary>
    /// <param name="before">The document as it is.</param>
    /// <param name="after">The document as it would be, in a solution that may have changed elsewhere, too.</param>
    /// <param name="ruleId">What is mended.</param>
    /// <param name="also">Rules that may be found more often: what is wrong behind the mended place could not be seen yet.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<bool> IsMendedAsync(Document before, Document after, string ruleId, IReadOnlyList<string> also, CancellationToken cancellationToken)
    {
        SemanticModel? old = await before.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
        if (old is null)
        {
            return false;
        }

        List<Finding> found = Findings(old, cancellationToken);
        foreach (Document changed in await ConcernedAsync(after, cancellationToken).ConfigureAwait(false))
        {
            SemanticModel? model = await changed.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
            SemanticModel? was = await before.Project.Solution.GetDocument(changed.Id)!.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
            if (model is null || was is null || Problems(model, cancellationToken) > Problems(was, cancellationToken))
            {
                return false;
            }
        }

        SemanticModel? mended = await after.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
        if (mended is null)
        {
            return false;
        }

        List<Finding> left = Findings(mended, cancellationToken);
        return Count(left, ruleId) < Count(found, ruleId)
            && left.Select(static finding => finding.RuleId).Distinct().All(id => id == ruleId || also.Contains(id) || Count(left, id) <= Count(found, id));
    }

    /// <summary>The mended document, and those of its project that name a type declared in it.</summary>
    private static async Task<IReadOnlyList<Document>> ConcernedAsync(Document after, CancellationToken cancellationToken)
    {
        SyntaxNode? root = await after.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        string[] types = [.. root!.DescendantNodes().OfType<BaseTypeDeclarationSyntax>().Select(static type => type.Identifier.ValueText)];
        var concerned = new List<Document> { after };
        foreach (Document other in after.Project.Documents.Where(other => other.Id != after.Id))
        {
            string text = (await other.GetTextAsync(cancellationToken).ConfigureAwait(false)).ToString();
            if (types.Any(text.Contains))
            {
                concerned.Add(other);
            }
        }

        return concerned;
    }

    private static int Problems(SemanticModel model, CancellationToken cancellationToken) =>
        model.GetDiagnostics(cancellationToken: cancellationToken).Count(static problem => problem.Severity >= DiagnosticSeverity.Warning);

    private static int Count(List<Finding> findings, string ruleId) => findings.Count(finding => finding.RuleId == ruleId);

    private static List<Finding> Findings(SemanticModel model, CancellationToken cancellationToken)
    {
        var all = new List<Finding>();
        foreach (TypeDeclarationSyntax declaration in model.SyntaxTree.GetRoot(cancellationToken).DescendantNodes().OfType<TypeDeclarationSyntax>())
        {
            if (model.GetDeclaredSymbol(declaration, cancellationToken) is not INamedTypeSymbol type)
            {
                continue;
            }

            var findings = new Findings();
            if (ContractParser.StrategyOf(type) is not null)
            {
                ContractParser.Parse(type, type, findings);
            }

            if (type.RuntimeAttribute("PipelineAttribute") is { } pipeline)
            {
                PipelineParser.Parse(type, pipeline, findings, cancellationToken);
            }

            all.AddRange(findings.All);
        }

        return all;
    }
}
