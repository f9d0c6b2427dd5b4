using System;
using System.Collections.Generic;
using System.Linq;
using TypedPipelines.Compilation.Sql;

namespace TypedPipelines.Analyzers.Sql;

/// <summary>
/// Rows of <c>order_items</c> behind a delete and an insert of <c>orders</c>: the old ones went with the order they belong to, and the new ones
/// belong to the new one. A table belongs to another where its name begins with the other's.
/// </summary>
internal static class LoadedParents
{
    /// <summary>Whether texts delete and insert rows of a table that this one belongs to.</summary>
    public static bool Have(string table, IEnumerable<string> texts)
    {
        string name = Last(table);
        var deleted = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var inserted = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (IReadOnlyList<SqlToken> tokens in texts.Select(static text => SqlLexer.Read(text, backslashEscapes: false)))
        {
            deleted.UnionWith(TableStatement.Deletes(tokens).Select(static statement => Last(statement.Table)));
            inserted.UnionWith(TableStatement.Inserts(tokens).Select(static statement => Last(statement.Table)));
        }

        return deleted.Any(parent => inserted.Contains(parent) && BelongsTo(name, parent));
    }

    private static bool BelongsTo(string name, string parent)
    {
        string stem = parent.EndsWith("s", StringComparison.OrdinalIgnoreCase) ? parent.Substring(0, parent.Length - 1) : parent;
        if (stem.Length < 3 || name.Length <= parent.Length || !name.StartsWith(stem, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        int end = name.StartsWith(parent, StringComparison.OrdinalIgnoreCase) ? parent.Length : stem.Length;
        return name[end] == '_' || (char.IsUpper(name[end]) && char.IsLower(name[end - 1]));
    }

    private static string Last(string table) => table.Substring(table.LastIndexOf('.') + 1);
}
