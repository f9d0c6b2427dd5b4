using System;
using System.Collections.Generic;
using System.Linq;
using TypedPipelines.Compilation.Model;

namespace TypedPipelines.Compilation.Sql;

/// <summary>One of the tables and queries that a select reads from.</summary>
internal sealed class QueryRelation(string? alias, QueryColumns rows)
{
    public string? Alias { get; } = alias;

    public QueryColumns Rows { get; } = rows;

    /// <summary>Whether a join may give nulls in its place.</summary>
    public bool MayBeMissing { get; set; }

    public bool Has(string column) => Rows.Columns.Any(each => string.Equals(each.Name, column, StringComparison.OrdinalIgnoreCase));

    /// <summary>Where a column comes from; null where it has none of the name, or that cannot be read.</summary>
    public IReadOnlyList<Origin>? Column(string name)
    {
        QueryColumn[] found = [.. Rows.Columns.Where(each => string.Equals(each.Name, name, StringComparison.OrdinalIgnoreCase))];
        return found.Length == 1 ? Seen(found[0].Origins) : null;
    }

    /// <summary>What is null where there is no row is an expression.</summary>
    public IReadOnlyList<Origin>? Seen(IReadOnlyList<Origin>? origins) =>
        MayBeMissing && origins is not null ? [.. origins.Select(static origin => origin.As(OriginKind.Expression))] : origins;
}

/// <summary>The names that a select can use: of what it reads from, and, with their alias, of what the select around it does.</summary>
internal sealed class QueryScope(QueryScope? around)
{
    private readonly Dictionary<string, IReadOnlyList<Origin>> _shared = new(StringComparer.OrdinalIgnoreCase);

    public List<QueryRelation> Relations { get; } = [];

    /// <summary>Whether columns were joined by their common name, so that a star gives them once.</summary>
    public bool SharesColumns => _shared.Count > 0;

    public IEnumerable<string> Tables => Relations.SelectMany(static relation => relation.Rows.Tables).Distinct(StringComparer.Ordinal);

    /// <summary>Whether a name without an alias is, or might be, one of a column.</summary>
    public bool Knows(string name) => _shared.ContainsKey(name) || Relations.Exists(relation => relation.Has(name)) || (around?.Knows(name) ?? false);

    /// <summary>Where a column comes from; null where that cannot be told for certain.</summary>
    public IReadOnlyList<Origin>? Column(string? alias, string name)
    {
        if (alias is null)
        {
            // One of the select around would be hidden by a column that the contract in here does not know.
            return _shared.TryGetValue(name, out IReadOnlyList<Origin> shared) ? shared
                : Relations.FindAll(relation => relation.Has(name)) is { Count: 1 } only ? only[0].Column(name)
                : null;
        }

        List<QueryRelation> named = Relations.FindAll(relation => string.Equals(relation.Alias, alias, StringComparison.OrdinalIgnoreCase));
        return named.Count switch
        {
            0 => around?.Column(alias, name),
            1 => named[0].Column(name),
            _ => null,
        };
    }

    /// <summary>Takes a column for one and the same in all relations so far; null where not two have it.</summary>
    public IReadOnlyList<Origin>? Share(string name)
    {
        List<IReadOnlyList<Origin>?> found = Relations.FindAll(relation => relation.Has(name)).ConvertAll(relation => relation.Column(name));
        if (found.Count < 2 || found.Contains(null))
        {
            return null;
        }

        return _shared[name] = [.. found.SelectMany(static origins => origins!).Select(static origin => origin.As(OriginKind.Expression)).Distinct()];
    }
}
