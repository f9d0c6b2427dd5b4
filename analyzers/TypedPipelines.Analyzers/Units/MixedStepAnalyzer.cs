using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using TypedPipelines.Compilation.Parsing;

namespace TypedPipelines.Analyzers.Units;

/// <summary>TP3002: a step over the whole set that reads values out of texts and aggregates them, too.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class MixedStepAnalyzer : DiagnosticAnalyzer
{
    private static readonly DiagnosticDescriptor MixedStep = Rule.Suggestion(
        RuleIds.MixedStep,
        "A step does one thing",
        "'{0}' parses ({1}) and aggregates ({2}); parse in a step before it, where a bad row is told apart from a wrong sum");

    private static readonly HashSet<string> Aggregates = new(StringComparer.Ordinal) { "GroupBy", "AggregateBy", "CountBy", "ToLookup", "Aggregate" };

    private static readonly HashSet<string> Parses = new(StringComparer.Ordinal) { "Parse", "TryParse", "ParseExact", "TryParseExact", "Deserialize" };

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [MixedStep];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            if (PipelineTypes.AreKnownTo(start.Compilation))
            {
                start.RegisterOperationBlockAction(Analyze);
            }
        });
    }

    private static void Analyze(OperationBlockAnalysisContext context)
    {
        if (context.OwningSymbol is not IMethodSymbol method || !PipelineTypes.IsStep(method) || !TakesTheSet(method))
        {
            return;
        }

        IInvocationOperation? parse = null;
        IInvocationOperation? aggregate = null;
        foreach (IOperation operation in context.OperationBlocks.SelectMany(static block => block.Descendants()))
        {
            if (operation is IInvocationOperation call)
            {
                parse ??= IsParse(call) ? call : null;
                aggregate ??= IsAggregate(call) ? call : null;
            }
        }

        if (parse is not null && aggregate is not null)
        {
            context.ReportDiagnostic(Diagnostic.Create(
                MixedStep,
                method.Locations[0],
                [parse.Syntax.GetLocation(), aggregate.Syntax.GetLocation()],
                method.Name,
                $"'{parse.TargetMethod.ContainingType.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)}.{parse.TargetMethod.Name}'",
                $"'{aggregate.TargetMethod.Name}'"));
        }
    }

    /// <summary>A step over one row may well parse a text and sum what is in it.</summary>
    private static bool TakesTheSet(IMethodSymbol method) =>
        method.Parameters.Length > 0 && method.Parameters[0].Type is INamedTypeSymbol { Name: "IEnumerable" or "IAsyncEnumerable", TypeArguments.Length: 1 };

    private static bool IsAggregate(IInvocationOperation call) =>
        call.TargetMethod.ContainingType.Name is "Enumerable" or "AsyncEnumerable" && Aggregates.Contains(call.TargetMethod.Name);

    /// <summary>Of a type of the BCL's; and of a text that is not the code's own.</summary>
    private static bool IsParse(IInvocationOperation call) =>
        Parses.Contains(call.TargetMethod.Name)
        && call.TargetMethod.ContainingNamespace?.ToDisplayString() is { } space
        && (space == "System" || space.StartsWith("System.", StringComparison.Ordinal))
        && call.Arguments.Length > 0
        && !call.Arguments[0].Value.ConstantValue.HasValue;
}
