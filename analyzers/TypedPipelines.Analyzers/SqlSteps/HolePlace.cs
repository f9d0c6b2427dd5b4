using System.Collections.Generic;
using System.Linq;
using TypedPipelines.Analyzers.Sql;
using TypedPipelines.Compilation.Sql;

namespace TypedPipelines.Analyzers.SqlSteps;

/// <summary>
/// Finds texts in holes that are meant as a part of the statement: each becomes a parameter, which at these places is no table, no column, no order and no
/// condition.
/// </summary>
internal static class HolePlace
{
    private static readonly string[] Operators = ["in", "is", "like", "ilike", "between", "not", "similar", "regexp", "glob", "collate", "escape"];

    /// <summary>Whether a value of text at this place is never what was meant.</summary>
    public static bool AsksForStatement(IReadOnlyList<SqlToken> tokens, int hole)
    {
        if (hole == 0)
        {
            return true;
        }

        SqlToken before = tokens[hole - 1];
        return before.Is("join")
            || (before.Is("by") && hole > 1 && (tokens[hole - 2].Is("order") || tokens[hole - 2].Is("group") || tokens[hole - 2].Is("partition")))
            || (before.Is("from") && IsClause(tokens, hole - 1))
            || ((before.Is("where") || before.Is("having") || before.Is("on")) && !IsCompared(tokens, hole + 1));
    }

    private static bool IsCompared(IReadOnlyList<SqlToken> tokens, int at) => at < tokens.Count
        && (tokens[at].Kind == SqlTokenKind.Symbol ? !tokens[at].Is(')') && !tokens[at].Is(';') : Operators.Any(tokens[at].Is));

    /// <summary>Whether a <c>from</c> names tables, unlike those in <c>trim(both from ...)</c> and <c>is distinct from</c>.</summary>
    private static bool IsClause(IReadOnlyList<SqlToken> tokens, int from)
    {
        if (from > 0 && tokens[from - 1].Is("distinct"))
        {
            return false;
        }

        int depth = 0;
        for (int at = from - 1; at >= 0; at--)
        {
            depth += tokens[at].Is(')') ? 1 : tokens[at].Is('(') ? -1 : 0;
            if (depth < 0)
            {
                return false;
            }

            if (depth == 0 && tokens[at].Is("select"))
            {
                return true;
            }
        }

        return false;
    }
}
