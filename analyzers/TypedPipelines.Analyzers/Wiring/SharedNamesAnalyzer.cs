using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using TypedPipelines.Compilation.Model;
using TypedPipelines.Compilation.Parsing;

namespace TypedPipelines.Analyzers.Wiring;

/// <summary>TP4019: two pipelines of one name, or two loads of one table: what the runtime refuses to start with.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SharedNamesAnalyzer : DiagnosticAnalyzer
{
    private static readonly DiagnosticDescriptor SharedName = Rule.ErrorAtEnd(
        RuleIds.SharedName,
        "A name or table is one pipeline's own",
        "{0}, and so the program refuses to start; {1}");

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [SharedName];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            if (!PipelineTypes.AreKnownTo(start.Compilation))
            {
                return;
            }

            var pipelines = new ConcurrentQueue<Known>();
            start.RegisterSymbolAction(
                symbol =>
                {
                    var type = (INamedTypeSymbol)symbol.Symbol;
                    if (PipelineTypes.PipelineOf(type) is { } attribute)
                    {
                        // One that is wrong in itself is reported for that, and nothing is generated for it: it shares nothing.
                        if (PipelineParser.Parse(type, attribute, new Findings(), symbol.CancellationToken)?.Pipeline is { } pipeline)
                        {
                            pipelines.Enqueue(new Known(type, pipeline.Name, [.. pipeline.Loads.Select(load => TableOf(pipeline, load))]));
                        }
                    }
                },
                SymbolKind.NamedType);
            start.RegisterCompilationEndAction(end => Report(end, pipelines));
        });
    }

    private static (string Row, string Table) TableOf(PipelineModel pipeline, LoadModel load)
    {
        TableModel table = pipeline.Table(load.RowType);
        return (table.Row.Name, table.DisplayName);
    }

    private static void Report(CompilationAnalysisContext context, IEnumerable<Known> pipelines)
    {
        var names = new Dictionary<string, Known>(StringComparer.Ordinal);
        var tables = new Dictionary<string, (Known Pipeline, string Row)>(StringComparer.Ordinal);
        foreach (Known pipeline in pipelines
            .OrderBy(known => known.Place.SourceTree?.FilePath, StringComparer.Ordinal)
            .ThenBy(known => known.Place.SourceSpan.Start))
        {
            if (names.TryGetValue(pipeline.Name, out Known? named))
            {
                Report(context, pipeline, named, $"'{named.Type.Name}' and '{pipeline.Type.Name}' are both pipelines named '{pipeline.Name}'", "rename one of them");
            }
            else
            {
                names.Add(pipeline.Name, pipeline);
            }

            foreach ((string row, string table) in pipeline.Tables)
            {
                if (!tables.TryGetValue(table, out (Known Pipeline, string Row) loaded))
                {
                    tables.Add(table, (pipeline, row));
                }
                else if (loaded.Pipeline == pipeline)
                {
                    Report(context, pipeline, pipeline, $"'{pipeline.Type.Name}' loads the table '{table}' twice, from {loaded.Row} and from {row}", "make one row type of them, or name one of the tables otherwise");
                }
                else
                {
                    Report(context, pipeline, loaded.Pipeline, $"'{loaded.Pipeline.Type.Name}' and '{pipeline.Type.Name}' both load the table '{table}'", "merge them into one pipeline, or name one of the tables otherwise");
                }
            }
        }
    }

    private static void Report(CompilationAnalysisContext context, Known at, Known other, string what, string instead) => context.ReportDiagnostic(
        Diagnostic.Create(SharedName, at.Place, other == at ? null : [other.Place], what, instead));

    private sealed class Known(INamedTypeSymbol type, string name, ImmutableArray<(string Row, string Table)> tables)
    {
        public INamedTypeSymbol Type { get; } = type;

        public string Name { get; } = name;

        public ImmutableArray<(string Row, string Table)> Tables { get; } = tables;

        public Location Place => Type.Locations[0];
    }
}
