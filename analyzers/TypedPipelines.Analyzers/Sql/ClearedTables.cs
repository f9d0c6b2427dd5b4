using System;
using System.Collections.Generic;
using TypedPipelines.Compilation.Sql;

namespace TypedPipelines.Analyzers.Sql;

/// <summary>The tables that SQL text empties, deletes a window from, or has just created: an insert into them may follow.</summary>
internal sealed class ClearedTables
{
    private readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase);

    public bool Any => _names.Count > 0;

    /// <summary>Whether the table is among them; where one of two names lacks the schema, they are taken for the same.</summary>
    public bool Contains(string table)
    {
        foreach (string name in _names)
        {
            if (string.Equals(name, table, StringComparison.OrdinalIgnoreCase)
                || name.EndsWith("." + table, StringComparison.OrdinalIgnoreCase)
                || table.EndsWith("." + name, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Notes what the statement that begins here clears.</summary>
    public void Note(IReadOnlyList<SqlToken> tokens, int at)
    {
        if (tokens[at].Is("delete") || tokens[at].Is("truncate"))
        {
            int name = at + 1;
            while (tokens.WordAt(name, "from") || tokens.WordAt(name, "table") || tokens.WordAt(name, "only"))
            {
                name++;
            }

            Add(SqlName.Read(tokens, name));
            if (tokens.WordAt(name + 1, "from"))
            {
                Add(SqlName.Read(tokens, name + 2)); // T-SQL's DELETE alias FROM table alias
            }
        }
        else if (tokens[at].Is("table") && IsCreation(tokens, at))
        {
            Add(SqlName.Read(tokens, at + 1));
        }
    }

    /// <summary>Notes what an earlier command reads: whoever looks into the table before inserting may be looking for the rows.</summary>
    public void NoteRead(IReadOnlyList<SqlToken> tokens, int at)
    {
        if (tokens[at].Is("from"))
        {
            Add(SqlName.Read(tokens, at + 1));
        }
    }

    private void Add(string? name)
    {
        if (name is not null)
        {
            _names.Add(name);
        }
    }

    private static bool IsCreation(IReadOnlyList<SqlToken> tokens, int table)
    {
        for (int i = table - 1; i >= 0 && i >= table - 4; i--)
        {
            if (tokens[i].Is("create"))
            {
                // IF NOT EXISTS says that the table may be there, rows and all; a temporary one goes with its connection.
                return table - i > 1 || !(tokens.WordAt(table + 1, "if") || IsOnlyWhereMissing(tokens, i));
            }
        }

        return false;
    }

    /// <summary>T-SQL's <c>if not exists (...) create table</c> and <c>if object_id('t') is null create table</c>.</summary>
    private static bool IsOnlyWhereMissing(IReadOnlyList<SqlToken> tokens, int create)
    {
        bool isAsked = false;
        for (int i = create - 1; i >= 0 && !tokens[i].Is(';'); i--)
        {
            isAsked |= tokens[i].Is("exists") || tokens[i].Is("object_id");
            if (tokens[i].Is("if"))
            {
                return isAsked;
            }

            if (tokens[i].Is("drop"))
            {
                return false; // if exists (...) drop table t create table t
            }
        }

        return false;
    }
}
