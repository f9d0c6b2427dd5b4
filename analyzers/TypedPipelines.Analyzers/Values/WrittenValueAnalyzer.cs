using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using TypedPipelines.Analyzers.Reruns;
using TypedPipelines.Analyzers.Sql;
using TypedPipelines.Compilation.Parsing;

namespace TypedPipelines.Analyzers.Values;

/// <summary>
/// Code outside pipelines that writes a value which is another one on the next run: TP1003 where one member takes and writes it, TP1006
/// where it comes by way of others.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class WrittenValueAnalyzer : DiagnosticAnalyzer
{
    private static readonly DiagnosticDescriptor ByWayOfOthers = Rule.WarningAtEnd(
        RuleIds.PassedRunDependentValue,
        "A value that changes from run to run, by way of a method",
        "{0} gives another value on the next run, and {1} writes it to {2}: run again, the same rows become others; {3}");

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [RunDependentValueAnalyzer.RunDependentValue, ByWayOfOthers];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        SqlFiles.Provide(context);
        context.RegisterCompilationStartAction(static start =>
        {
            var facts = new ConcurrentQueue<MemberFacts>();
            start.RegisterOperationBlockAction(block => Analyze(block, facts));
            start.RegisterCompilationEndAction(end => Report(end, facts));
        });
    }

    private static void Analyze(OperationBlockAnalysisContext context, ConcurrentQueue<MemberFacts> facts)
    {
        WrittenNames? names = null;
        foreach (IOperation block in context.OperationBlocks)
        {
            MemberReader reader = MemberReader.Read(context.OwningSymbol, block);
            foreach (MemberFacts of in reader.Facts)
            {
                facts.Enqueue(of);
            }

            foreach ((ChangingValue value, string? table, string? column) in reader.Found)
            {
                names ??= Names(context.Options, block.Syntax.SyntaxTree);
                if (!names.Expect(value.Kind, table, column))
                {
                    context.ReportDiagnostic(Diagnostic.Create(RunDependentValueAnalyzer.RunDependentValue, value.Location, value.Api, $"this writes it to {Shown(table, column)}", "the same rows become others", value.Instead));
                }
            }
        }
    }

    private static void Report(CompilationAnalysisContext context, IEnumerable<MemberFacts> facts)
    {
        var reported = new HashSet<Location>();
        foreach (ChangingWrite write in FactGraph.Solve(facts, context.Compilation).OrderBy(static write => write.At.SourceTree?.FilePath, StringComparer.Ordinal).ThenBy(static write => write.At.SourceSpan.Start))
        {
            if (write.At.SourceTree is { } tree && !Names(context.Options, tree).Expect(write.Value.Kind, write.Table, write.Column) && reported.Add(write.At))
            {
                context.ReportDiagnostic(Diagnostic.Create(
                    ByWayOfOthers, write.At, [write.Value.Location], write.Value.Api, write.By is null ? "what it is passed to" : $"by way of '{write.By}' this", Shown(write.Table, write.Column), write.Value.Instead));
            }
        }
    }

    private static WrittenNames Names(AnalyzerOptions options, SyntaxTree tree) =>
        new(options.AnalyzerConfigOptionsProvider.GetOptions(tree).TryGetValue("typed_pipelines.run_columns", out string? more) ? more.Split(',') : []);

    private static string Shown(string? table, string? column) => (table, column) switch
    {
        (null, null) => "a column",
        (null, _) => $"column '{column}'",
        (_, null) => $"'{Readable.Of(table)}'",
        _ => $"'{column}' of '{Readable.Of(table)}'",
    };
}
