using System.Collections.Generic;
using System.Collections.Immutable;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using TypedPipelines.Compilation.Parsing;

namespace TypedPipelines.Analyzers;

/// <summary>
/// An internal class that nothing makes an object of may be a mistake. A pipeline's is called and not made where its steps are static, and cannot be static itself;
/// and rows are made by their source, which may find their constructor by reflection.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class InstantiationSuppressor : DiagnosticSuppressor
{
    private static readonly SuppressionDescriptor Rule = new(
        "TPS0002", "CA1812", "A pipeline's class is called by generated code, and rows are made by the source that gives them.");

    /// <inheritdoc/>
    public override ImmutableArray<SuppressionDescriptor> SupportedSuppressions { get; } = [Rule];

    /// <inheritdoc/>
    public override void ReportSuppressions(SuppressionAnalysisContext context)
    {
        HashSet<ISymbol>? rows = null;
        foreach (Diagnostic diagnostic in context.ReportedDiagnostics)
        {
            if (diagnostic.Location.SourceTree is not { } tree
                || context.GetSemanticModel(tree).GetDeclaredSymbol(tree.GetRoot(context.CancellationToken).FindNode(diagnostic.Location.SourceSpan), context.CancellationToken) is not INamedTypeSymbol type)
            {
                continue;
            }

            if (PipelineTypes.PipelineOf(type) is not null || (rows ??= RowsOfSources(context.Compilation.Assembly.GlobalNamespace, context.CancellationToken)).Contains(type))
            {
                context.ReportSuppression(Suppression.Create(Rule, diagnostic));
            }
        }
    }

    private static HashSet<ISymbol> RowsOfSources(INamespaceSymbol assembly, CancellationToken cancellationToken)
    {
        var rows = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        var waiting = new Stack<INamespaceSymbol>([assembly]);
        while (waiting.Count > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (INamespaceOrTypeSymbol member in waiting.Pop().GetMembers())
            {
                if (member is INamespaceSymbol inner)
                {
                    waiting.Push(inner);
                }
                else if (member is INamedTypeSymbol type && PipelineTypes.PipelineOf(type) is not null)
                {
                    AddRows(rows, type);
                }
            }
        }

        return rows;
    }

    private static void AddRows(HashSet<ISymbol> rows, INamedTypeSymbol pipeline)
    {
        foreach (ISymbol member in pipeline.GetMembers())
        {
            if (member is IMethodSymbol method && PipelineTypes.IsSource(method) && method.ReturnType.SourceElement() is { } row)
            {
                rows.Add(row);
            }
        }
    }
}
