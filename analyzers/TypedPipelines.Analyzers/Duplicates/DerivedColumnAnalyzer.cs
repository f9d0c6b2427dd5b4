using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using TypedPipelines.Analyzers.Reruns;
using TypedPipelines.Analyzers.Sql;
using TypedPipelines.Analyzers.SqlSteps;
using TypedPipelines.Compilation.Parsing;
using TypedPipelines.Compilation.Sql;

namespace TypedPipelines.Analyzers.Duplicates;

/// <summary>TP2004: a figure that is computed in two places; TP2005: one name for two figures. In code and in SQL, and between them.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class DerivedColumnAnalyzer : DiagnosticAnalyzer
{
    /// <summary>A product of two is no rule of anybody's business.</summary>
    private const int FewestNames = 3;

    private static readonly DiagnosticDescriptor ComputedTwice = Rule.SuggestionAtEnd(
        RuleIds.ComputedTwice,
        "A figure computed in two places",
        "This is computed in '{0}' too{1}; compute it once, in a method or a step whose rows carry it: a change of one is a change of both");

    private static readonly DiagnosticDescriptor TwoVersions = Rule.SuggestionAtEnd(
        RuleIds.TwoVersions,
        "Two figures of one name",
        "'{0}' is computed in another way in '{1}'; compute it once, or give the two figures two names");

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [ComputedTwice, TwoVersions];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            var all = new ConcurrentBag<Figure>();
            start.RegisterOperationAction(operation => ReadCode(operation, all), OperationKind.Binary);
            start.RegisterSyntaxNodeAction(node => ReadSql(node, all), SyntaxKind.StringLiteralExpression, SyntaxKind.InterpolatedStringExpression);
            start.RegisterCompilationEndAction(end => Report(end, all));
        });
    }

    private static void ReadCode(OperationAnalysisContext context, ConcurrentBag<Figure> all)
    {
        var binary = (IBinaryOperation)context.Operation;
        if (binary.OperatorKind is BinaryOperatorKind.Add or BinaryOperatorKind.Subtract or BinaryOperatorKind.Multiply or BinaryOperatorKind.Divide
            && CodeFormula.IsWhole(binary)
            && CodeFormula.Of(binary) is { Operators: >= 2, Multiplies: true } formula
            && formula.Names.Count >= 2
            && CodeScope.IsAsked(context.ContainingSymbol))
        {
            all.Add(new Figure(formula, CodeFormula.TargetOf(binary), NameOf(context.ContainingSymbol), binary.Syntax.GetLocation()));
        }
    }

    private static void ReadSql(SyntaxNodeAnalysisContext context, ConcurrentBag<Figure> all)
    {
        if (SqlStrings.StatementAt(context.Node) is not { } statement || context.ContainingSymbol is not { } member || !CodeScope.IsAsked(member))
        {
            return;
        }

        foreach ((Formula formula, string name, SqlToken first) in SqlFormula.In(SqlLexer.Read(statement.Text, backslashEscapes: false)))
        {
            if (formula is { Operators: >= 2, Multiplies: true, Names.Count: >= 2 })
            {
                all.Add(new Figure(formula, name, NameOf(member), statement.LocationOf(first.Start, first.End)));
            }
        }
    }

    private static string NameOf(ISymbol member) => member.ContainingType is { } type ? $"{type.Name}.{member.Name}" : member.Name;

    private static void Report(CompilationAnalysisContext context, IEnumerable<Figure> all)
    {
        Figure[] figures = [.. all.OrderBy(static figure => figure.Location.SourceTree?.FilePath, StringComparer.Ordinal).ThenBy(static figure => figure.Location.SourceSpan.Start)];
        foreach (IGrouping<string, Figure> group in figures
            .Where(static figure => figure.Formula.Names.Count >= FewestNames)
            .GroupBy(static figure => figure.Formula.Text, StringComparer.Ordinal))
        {
            Figure[] places = [.. group];
            if (places.FirstOrDefault(place => place.Member != places[0].Member) is { } later)
            {
                context.ReportDiagnostic(Diagnostic.Create(
                    ComputedTwice,
                    later.Location,
                    places.Where(place => place != later).Select(static place => place.Location),
                    places[0].Member,
                    places.Length == 2 ? "" : $" and {(places.Length - 2).ToString(System.Globalization.CultureInfo.InvariantCulture)} more"));
            }
        }

        foreach (IGrouping<string, Figure> group in figures
            .Where(static figure => figure.Name is not null)
            .GroupBy(static figure => Formula.NameOf(figure.Name!), StringComparer.Ordinal))
        {
            Figure first = group.First();
            if (group.FirstOrDefault(figure => AreVersions(first, figure)) is { } other)
            {
                context.ReportDiagnostic(Diagnostic.Create(TwoVersions, other.Location, [first.Location], other.Name, first.Member));
            }
        }
    }

    /// <summary>Of one name, from mostly the same columns, and not the same.</summary>
    private static bool AreVersions(Figure one, Figure other) =>
        one.Member != other.Member
        && one.Formula.Text != other.Formula.Text
        && Math.Max(one.Formula.Names.Count, other.Formula.Names.Count) >= FewestNames
        && one.Formula.Names.SharedWith(other.Formula.Names) is >= 2 and var shared
        && 3 * shared >= 2 * Math.Max(one.Formula.Names.Count, other.Formula.Names.Count);

    private sealed class Figure(Formula formula, string? name, string member, Location location)
    {
        public Formula Formula { get; } = formula;

        /// <summary>What it is called; null where it has no name.</summary>
        public string? Name { get; } = name;

        public string Member { get; } = member;

        public Location Location { get; } = location;
    }
}
