using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using TypedPipelines.Analyzers.Reruns;
using TypedPipelines.Compilation.Parsing;

namespace TypedPipelines.Analyzers.Duplicates;

/// <summary>TP2001 and TP2002: methods that do what another does. Within a type that is told while it is typed; across types, with the build.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class DuplicateLogicAnalyzer : DiagnosticAnalyzer
{
    private const string Message = "{0} {1} of {2}; write it once, and call it from both";

    private static readonly DiagnosticDescriptor InType = Rule.Suggestion(RuleIds.DuplicateInType, "Logic written twice in one type", Message);

    private static readonly DiagnosticDescriptor AcrossTypes = Rule.SuggestionAtEnd(RuleIds.DuplicateAcrossTypes, "Logic written twice in two types", Message);

    private static readonly HashSet<string> Customary = new(StringComparer.Ordinal) { "Equals", "GetHashCode", "ToString", "Dispose", "DisposeAsync", "DisposeAsyncCore", "CompareTo", "Main" };

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [InType, AcrossTypes];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            var all = new ConcurrentBag<LogicUnit>();
            start.RegisterSymbolStartAction(type => StartType(type, all), SymbolKind.NamedType);
            start.RegisterCompilationEndAction(end => Report(AcrossTypes, CloneFinder.Find(all), end.ReportDiagnostic));
        });
    }

    private static void StartType(SymbolStartAnalysisContext context, ConcurrentBag<LogicUnit> all)
    {
        var own = new ConcurrentBag<LogicUnit>();
        var type = (INamedTypeSymbol)context.Symbol;
        string name = type.ToDisplayString();
        context.RegisterSyntaxNodeAction(
            node =>
            {
                if (SymbolEqualityComparer.Default.Equals(node.ContainingSymbol?.ContainingType, type) && Read(node, name) is { } unit)
                {
                    own.Add(unit);
                    all.Add(unit);
                }
            },
            SyntaxKind.MethodDeclaration,
            SyntaxKind.GetAccessorDeclaration,
            SyntaxKind.SetAccessorDeclaration,
            SyntaxKind.InitAccessorDeclaration,
            SyntaxKind.PropertyDeclaration);
        context.RegisterSymbolEndAction(end => Report(InType, CloneFinder.Find(own), end.ReportDiagnostic));
    }

    private static LogicUnit? Read(SyntaxNodeAnalysisContext context, string type)
    {
        if (context.ContainingSymbol is not { } member
            || Customary.Contains(member.Name)
            || context.Node is not { } declaration
            || BodyOf(declaration) is not { } body
            || body.Span.Length < CloneFinder.FewestTokens // A token has a character at least.
            || !CodeScope.IsAsked(member))
        {
            return null;
        }

        LogicBody read = LogicReader.Read(body, declaration);
        if (read.Words.Length < CloneFinder.FewestTokens)
        {
            return null;
        }

        var unit = new LogicUnit(type, NameOf(member), LocationOf(declaration), read, Overridden(member));
        return unit.Substance < CloneFinder.FewestOfSubstance || 2 * read.Items.Count(static item => item.IsSubstance) < read.Items.Length
            ? null // Guards, or a mapping of names to names.
            : unit;
    }

    private static void Report(DiagnosticDescriptor rule, IReadOnlyList<CloneGroup> groups, Action<Diagnostic> report)
    {
        foreach (CloneGroup group in groups)
        {
            // Across types only what no type tells of itself.
            LogicUnit first = group.Units[0];
            if (rule == AcrossTypes && group.Units.All(unit => unit.Type == first.Type))
            {
                continue;
            }

            LogicUnit later = rule == AcrossTypes ? group.Units.First(unit => unit.Type != first.Type) : group.Units[1];
            string others = group.Units.Count == 2 ? "" : $" and {(group.Units.Count - 2).ToString(System.Globalization.CultureInfo.InvariantCulture)} more";
            report(Diagnostic.Create(
                rule,
                later.Location,
                group.Units.Where(unit => unit != later).Select(static unit => unit.Location),
                $"'{later.Name}'",
                group.IsExact ? "has the logic" : "has nearly the logic",
                $"'{(first.Type == later.Type ? first.Name : Last(first.Type) + "." + first.Name)}'{others}"));
        }
    }

    private static SyntaxNode? BodyOf(SyntaxNode declaration) => declaration switch
    {
        MethodDeclarationSyntax method => (SyntaxNode?)method.Body ?? method.ExpressionBody,
        AccessorDeclarationSyntax accessor => (SyntaxNode?)accessor.Body ?? accessor.ExpressionBody,
        PropertyDeclarationSyntax property => property.ExpressionBody,
        _ => null,
    };

    private static Location LocationOf(SyntaxNode declaration) => declaration switch
    {
        MethodDeclarationSyntax method => method.Identifier.GetLocation(),
        AccessorDeclarationSyntax accessor => accessor.Keyword.GetLocation(),
        PropertyDeclarationSyntax property => property.Identifier.GetLocation(),
        _ => declaration.GetLocation(),
    };

    private static string NameOf(ISymbol member) => (member as IMethodSymbol)?.AssociatedSymbol?.Name ?? member.Name;

    private static string? Overridden(ISymbol member)
    {
        ISymbol? at = OverriddenBy(member);
        while (at is not null && OverriddenBy(at) is { } deeper)
        {
            at = deeper;
        }

        return at?.OriginalDefinition.ToDisplayString();
    }

    private static ISymbol? OverriddenBy(ISymbol member) => member switch
    {
        IMethodSymbol method => method.OverriddenMethod,
        IPropertySymbol property => property.OverriddenProperty,
        _ => null,
    };

    private static string Last(string type) => type.Substring(type.LastIndexOf('.') + 1);
}
