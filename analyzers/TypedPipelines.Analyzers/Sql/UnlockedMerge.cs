using System.Collections.Generic;
using TypedPipelines.Compilation.Sql;

namespace TypedPipelines.Analyzers.Sql;

/// <summary>Finds a MERGE of T-SQL whose target is not locked against what others insert meanwhile.</summary>
internal static class UnlockedMerge
{
    private static readonly string[] Locks = ["holdlock", "serializable", "tablockx", "sp_getapplock"];

    /// <summary>The target's name, and where it ends in the text; null where there is no such MERGE.</summary>
    /// <param name="tokens">The text's.</param>
    /// <param name="isSqlServer">Whether the command is known to be SQL Server's; otherwise the text must show it.</param>
    public static (string Target, int End)? Find(IReadOnlyList<SqlToken> tokens, bool isSqlServer)
    {
        int? merge = null;
        for (int i = 0; i < tokens.Count; i++)
        {
            foreach (string word in Locks)
            {
                if (tokens[i].Is(word))
                {
                    return null;
                }
            }

            isSqlServer |= IsOnlyOfTransactSql(tokens, i);
            merge ??= tokens[i].Is("merge") && (i == 0 || !tokens[i - 1].Is("inner")) && Inserts(tokens, i) ? i : null;
        }

        if (merge is not { } at || !isSqlServer)
        {
            return null;
        }

        int name = at + 1;
        if (name + 3 < tokens.Count && tokens[name].Is("top") && tokens[name + 1].Is('('))
        {
            name += 4;
        }

        name += tokens.WordAt(name, "into") ? 1 : 0;
        if (SqlName.Read(tokens, name) is not { } target || SqlName.IsTemporary(target))
        {
            return null;
        }

        while (name + 2 < tokens.Count && tokens[name + 1].Is('.') && tokens[name + 2].IsName)
        {
            name += 2;
        }

        return (target, tokens[name].End);
    }

    /// <summary>A MERGE that only updates or deletes what it finds has nothing to insert twice.</summary>
    private static bool Inserts(IReadOnlyList<SqlToken> tokens, int merge)
    {
        bool isMerge = false;
        for (int i = merge + 1; i < tokens.Count && !tokens[i].Is(';'); i++)
        {
            isMerge |= tokens[i].Is("using");
            if (isMerge && tokens[i].Is("then") && tokens.WordAt(i + 1, "insert"))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsOnlyOfTransactSql(IReadOnlyList<SqlToken> tokens, int at) =>
        tokens[at].Is("$action") || tokens[at].Is("dbo") || tokens[at].Is("nvarchar") || tokens[at].Is("sysutcdatetime") || tokens[at].Is("getdate") || tokens[at].Is("getutcdate")
        || (tokens[at].Is("output") && at + 1 < tokens.Count && (tokens[at + 1].Is("inserted") || tokens[at + 1].Is("deleted") || tokens[at + 1].Is("$action")))
        || (tokens[at].Kind == SqlTokenKind.Word && tokens[at].Value.Length > 1 && tokens[at].Value[0] == '#');
}
