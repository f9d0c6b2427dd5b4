using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using TypedPipelines.Analyzers.Reruns;
using TypedPipelines.Compilation.Parsing;

namespace TypedPipelines.Analyzers.Production;

/// <summary>TP5001: a catch in a step or source that takes every exception and goes on; TP5002: one that makes an ordinary value of a failure.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SwallowedExceptionAnalyzer : DiagnosticAnalyzer
{
    private static readonly DiagnosticDescriptor Swallowed = Rule.Warning(
        RuleIds.SwallowedException,
        "An exception that a step keeps to itself",
        "This catch takes every exception in '{0}', also those that say that the code or the machine is broken, and the run goes on as if nothing had happened; catch the one that is meant, or let it stop the run");

    private static readonly DiagnosticDescriptor AsValue = Rule.Warning(
        RuleIds.FailureAsValue,
        "A failure that becomes a value",
        "Where '{0}' fails, {1} goes on as if it had been read, and nobody counts it; return null from a filter-map, which drops and counts the row, reject it in the source, or let it stop the run");

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Swallowed, AsValue];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            if (PipelineTypes.AreKnownTo(start.Compilation))
            {
                start.RegisterOperationAction(Analyze, OperationKind.CatchClause);
            }
        });
    }

    private static void Analyze(OperationAnalysisContext context)
    {
        var clause = (ICatchClauseOperation)context.Operation;
        if (context.ContainingSymbol is not IMethodSymbol method
            || !(PipelineTypes.IsStep(method) || PipelineTypes.IsSource(method))
            || clause.Filter is not null
            || clause.Handler.Descendants().Any(static operation => operation is IThrowOperation)
            || IsMadeKnown(clause))
        {
            return;
        }

        if (ValueOf(clause.Handler) is { } value)
        {
            context.ReportDiagnostic(Diagnostic.Create(AsValue, PlaceOf(clause), method.Name, $"'{value}'"));
        }
        else if (TakesEverything(clause))
        {
            context.ReportDiagnostic(Diagnostic.Create(Swallowed, PlaceOf(clause), method.Name));
        }
    }

    private static Location PlaceOf(ICatchClauseOperation clause) => ((CatchClauseSyntax)clause.Syntax).CatchKeyword.GetLocation();

    private static bool TakesEverything(ICatchClauseOperation clause) =>
        clause.ExceptionType is { SpecialType: SpecialType.System_Object } or { Name: "Exception" or "SystemException", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } };

    /// <summary>Whether the handler does anything with the failure but log it: counts it, rejects the row, keeps the exception for later.</summary>
    private static bool IsMadeKnown(ICatchClauseOperation clause)
    {
        foreach (IOperation operation in clause.Handler.Descendants())
        {
            switch (operation)
            {
                case IInvocationOperation call when !SideCalls.Contains(call) && !IsInSideCall(call):
                case IIncrementOrDecrementOperation or ICompoundAssignmentOperation:
                case ILocalReferenceOperation reference when IsTheException(clause, reference) && !IsInSideCall(reference):
                    return true;
            }
        }

        return false;
    }

    private static bool IsTheException(ICatchClauseOperation clause, ILocalReferenceOperation reference) =>
        clause.Locals.Any(local => SymbolEqualityComparer.Default.Equals(local, reference.Local));

    private static bool IsInSideCall(IOperation operation)
    {
        for (IOperation? at = operation.Parent; at is not null and not ICatchClauseOperation; at = at.Parent)
        {
            if (at is IInvocationOperation call && SideCalls.Contains(call))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The constant, other than null, that the handler returns or assigns; null where it does not.</summary>
    private static string? ValueOf(IBlockOperation handler)
    {
        foreach (IOperation operation in handler.Descendants())
        {
            IOperation? given = operation switch
            {
                IReturnOperation { Kind: OperationKind.Return or OperationKind.YieldReturn, ReturnedValue: { } returned } => returned,
                ISimpleAssignmentOperation assignment => assignment.Value,
                _ => null,
            };
            if (given is not null && IsMadeUp(given))
            {
                return given.Syntax.ToString();
            }
        }

        return null;
    }

    private static bool IsMadeUp(IOperation value)
    {
        while (value is IConversionOperation { IsImplicit: true } conversion)
        {
            value = conversion.Operand;
        }

        // Null drops a row, and false does in a filter: both are counted.
        return value switch
        {
            ILiteralOperation { ConstantValue: { HasValue: true, Value: not (null or false) } } => true,
            IDefaultValueOperation { Type: { IsValueType: true, OriginalDefinition.SpecialType: not (SpecialType.System_Nullable_T or SpecialType.System_Boolean) } } => true,
            IFieldReferenceOperation { Field: { IsStatic: true, Name: "Empty" or "MinValue" or "MaxValue" or "Zero", ContainingNamespace.Name: "System" } } => true,
            IUnaryOperation { OperatorKind: UnaryOperatorKind.Minus, Operand: ILiteralOperation } => true,
            _ => false,
        };
    }
}
