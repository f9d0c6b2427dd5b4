using System;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace TypedPipelines.Analyzers.Reruns;

/// <summary>Code that lets a unique key refuse what is there already: <c>catch (PostgresException e) when (e.SqlState == "23505")</c>.</summary>
internal static class UniqueViolation
{
    /// <summary>Numbers and names by which SQL Server, PostgreSQL, SQLite and MySQL tell of it.</summary>
    private static readonly string[] Signs = ["2627", "2601", "23505", "1062", "1555", "2067", "UniqueViolation", "DuplicateKey", "unique", "duplicate"];

    /// <summary>Whether a failure of the command by a key that is there already is caught around it, in the same member.</summary>
    public static bool IsCaughtAround(IOperation command)
    {
        for (IOperation? at = command; at?.Parent is { } parent; at = parent)
        {
            if (parent is ITryOperation attempt && attempt.Body == at && attempt.Catches.Any(IsOfUniqueKey))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsOfUniqueKey(ICatchClauseOperation caught)
    {
        if (caught.ExceptionType.Name == "DbUpdateException")
        {
            return true;
        }

        string text = caught.Syntax.ToString();
        return Signs.Any(sign => text.IndexOf(sign, StringComparison.OrdinalIgnoreCase) >= 0);
    }
}
