using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using TypedPipelines.Compilation.Model;
using TypedPipelines.Compilation.Parsing;
using TypedPipelines.Compilation.Sql;

namespace TypedPipelines.Compilation.Lineage;

/// <summary>Where the rows of a SQL step come from, as far as its statement can be read; of the rest, all that is known is the tables.</summary>
internal static class StatementLineage
{
    /// <summary>What stands for the columns of a table of which nobody knows which are read.</summary>
    private const string EveryColumn = "*";

    public static StepLineageModel Of(PipelineModel pipeline, NodeModel node, IMethodSymbol method, INamedTypeSymbol row)
    {
        string[] tables = [.. node.Parameters
            .Where(static parameter => parameter.Form == ParameterForm.Table)
            .Select(parameter => pipeline.Table(parameter.RowType!).DisplayName)
            .Distinct(StringComparer.Ordinal)];
        IReadOnlyList<Origin> anything = Anything(tables, OriginKind.Expression);
        if (SqlStepQuery.Of(method) is not { } rows)
        {
            return new(node.Name, [.. Rows.MembersOf(row).Select(member => (member.Name, anything))], [], ["its SQL is not read for columns"]);
        }

        EquatableArray<ColumnModel> columns = SqlStepQuery.ColumnsOf(row) ?? EquatableArray<ColumnModel>.Empty;
        var opaque = new List<string>();
        List<(string Member, IReadOnlyList<Origin> Origins)> members =
        [
            .. columns.Select(column => (column.Member, Origins(rows, column) ?? Unknown(column.Member))),
        ];

        // What a row computes of its columns may be of all of them.
        IReadOnlyList<Origin> all = Rows.Ordered(members.SelectMany(static member => member.Origins).Select(static origin => origin.As(OriginKind.Expression)));
        return new(
            node.Name,
            [.. Rows.MembersOf(row).Select(member => (member.Name, members.FirstOrDefault(column => column.Member == member.Name).Origins ?? all))],
            rows.Filters is { } filters ? Rows.Ordered(filters) : Anything(tables, OriginKind.Filter),
            rows.Filters is null ? [.. opaque, "of its SQL, what decides which rows there are is not read"] : opaque);

        IReadOnlyList<Origin> Unknown(string member)
        {
            opaque.Add($"of its SQL, {member} is not read");
            return anything;
        }
    }

    /// <summary>Where a column comes from: from nowhere, if the load fills it in; null where that cannot be read.</summary>
    private static IReadOnlyList<Origin>? Origins(QueryColumns rows, ColumnModel column)
    {
        QueryColumn[] given = [.. rows.Columns.Where(each => string.Equals(each.Name, column.Name, StringComparison.OrdinalIgnoreCase))];
        return given.Length == 1 && given[0].Origins is { } origins ? Rows.Ordered(origins)
            : given.Length == 0 && column.Stamp != StampKind.None && rows.IsClosed && rows.Columns.All(static each => each.Name is not null) ? []
            : null;
    }

    private static IReadOnlyList<Origin> Anything(string[] tables, OriginKind kind) => [.. tables.Select(table => new Origin(table, true, EveryColumn, kind))];
}
