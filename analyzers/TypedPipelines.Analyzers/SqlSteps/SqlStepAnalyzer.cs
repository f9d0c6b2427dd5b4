using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using TypedPipelines.Analyzers.Reruns;
using TypedPipelines.Analyzers.Sql;
using TypedPipelines.Compilation.Sql;
using TypedPipelines.Compilation;
using TypedPipelines.Compilation.Model;
using TypedPipelines.Compilation.Parsing;

namespace TypedPipelines.Analyzers.SqlSteps;

/// <summary>
/// TP4031 and TP4032: holes of a statement that are neither table nor value, and columns that are not those of its rows, or of other types; TP4036: columns whose nulls the rows do not
/// take; TP4033: numbers with which SQLite does not compute; TP1003: what the destination would evaluate to something else on the next run.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SqlStepAnalyzer : DiagnosticAnalyzer
{
    private static readonly DiagnosticDescriptor SqlHole = Rule.Error(
        RuleIds.SqlHole,
        "A hole of a SQL step is a table or a value",
        "'{0}' can be no part of a statement: {1}");

    private static readonly DiagnosticDescriptor SqlColumns = Rule.Error(
        RuleIds.SqlColumns,
        "The columns of a SQL step are those of its rows",
        "The statement does not give the columns of {0}: {1}");

    private static readonly DiagnosticDescriptor SqlTextNumber = Rule.Warning(
        RuleIds.SqlTextNumber,
        "SQLite does not compute with a number that it keeps as a text",
        "SQLite keeps '{0}', a number of up to {1} digits, as a text: {2}; declare 15 digits or fewer with [Precision], or do it in a step in C#");

    private static readonly DiagnosticDescriptor SqlNull = Rule.Warning(
        RuleIds.SqlNull,
        "A column of a SQL step that may be null where its row's may not",
        "{0} of {1} may be null, which {2} of {3} may not: a run would fail at the first such row; take coalesce({0}, ...), leave those rows out, or make {2} nullable");

    private static readonly HashSet<string> Writes = new(StringComparer.OrdinalIgnoreCase)
    {
        "alter", "begin", "call", "copy", "create", "declare", "delete", "drop", "exec", "execute", "insert", "merge", "replace", "set", "truncate", "update",
    };

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [SqlHole, SqlColumns, SqlTextNumber, SqlNull, RunDependentValueAnalyzer.RunDependentValue];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            if (PipelineTypes.AreKnownTo(start.Compilation))
            {
                Engines engines = (Knows(KnownNames.SqliteLoadPlan) ? Engines.Sqlite : Engines.None)
                    | (Knows(KnownNames.PostgreSqlLoadPlan) ? Engines.PostgreSql : Engines.None)
                    | (Knows(KnownNames.SqlServerLoadPlan) ? Engines.SqlServer : Engines.None);
                start.RegisterOperationAction(operation => Analyze(operation, engines), OperationKind.InterpolatedStringHandlerCreation);

                bool Knows(string plan) => start.Compilation.GetTypeByMetadataName(plan) is not null;
            }
        });
    }

    private static void Analyze(OperationAnalysisContext context, Engines engines)
    {
        if (context.Operation.Type is not INamedTypeSymbol { TypeArguments.Length: 1 } sql || !sql.IsRuntime("Sql") || context.Operation.SemanticModel is not { } model)
        {
            return;
        }

        StatementText statement = StatementText.Of(context.Operation.Syntax);
        IReadOnlyList<SqlToken> tokens = SqlLexer.Read(statement.Text, backslashEscapes: false);
        for (int i = 0; i < statement.Holes.Count; i++)
        {
            ExpressionSyntax hole = statement.Holes[i];
            if ((WrongType(model, hole) ?? WrongPlace(tokens, StatementText.Mark(i), isText: model.GetTypeInfo(hole).Type?.SpecialType == SpecialType.System_String)) is { } reason)
            {
                context.ReportDiagnostic(Diagnostic.Create(SqlHole, hole.GetLocation(), hole.ToString(), reason));
            }
        }

        foreach ((SqlToken token, string api, string instead, _) in RunDependentSql.In(tokens))
        {
            context.ReportDiagnostic(RunDependentValueAnalyzer.InPipeline(
                statement.LocationOf(token.Start, token.End), api, $"SQL step '{context.ContainingSymbol.Name}'", instead));
        }

        ContractModel[] tables = [.. statement.Holes
            .Select(hole => model.GetTypeInfo(hole).Type)
            .OfType<INamedTypeSymbol>()
            .Where(static type => type.IsRuntime("Table") && type.TypeArguments.Length == 1)
            .Select(static type => type.TypeArguments[0])
            .Distinct<ITypeSymbol>(SymbolEqualityComparer.Default)
            .OfType<INamedTypeSymbol>()
            .Where(static row => ContractParser.StrategyOf(row) is not null)
            .Select(static row => ContractParser.Parse(row, row, new Findings()))
            .OfType<ContractModel>()];
        if (engines.HasFlag(Engines.Sqlite))
        {
            foreach ((SqlToken token, ColumnModel column, string what) in TextNumbers.In(tokens, statement.Text, tables))
            {
                context.ReportDiagnostic(Diagnostic.Create(SqlTextNumber, statement.LocationOf(token.Start, token.End), column.Name, column.Precision, what));
            }
        }

        if (sql.TypeArguments[0] is INamedTypeSymbol row && MethodParser.IsRow(row) && SqlStepQuery.ColumnsOf(row) is { } columns)
        {
            CheckQuery(context, statement, tokens, row);
            if (SelectList.Read(tokens) is { } list)
            {
                CheckColumns(context, statement, list, row, columns);
                if (context.ContainingSymbol is IMethodSymbol method && SqlStepQuery.Of(method, statement, tokens) is { } rows)
                {
                    CheckTypes(context, statement, row, ColumnTypes.In(tokens, list, rows, tables, columns), engines);
                }
            }
        }
    }

    private static string? WrongType(SemanticModel model, ExpressionSyntax hole)
    {
        ITypeSymbol? type = model.GetTypeInfo(hole).Type;
        if (type is null || type.IsUnknown())
        {
            return null; // The compiler says so.
        }

        if (type.IsRuntime("Table"))
        {
            return model.GetSymbolInfo(hole).Symbol is IParameterSymbol { ContainingSymbol: IMethodSymbol method } && method.RuntimeAttribute("SqlStepAttribute") is not null
                ? null
                : "a table is a parameter of the method marked [SqlStep], so that what is loaded into it makes these rows stale";
        }

        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable)
        {
            type = nullable.TypeArguments[0];
        }

        return ColumnParser.KindOf(type) is null
            ? $"{type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)} is neither a Table nor of a type that a column can have"
            : null;
    }

    private static string? WrongPlace(IReadOnlyList<SqlToken> tokens, string mark, bool isText)
    {
        for (int at = 0; at < tokens.Count; at++)
        {
            if (tokens[at].Value.Contains(mark))
            {
                return tokens[at].Kind is SqlTokenKind.Text or SqlTokenKind.QuotedName ? "it stands inside quotes, where a parameter is just text; leave the quotes out"
                    : isText && HolePlace.AsksForStatement(tokens, at) ? "a text becomes a parameter, also where it is constant, and never a part of the statement, as is needed here; write it into the statement, or take a Table for a table"
                    : null;
            }
        }

        return "it stands in a comment";
    }

    private static void CheckQuery(OperationAnalysisContext context, StatementText statement, IReadOnlyList<SqlToken> tokens, INamedTypeSymbol row)
    {
        if (tokens.Count > 0 && tokens[0].Kind == SqlTokenKind.Word && Writes.Contains(tokens[0].Value))
        {
            Report(context, statement, tokens[0], row, $"it begins with '{tokens[0].Value}', and a SQL step only asks; what is written, and how, the row's load strategy says");
        }
        else if (tokens.Select((token, at) => (token, at)).FirstOrDefault(each => each.at > 0 && tokens[each.at - 1].Is(';') && !each.token.Is(';')) is { at: > 0 } second)
        {
            Report(context, statement, second.token, row, "it is more than one statement");
        }
    }

    private static void CheckColumns(OperationAnalysisContext context, StatementText statement, SelectList list, INamedTypeSymbol row, EquatableArray<ColumnModel> columns)
    {
        var given = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        string all = string.Join(", ", columns.Select(column => column.Name));
        foreach (SqlToken token in list.Names)
        {
            string name = token.Name(statement.Text);
            if (!columns.Any(column => string.Equals(column.Name, name, StringComparison.OrdinalIgnoreCase)))
            {
                Report(context, statement, token, row, $"it has no column '{name}'; it has {all}");
            }
            else if (!given.Add(name))
            {
                Report(context, statement, token, row, $"'{name}' is given twice");
            }
        }

        string[] missing = [.. columns.Where(column => column.Stamp == StampKind.None && !given.Contains(column.Name)).Select(column => column.Name)];
        if (list.IsComplete && missing.Length > 0)
        {
            Report(context, statement, list.Select, row, $"it leaves out {string.Join(", ", missing)}");
        }
    }

    private static void CheckTypes(OperationAnalysisContext context, StatementText statement, INamedTypeSymbol row, IEnumerable<PlainColumn> columns, Engines engines)
    {
        foreach (PlainColumn column in columns)
        {
            Location at = statement.LocationOf(column.First.Start, column.Last.End);
            if (ColumnTypes.Differ(column.From, column.To, engines))
            {
                context.ReportDiagnostic(Diagnostic.Create(
                    SqlColumns, at, row.Name, $"{column.From.Name} of {column.Table.DisplayName} is of type {column.From.Kind}, which {column.To.Name}, of type {column.To.Kind}, cannot be read from"));
            }
            else if (column.MayBeNull && !column.To.Nullable && column.To.Stamp == StampKind.None)
            {
                context.ReportDiagnostic(Diagnostic.Create(SqlNull, at, column.From.Name, column.Table.DisplayName, column.To.Name, row.Name));
            }
        }
    }

    private static void Report(OperationAnalysisContext context, StatementText statement, SqlToken at, INamedTypeSymbol row, string what) =>
        context.ReportDiagnostic(Diagnostic.Create(SqlColumns, statement.LocationOf(at.Start, at.End), row.Name, what));
}
