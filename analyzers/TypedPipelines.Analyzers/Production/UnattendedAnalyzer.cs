using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using TypedPipelines.Compilation;
using TypedPipelines.Compilation.Parsing;

namespace TypedPipelines.Analyzers.Production;

/// <summary>
/// What whoever is called at night misses: TP5003, a pipeline that nobody is named for; TP5004, a load whose rows nothing is asked of; TP5005, a
/// check that does not say what to do. A project turns them on when it goes into production.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnattendedAnalyzer : DiagnosticAnalyzer
{
    private static readonly DiagnosticDescriptor NoOwner = Rule.OnRequest(
        RuleIds.NoOwner,
        "A pipeline names its owner",
        "Nobody is named for pipeline '{0}', so that whoever is told of a failure does not know whom to call; set Owner to a team or a person");

    private static readonly DiagnosticDescriptor NoCheck = Rule.OnRequest(
        RuleIds.NoCheck,
        "A load has a check",
        "Nothing is asked of the rows of '{0}' before they are published, so an empty or a broken delivery is loaded like any other; declare what must be so, such as [RowCount(Minimum = 1)] or a [Check] method");

    private static readonly DiagnosticDescriptor NoRemedy = Rule.OnRequest(
        RuleIds.NoRemedy,
        "A check says what to do where it is not passed",
        "{0} says nothing in the run book of what to do where it is not passed; {1}");

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [NoOwner, NoCheck, NoRemedy];

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
        if (PipelineTypes.PipelineOf(type) is { } pipeline)
        {
            if (string.IsNullOrWhiteSpace(pipeline.Named<string>("Owner")))
            {
                context.ReportDiagnostic(Diagnostic.Create(NoOwner, type.Locations[0], type.Name));
            }
        }
        else if (ContractParser.StrategyOf(type) is not null)
        {
            AnalyzeChecks(context, type);
        }
    }

    private static void AnalyzeChecks(SymbolAnalysisContext context, INamedTypeSymbol row)
    {
        bool hasCheck = false;
        foreach (AttributeData attribute in Declared(row))
        {
            if (IsSetCheck(attribute.AttributeClass))
            {
                hasCheck = true;
                if (string.IsNullOrWhiteSpace(attribute.Named<string>("Remedy")))
                {
                    context.ReportDiagnostic(Diagnostic.Create(NoRemedy, attribute.Location() ?? row.Locations[0], $"[{attribute.ShortName()}]", "set Remedy to it"));
                }
            }
            else if (IsRowCheck(attribute))
            {
                hasCheck = true;
            }
        }

        foreach (IMethodSymbol method in row.GetMembers().OfType<IMethodSymbol>())
        {
            if (method.RuntimeAttribute("CheckAttribute") is not null)
            {
                hasCheck = true;
                if (SummaryText.RemarksOf(method) is null)
                {
                    context.ReportDiagnostic(Diagnostic.Create(NoRemedy, method.Locations[0], $"Check '{method.Name}'", "write it into the <remarks> of the method"));
                }
            }
        }

        if (!hasCheck)
        {
            context.ReportDiagnostic(Diagnostic.Create(NoCheck, row.Locations[0], row.Name));
        }
    }

    /// <summary>The attributes of a row, of the members that it has itself or inherits, and of the parameters that become members.</summary>
    private static IEnumerable<AttributeData> Declared(INamedTypeSymbol row)
    {
        foreach (AttributeData attribute in row.GetAttributes())
        {
            yield return attribute;
        }

        for (INamedTypeSymbol? at = row; at is { SpecialType: SpecialType.None }; at = at.BaseType)
        {
            foreach (ISymbol member in at.GetMembers())
            {
                IEnumerable<AttributeData> attributes = member switch
                {
                    IPropertySymbol => member.GetAttributes(),
                    IMethodSymbol { MethodKind: MethodKind.Constructor, IsImplicitlyDeclared: false } constructor => constructor.Parameters.SelectMany(static parameter => parameter.GetAttributes()),
                    _ => [],
                };
                foreach (AttributeData attribute in attributes)
                {
                    yield return attribute;
                }
            }
        }
    }

    private static bool IsSetCheck(INamedTypeSymbol? attribute)
    {
        for (; attribute is not null; attribute = attribute.BaseType)
        {
            if (attribute.IsRuntime("SetCheckAttribute"))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A length and a value that must be there say what the column is, and not whether the row is right.</summary>
    private static bool IsRowCheck(AttributeData attribute) =>
        attribute.IsValidation() && attribute.ShortName() is not ("MaxLength" or "StringLength" or "Length" or "Required");
}
