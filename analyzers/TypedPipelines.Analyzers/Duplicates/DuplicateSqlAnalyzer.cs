using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using TypedPipelines.Analyzers.Reruns;
using TypedPipelines.Analyzers.Sql;
using TypedPipelines.Analyzers.SqlSteps;
using TypedPipelines.Compilation.Parsing;
using TypedPipelines.Compilation.Sql;

namespace TypedPipelines.Analyzers.Duplicates;

/// <summary>TP2003: a statement, or a query inside one, that stands in two strings.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class DuplicateSqlAnalyzer : DiagnosticAnalyzer
{
    private const int FewestTokensOfStatement = 16;
    private const int FewestTokensInside = 22;

    private static readonly DiagnosticDescriptor DuplicateSql = Rule.SuggestionAtEnd(
        RuleIds.DuplicateSql,
        "SQL written twice",
        "This {0} stands in '{1}' too{2}, but for names of aliases and values; write it once: a constant, a view, or a step whose table both read");

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [DuplicateSql];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            var all = new ConcurrentBag<Query>();
            start.RegisterSyntaxNodeAction(node => Read(node, all), SyntaxKind.StringLiteralExpression, SyntaxKind.InterpolatedStringExpression);
            start.RegisterCompilationEndAction(end => Report(end, all));
        });
    }

    private static void Read(SyntaxNodeAnalysisContext context, ConcurrentBag<Query> all)
    {
        if (SqlStrings.StatementAt(context.Node) is not { } statement || context.ContainingSymbol is not { } member || !CodeScope.IsAsked(member))
        {
            return;
        }

        IReadOnlyList<SqlToken> tokens = SqlLexer.Read(statement.Text, backslashEscapes: false);
        foreach ((int start, int length, bool isWhole) in SqlForm.QueriesIn(tokens, FewestTokensOfStatement, FewestTokensInside))
        {
            all.Add(new Query(
                SqlForm.Of(tokens, start, length),
                member.ContainingType is { } type ? $"{type.Name}.{member.Name}" : member.Name,
                isWhole ? context.Node.GetLocation() : statement.LocationOf(tokens[start].Start, tokens[start].End),
                isWhole));
        }
    }

    private static void Report(CompilationAnalysisContext context, IEnumerable<Query> all)
    {
        var told = new HashSet<(string?, TextSpan)>();
        foreach (IGrouping<string, Query> group in all
            .GroupBy(static query => query.Form, StringComparer.Ordinal)
            .Where(static group => group.Skip(1).Any())
            .OrderByDescending(static group => group.Key.Length)
            .ThenBy(static group => group.Key, StringComparer.Ordinal))
        {
            Query[] places = [.. group.OrderBy(static query => query.Location.SourceTree?.FilePath, StringComparer.Ordinal).ThenBy(static query => query.Location.SourceSpan.Start)];
            Query later = places[1];

            // A query inside a statement that is there twice as a whole is told with that.
            if (!told.Add((later.Location.SourceTree?.FilePath, later.Location.SourceSpan)) || (!later.IsWhole && IsInside(told, later)))
            {
                continue;
            }

            context.ReportDiagnostic(Diagnostic.Create(
                DuplicateSql,
                later.Location,
                places.Where(place => place != later).Select(static place => place.Location),
                later.IsWhole ? "statement" : "query",
                places[0].Member,
                places.Length == 2 ? "" : $" and {(places.Length - 2).ToString(System.Globalization.CultureInfo.InvariantCulture)} more"));
        }
    }

    private static bool IsInside(HashSet<(string? File, TextSpan Span)> told, Query query) => told.Any(other =>
        other.File == query.Location.SourceTree?.FilePath && other.Span != query.Location.SourceSpan && other.Span.Contains(query.Location.SourceSpan));

    private sealed class Query(string form, string member, Location location, bool isWhole)
    {
        public string Form { get; } = form;

        public string Member { get; } = member;

        public Location Location { get; } = location;

        public bool IsWhole { get; } = isWhole;
    }
}
