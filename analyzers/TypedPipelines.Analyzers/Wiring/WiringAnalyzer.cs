using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using TypedPipelines.Compilation.Parsing;

namespace TypedPipelines.Analyzers.Wiring;

/// <summary>Reports what the parser finds: what this says is wrong is exactly what the generator cannot generate.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class WiringAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => WiringRules.All;

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            if (PipelineTypes.AreKnownTo(start.Compilation))
            {
                start.RegisterSymbolAction(static symbol => Analyze(symbol, (INamedTypeSymbol)symbol.Symbol), SymbolKind.NamedType);
            }
        });
    }

    private static void Analyze(SymbolAnalysisContext context, INamedTypeSymbol type)
    {
        if (ContractParser.StrategyOf(type) is not null)
        {
            var findings = new Findings();
            ContractParser.Parse(type, type, findings);
            Report(context, findings.All);
        }

        if (PipelineTypes.PipelineOf(type) is { } pipeline)
        {
            var findings = new Findings();
            PipelineParser.Parse(type, pipeline, findings, context.CancellationToken);

            // A contract of this project reports itself, in its own file; there the IDE shows it while it is typed.
            Report(context, findings.All.Where(finding => !IsOfThisProject(finding.Contract, context.Compilation)));
        }
    }

    private static bool IsOfThisProject(INamedTypeSymbol? contract, Microsoft.CodeAnalysis.Compilation compilation) =>
        contract is not null && SymbolEqualityComparer.Default.Equals(contract.ContainingAssembly, compilation.Assembly);

    private static void Report(SymbolAnalysisContext context, IEnumerable<Finding> findings)
    {
        // A row type that is loaded and looked up is read twice, and wrong once.
        var reported = new HashSet<(string, Location, string)>();
        foreach (Finding finding in findings)
        {
            if (finding.Location is null)
            {
                continue;
            }

            Location location = finding.Location.SourceTree is { } tree && context.Compilation.ContainsSyntaxTree(tree)
                ? finding.Location
                : context.Symbol.Locations[0];
            if (reported.Add((finding.RuleId, location, string.Join("|", finding.Arguments))))
            {
                context.ReportDiagnostic(Diagnostic.Create(WiringRules.Find(finding.RuleId), location, finding.Arguments));
            }
        }
    }
}
