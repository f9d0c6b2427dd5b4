using TypedPipelines.Compilation.Sql;

namespace TypedPipelines.Analyzers.Sql;

/// <summary>Names out of SQL text, as a message shows them: what is filled in at run time in braces.</summary>
internal static class Readable
{
    public static string Of(string name)
    {
        string[] parts = name.Split(SqlLexer.Hole);
        for (int i = 1; i < parts.Length; i += 2)
        {
            parts[i] = "{" + parts[i] + "}";
        }

        return string.Concat(parts);
    }
}
