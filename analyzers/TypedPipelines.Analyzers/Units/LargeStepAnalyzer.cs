using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using TypedPipelines.Analyzers.Sql;
using TypedPipelines.Analyzers.SqlSteps;
using TypedPipelines.Compilation.Parsing;
using TypedPipelines.Compilation.Sql;

namespace TypedPipelines.Analyzers.Units;

/// <summary>TP3001: steps and statements that hold more than is reviewed and tested as one; TP3003: a query in them that deserves a step of its own.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LargeStepAnalyzer : DiagnosticAnalyzer
{
    private static readonly DiagnosticDescriptor LargeStep = Rule.Suggestion(
        RuleIds.LargeStep,
        "A step is small enough to be reviewed",
        "'{0}' has {1}; {2}");

    private static readonly DiagnosticDescriptor DeepQuery = Rule.Suggestion(
        RuleIds.DeepQuery,
        "A query inside a statement that deserves a step",
        "This query {0}; load what it gives in a step of its own, where it can be looked at and tested, and read that table here");

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [LargeStep, DeepQuery];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            if (PipelineTypes.AreKnownTo(start.Compilation))
            {
                start.RegisterSyntaxNodeAction(AnalyzeMethod, SyntaxKind.MethodDeclaration);
                start.RegisterOperationAction(AnalyzeStatement, OperationKind.InterpolatedStringHandlerCreation);
            }
        });
    }

    private static void AnalyzeMethod(SyntaxNodeAnalysisContext context)
    {
        var declaration = (MethodDeclarationSyntax)context.Node;
        if (declaration.AttributeLists.Count == 0
            || ((SyntaxNode?)declaration.Body ?? declaration.ExpressionBody) is not { } body
            || context.ContainingSymbol is not IMethodSymbol method
            || !(PipelineTypes.IsStep(method) || PipelineTypes.IsSource(method)))
        {
            return;
        }

        var limits = new SizeLimits(context.Options.AnalyzerConfigOptionsProvider.GetOptions(declaration.SyntaxTree));
        if (StepSize.Of(body).Beyond(limits) is not { } much)
        {
            return;
        }

        Seam? seam = Seam.Of(body);
        context.ReportDiagnostic(Diagnostic.Create(
            LargeStep,
            declaration.Identifier.GetLocation(),
            seam is null ? [] : new[] { seam.First.GetLocation() },
            method.Name,
            much,
            seam is null ? "make steps of its parts, or methods that it calls" : Told(seam)));
    }

    private static string Told(Seam seam)
    {
        int line = seam.First.GetLocation().GetLineSpan().StartLinePosition.Line + 1;
        return string.Format(
            CultureInfo.InvariantCulture,
            "it comes apart before line {0}, {1}: make a step or a method of each part",
            line,
            seam.HandedOn.Count == 0 ? "over which nothing is handed on" : "over which only " + string.Join(", ", seam.HandedOn.Select(static name => $"'{name}'")) + (seam.HandedOn.Count == 1 ? " is handed on" : " are handed on"));
    }

    private static void AnalyzeStatement(OperationAnalysisContext context)
    {
        if (context.Operation.Type is not INamedTypeSymbol { TypeArguments.Length: 1 } sql || !sql.IsRuntime("Sql") || context.ContainingSymbol is not IMethodSymbol method)
        {
            return;
        }

        StatementText statement = StatementText.Of(context.Operation.Syntax);
        QueryTree queries = QueryTree.Read(SqlLexer.Read(statement.Text, backslashEscapes: false), statement.WithHoles);
        var limits = new SizeLimits(context.Options.AnalyzerConfigOptionsProvider.GetOptions(context.Operation.Syntax.SyntaxTree));
        if (queries.Ctes.Count > limits.Ctes || queries.Joins > limits.Joins)
        {
            string much = string.Join(", ", Much(queries, limits));
            string instead = queries.Ctes.Count > 0
                ? $"load '{queries.Ctes[queries.Ctes.Count / 2].Name(statement.Text)}' in a step of its own, and read that table here"
                : "load what some of them give in a step of its own, and read that table here";
            context.ReportDiagnostic(Diagnostic.Create(LargeStep, method.Locations[0], method.Name, much, instead));
        }

        foreach (QueryTree.Query query in queries.Nested)
        {
            string? why = query.Depth > limits.Queries ? string.Format(CultureInfo.InvariantCulture, "stands {0} deep in others (at most {1})", query.Depth, limits.Queries)
                : query.IsRepeated ? "stands in the statement twice"
                : null;
            if (why is not null)
            {
                context.ReportDiagnostic(Diagnostic.Create(DeepQuery, statement.LocationOf(query.Select.Start, query.Select.End), why));
            }
        }
    }

    private static IEnumerable<string> Much(QueryTree queries, SizeLimits limits)
    {
        if (queries.Ctes.Count > limits.Ctes)
        {
            yield return string.Format(CultureInfo.InvariantCulture, "{0} common table expressions (at most {1})", queries.Ctes.Count, limits.Ctes);
        }

        if (queries.Joins > limits.Joins)
        {
            yield return string.Format(CultureInfo.InvariantCulture, "{0} joins (at most {1})", queries.Joins, limits.Joins);
        }
    }
}
