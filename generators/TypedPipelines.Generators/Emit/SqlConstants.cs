using System.Collections.Generic;
using System.Globalization;

namespace TypedPipelines.Compilation.Emit;

/// <summary>Statements as readable constants of a plan's class, the same way for every destination.</summary>
internal static class SqlConstants
{
    /// <summary>Writes a statement as a constant; nothing where there is no such statement.</summary>
    public static void Emit(SourceWriter writer, string name, string? sql)
    {
        if (sql is null)
        {
            return;
        }

        writer.Line($"internal const string {name} =");
        using (writer.Indent())
        {
            writer.Line(Text.Lines(sql) + ";");
        }

        writer.Line();
    }

    /// <summary>The constants' names where there are several of a kind: the first has no number.</summary>
    public static IEnumerable<string> Names(string name, int count)
    {
        for (int i = 0; i < count; i++)
        {
            yield return Numbered(name, i);
        }
    }

    public static string Numbered(string name, int position) => position == 0 ? name : name + (position + 1).ToString(CultureInfo.InvariantCulture);
}
