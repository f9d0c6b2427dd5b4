using System.Collections.Generic;
using TypedPipelines.Compilation.Model;

namespace TypedPipelines.Compilation.Emit;

/// <summary>Writes the list of a contract's columns.</summary>
internal static class ColumnsEmitter
{
    private const string Runtime = "global::TypedPipelines.";

    public static void Emit(SourceWriter writer, IEnumerable<ColumnModel> columns, string modifier)
    {
        writer.Line("/// <inheritdoc/>");
        writer.Line($"public {modifier}global::System.Collections.Generic.IReadOnlyList<{Runtime}Column> Columns {{ get; }} =");
        writer.Line("[");
        using (writer.Indent())
        {
            foreach (ColumnModel column in columns)
            {
                writer.Line($"new({string.Join(", ", Arguments(column))}),");
            }
        }

        writer.Line("];").Line();
    }

    private static IEnumerable<string> Arguments(ColumnModel column)
    {
        yield return Text.Literal(column.Name);
        yield return Text.Literal(column.Member);
        yield return $"{Runtime}ColumnType.{column.Kind}";
        if (column.Nullable)
        {
            yield return "Nullable: true";
        }

        if (column.Key)
        {
            yield return "Key: true";
        }

        if (column.MaxLength is { } length)
        {
            yield return $"MaxLength: {Text.Literal(length)}";
        }

        if (column.Precision is { } precision)
        {
            yield return $"Precision: {Text.Literal(precision)}, Scale: {Text.Literal(column.Scale ?? 0)}";
        }

        if (!column.Stored)
        {
            yield return "Stored: false";
        }
    }
}
