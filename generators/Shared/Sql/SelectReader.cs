using System;
using System.Collections.Generic;
using System.Linq;
using TypedPipelines.Compilation.Model;

namespace TypedPipelines.Compilation.Sql;

/// <summary>Reads one select: what it reads from, its list, and what of its clauses decides which rows there are.</summary>
internal sealed class SelectReader(QueryReader query, QueryScope? around)
{
    private readonly QueryScope _scope = new(around);
    private readonly List<(int Start, int End)> _joins = [];
    private readonly List<Origin> _filters = [];
    private bool _filtersAreRead = true;
    private bool _isFiltered;
    private bool _isAggregate;

    /// <param name="start">The place of <c>select</c>.</param>
    /// <param name="end">The place behind it.</param>
    /// <param name="isWhole">Whether its order and limit are its own, and not those of a union that it ends.</param>
    public QueryColumns? Read(int start, int end, bool isWhole)
    {
        SelectList list = SelectList.At(query.Tokens, start);
        int at = list.End;
        if (at > end || (query.Tokens.WordAt(at, "from") && at < end && !From(ref at, end)))
        {
            return null;
        }

        List<QueryColumn>? columns = Columns(list, out bool isClosed);
        var named = new Dictionary<string, IReadOnlyList<Origin>?>(StringComparer.OrdinalIgnoreCase);
        foreach (QueryColumn column in columns ?? [])
        {
            if (column.Name is not null)
            {
                named[column.Name] = named.ContainsKey(column.Name) ? null : column.Origins;
            }
        }

        if (columns is null || !Clauses(at, end, list, columns, named, isWhole, out bool isGrouped))
        {
            return null;
        }

        foreach ((int from, int to) in _joins)
        {
            Filter(from, to, null);
        }

        IReadOnlyList<Origin> filters = [.. _filters.Concat(_scope.Relations.SelectMany(static relation => relation.Rows.Filters ?? [])).Distinct()];
        _filtersAreRead &= _scope.Relations.TrueForAll(static relation => relation.Rows.Filters is not null);
        _isFiltered |= _joins.Count > 0 || _scope.Relations.Exists(static relation => relation.Rows.IsFiltered);
        if (_isAggregate && !isGrouped)
        {
            // There is always one row: what is filtered decides about its values.
            columns = columns.ConvertAll(column => column with { Origins = column.Origins is null || !_filtersAreRead ? null : [.. column.Origins.Concat(filters).Distinct()] });
            filters = [];
        }

        return new(columns, isClosed, _filtersAreRead ? filters : null, _isFiltered, [.. _scope.Tables]);
    }

    private List<QueryColumn>? Columns(SelectList list, out bool isClosed)
    {
        isClosed = true;
        var columns = new List<QueryColumn>();
        foreach ((int start, int end, SqlToken? name) in list.Items)
        {
            if (end > start && query.Tokens[end - 1].Is('*') && end - start is 1 or 3 && (end - start == 1 || query.Tokens[end - 2].Is('.')))
            {
                List<QueryRelation> all = end - start == 1 ? _scope.Relations : _scope.Relations.FindAll(relation => string.Equals(relation.Alias, query.Name(start), StringComparison.OrdinalIgnoreCase));
                if (all.Count == 0 || _scope.SharesColumns)
                {
                    return null;
                }

                isClosed &= all.TrueForAll(static relation => relation.Rows.IsClosed);
                columns.AddRange(all.SelectMany(static relation => relation.Rows.Columns.Select(column => column with { Origins = relation.Seen(column.Origins) })));
                continue;
            }

            var expression = new ExpressionReader(query, _scope);
            IReadOnlyList<Origin>? origins = end > start ? expression.Read(start, end) : null;
            _isAggregate |= expression.Aggregates;
            columns.Add(new QueryColumn(name is null ? null : query.NameOf(name.Value), origins));
        }

        return columns;
    }

    private bool Clauses(int at, int end, SelectList list, List<QueryColumn> columns, Dictionary<string, IReadOnlyList<Origin>?> named, bool isWhole, out bool isGrouped)
    {
        isGrouped = false;
        bool isCut = list.IsCut;
        (int Start, int End)? order = null;
        while (at < end)
        {
            SqlToken clause = query.Tokens[at];
            int start = at + (clause.Is("group") || clause.Is("order") ? 2 : 1);
            if (start > end || (start == at + 2 && !query.Tokens[at + 1].Is("by")))
            {
                return false;
            }

            at = query.Find(start, end, static token => token.Kind == SqlTokenKind.Word && SqlWords.Clauses.Contains(token.Value));
            if (clause.Is("where") || clause.Is("having"))
            {
                _isFiltered = true;
                Filter(start, at, clause.Is("having") ? named : null);
                isGrouped |= clause.Is("having");
            }
            else if (clause.Is("group"))
            {
                isGrouped = true;
                if (!Keys(start, at, columns, named))
                {
                    return false;
                }
            }
            else if (clause.Is("order"))
            {
                order = (start, at);
            }
            else if (clause.Is("limit") || clause.Is("offset") || clause.Is("fetch"))
            {
                isCut = true;
            }
            else
            {
                return false;
            }
        }

        if (isCut)
        {
            _isFiltered = true;
            if (!isWhole || list.IsFirstOfEach || (order is { } by && !Keys(by.Start, by.End, columns, named)))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>What rows are grouped or ordered by: expressions, names of the list, or places in it. Groups of groups give nulls in place of their keys, and are not read.</summary>
    private bool Keys(int start, int end, List<QueryColumn> columns, Dictionary<string, IReadOnlyList<Origin>?> named)
    {
        while (start < end)
        {
            int next = query.Find(start, end, static token => token.Is(','));
            if (query.Tokens[start].Is('(') && query.Tokens[next - 1].Is(')') && query.Find(start + 1, next - 1, static token => token.Is(',')) < next - 1)
            {
                return false; // A set of them.
            }

            if (next == start + 1 && int.TryParse(query.Tokens[start].Value, out int place))
            {
                if (place < 1 || place > columns.Count)
                {
                    return false;
                }

                Filter(columns[place - 1].Origins);
            }
            else
            {
                if (query.Find(start, next, static token => token.Is("rollup") || token.Is("cube") || token.Is("grouping") || token.Is("with")) < next)
                {
                    return false;
                }

                Filter(start, next, named);
            }

            start = next + 1;
        }

        return true;
    }

    private void Filter(int start, int end, Dictionary<string, IReadOnlyList<Origin>?>? named) => Filter(new ExpressionReader(query, _scope, named).ReadAs(OriginKind.Filter, start, end));

    private void Filter(IReadOnlyList<Origin>? origins)
    {
        _filtersAreRead &= origins is not null;
        _filters.AddRange((origins ?? []).Select(static origin => origin.As(OriginKind.Filter)));
    }

    /// <summary>Reads what stands behind <c>from</c>; the place becomes that of the next clause.</summary>
    private bool From(ref int at, int end)
    {
        at++;
        if (!Relation(ref at, end))
        {
            return false;
        }

        while (at < end && !(query.Tokens[at].Kind == SqlTokenKind.Word && SqlWords.Clauses.Contains(query.Tokens[at].Value)))
        {
            if (query.Tokens[at].Is(','))
            {
                at++;
                _isFiltered = true; // None is left where the other has none.
                if (!Relation(ref at, end))
                {
                    return false;
                }
            }
            else if (!Join(ref at, end))
            {
                return false;
            }
        }

        return true;
    }

    private bool Join(ref int at, int end)
    {
        SqlToken kind = query.Tokens[at];
        at += kind.Is("inner") || kind.Is("left") || kind.Is("right") || kind.Is("full") || kind.Is("cross") || kind.Is("outer") ? 1 : 0;
        at += query.Tokens.WordAt(at, "outer") ? 1 : 0;
        if (at >= end || !(query.Tokens[at].Is("join") || query.Tokens[at].Is("apply")))
        {
            return false;
        }

        at++;
        if (kind.Is("right") || kind.Is("full"))
        {
            _scope.Relations.ForEach(static relation => relation.MayBeMissing = true);
        }

        _isFiltered = true;
        if (!Relation(ref at, end))
        {
            return false;
        }

        _scope.Relations[_scope.Relations.Count - 1].MayBeMissing = kind.Is("left") || kind.Is("full") || kind.Is("outer");
        if (query.Tokens.WordAt(at, "using"))
        {
            if (query.Names(ref at, end, behind: 1) is not { Count: > 0 } names)
            {
                return false;
            }

            foreach (string name in names)
            {
                if (_scope.Share(name) is not { } shared)
                {
                    return false;
                }

                Filter(shared);
            }
        }
        else if (query.Tokens.WordAt(at, "on"))
        {
            int start = at + 1;
            at = query.FindCondition(start, end);
            _joins.Add((start, at));
        }

        return true;
    }

    private bool Relation(ref int at, int end)
    {
        at += query.Tokens.WordAt(at, "lateral") ? 1 : 0;
        if (at >= end)
        {
            return false;
        }

        QueryColumns? rows;
        string? alias = null;
        if (query.TableAt(at) is { } table)
        {
            alias = table.Name;
            rows = new([.. table.Members.Select(member => new QueryColumn(member.Column, [new Origin(table.DisplayName, true, member.Member, OriginKind.Identity)]))], false, [], false, [table.DisplayName]);
        }
        else if (query.Tokens[at].Is('(') && query.IsQuery(at + 1) && query.Closing(at, end) is > 0 and var close)
        {
            // Where it is lateral, it can use the relations before it.
            rows = query.Query(at + 1, close, _scope);
            at = close;
        }
        else
        {
            rows = query.IsNamed(at) ? query.With(query.Name(at)) : null;
            alias = rows is null ? null : query.Name(at);
        }

        if (rows is null)
        {
            return false;
        }

        at++;
        bool isNamed = query.Tokens.WordAt(at, "as");
        at += isNamed ? 1 : 0;
        if (at < end && query.IsNamed(at) && (isNamed || query.Tokens[at].Kind == SqlTokenKind.QuotedName || !IsWord(query.Tokens[at].Value)))
        {
            alias = query.Name(at);
            rows = query.Names(ref at, end, behind: 1) is { } names ? rows.Named(names) : null;
        }

        if (rows is null)
        {
            return false;
        }

        _scope.Relations.Add(new QueryRelation(alias, rows));
        return true;
    }

    private static bool IsWord(string word) => SqlWords.Clauses.Contains(word) || SqlWords.Joins.Contains(word) || SqlWords.Reserved.Contains(word);
}
