using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TypedPipelines.Compilation.Model;
using TypedPipelines.Compilation.Sql;

namespace TypedPipelines.Compilation.Parsing;

/// <summary>Reads the statement of a SQL step for where the columns that it gives come from.</summary>
internal static class SqlStepQuery
{
    /// <summary>What the statement of a method gives; null where it cannot be read, or is not one text.</summary>
    public static QueryColumns? Of(IMethodSymbol method)
    {
        if (method.DeclaringSyntaxReferences.Length != 1 || method.DeclaringSyntaxReferences[0].GetSyntax() is not MethodDeclarationSyntax declaration || Returned(declaration) is not { } expression)
        {
            return null;
        }

        StatementText statement = StatementText.Of(expression);
        return Of(method, statement, SqlLexer.Read(statement.Text, backslashEscapes: false));
    }

    public static QueryColumns? Of(IMethodSymbol method, StatementText statement, IReadOnlyList<SqlToken> tokens)
    {
        var tables = new Dictionary<string, QueryTable>(StringComparer.Ordinal);
        for (int hole = 0; hole < statement.Holes.Count; hole++)
        {
            if (TableOf(method, statement.Holes[hole]) is { } row && ContractParser.Parse(row, row, new Findings()) is { } contract)
            {
                tables[StatementText.Mark(hole)] = new QueryTable(contract.Table, contract.DisplayName, [.. contract.Stored.Select(static column => (column.Name, column.Member))]);
            }
        }

        return new QueryReader(statement.Text, tokens, mark => tables.TryGetValue(mark, out QueryTable table) ? table : null).Read();
    }

    /// <summary>The row type of the table that is a hole; null for a value. Nothing in a method has the name of its parameter but that.</summary>
    public static INamedTypeSymbol? TableOf(IMethodSymbol method, ExpressionSyntax hole) =>
        hole is IdentifierNameSyntax { Identifier.ValueText: var name }
        && method.Parameters.FirstOrDefault(parameter => parameter.Name == name)?.Type is INamedTypeSymbol { TypeArguments.Length: 1 } type
        && type.IsRuntime("Table")
        && type.TypeArguments[0] is INamedTypeSymbol row
        && ContractParser.StrategyOf(row) is not null
            ? row
            : null;

    /// <summary>The columns that rows are read from: their table's or, where they have none, those of the row type alone. Null where something is wrong with these.</summary>
    public static EquatableArray<ColumnModel>? ColumnsOf(INamedTypeSymbol row)
    {
        var findings = new Findings();
        EquatableArray<ColumnModel>? columns = ContractParser.StrategyOf(row) is not null
            ? ContractParser.Parse(row, row, findings)?.Columns
            : ResultParser.Parse(row, row, findings)?.Columns;
        return findings.Broken ? null : columns;
    }

    private static ExpressionSyntax? Returned(MethodDeclarationSyntax method)
    {
        if (method.ExpressionBody is { } arrow)
        {
            return Text(arrow.Expression);
        }

        ReturnStatementSyntax[] returns = [.. method.Body?.DescendantNodes(static node => node is not (LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax)).OfType<ReturnStatementSyntax>() ?? []];
        return returns.Length == 1 && returns[0].Expression is { } returned ? Text(returned) : null;
    }

    /// <summary>An expression that is written as one text, in parts or not.</summary>
    private static ExpressionSyntax? Text(ExpressionSyntax expression) => IsText(expression) ? expression : null;

    private static bool IsText(ExpressionSyntax expression) => expression switch
    {
        ParenthesizedExpressionSyntax inner => IsText(inner.Expression),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } sum => IsText(sum.Left) && IsText(sum.Right),
        LiteralExpressionSyntax { RawKind: (int)SyntaxKind.StringLiteralExpression } or InterpolatedStringExpressionSyntax => true,
        _ => false,
    };
}
