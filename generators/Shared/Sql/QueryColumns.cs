using System.Collections.Generic;
using System.Linq;
using TypedPipelines.Compilation.Model;

namespace TypedPipelines.Compilation.Sql;

/// <summary>A column that a query gives, or that a table has.</summary>
/// <param name="Name">Its name; null where that cannot be read.</param>
/// <param name="Origins">The columns of tables that it comes from; null where that cannot be read.</param>
internal readonly record struct QueryColumn(string? Name, IReadOnlyList<Origin>? Origins);

/// <summary>A table that a statement reads, as its contract knows it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="DisplayName">Its name with the schema.</param>
/// <param name="Members">The names of its columns, each with the member that holds its value.</param>
internal sealed record QueryTable(string Name, string DisplayName, IReadOnlyList<(string Column, string Member)> Members);

/// <summary>What a query gives, as far as its text says: where each column comes from, and what decides which rows there are.</summary>
/// <param name="Columns">The columns, in order.</param>
/// <param name="IsClosed">Whether there are no others: a table may have more than its contract says, which a star gives, too.</param>
/// <param name="Filters">What decides which rows there are; null where that cannot be read.</param>
/// <param name="IsFiltered">Whether anything may leave out rows of what it reads.</param>
/// <param name="Tables">The tables that it reads.</param>
internal sealed record QueryColumns(IReadOnlyList<QueryColumn> Columns, bool IsClosed, IReadOnlyList<Origin>? Filters, bool IsFiltered, IReadOnlyList<string> Tables)
{
    /// <summary>The rows of two queries, one after the other; null where their columns cannot be matched by their places.</summary>
    public QueryColumns? And(QueryColumns other) => IsClosed && other.IsClosed && Columns.Count == other.Columns.Count
        ? new(
            [.. Columns.Select((column, at) => new QueryColumn(column.Name, Either(column.Origins, other.Columns[at].Origins)))],
            true,
            Filters is null || other.Filters is null ? null : [.. Filters, .. other.Filters],
            IsFiltered || other.IsFiltered,
            [.. Tables, .. other.Tables])
        : null;

    /// <summary>Under other names; null where there are not as many.</summary>
    public QueryColumns? Named(IReadOnlyList<string> names) => names.Count == 0 ? this
        : IsClosed && names.Count == Columns.Count ? this with { Columns = [.. Columns.Select((column, at) => column with { Name = names[at] })] }
        : null;

    /// <summary>What is a value in some rows only is an expression of it.</summary>
    private static IReadOnlyList<Origin>? Either(IReadOnlyList<Origin>? one, IReadOnlyList<Origin>? other) => one is null || other is null ? null
        : one.Count == 1 && other.Count == 1 && one[0] == other[0] ? one
        : [.. one.Concat(other).Select(static origin => origin.As(OriginKind.Expression)).Distinct()];
}
