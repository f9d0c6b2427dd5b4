using System.Collections.Generic;
using TypedPipelines.Compilation.Model;

namespace TypedPipelines.Compilation.Emit;

/// <summary>Writes how a row is made of columns, without boxing a value.</summary>
internal static class ReadEmitter
{
    public static void Emit(SourceWriter writer, RowModel row, IReadOnlyList<ColumnModel> columns, bool isOverride)
    {
        writer.Line("/// <inheritdoc/>");
        if (isOverride)
        {
            writer.Line($"public override {row.Type} Read<TReader>(ref TReader reader) =>");
        }
        else
        {
            writer.Line($"public {row.Type} Read<TReader>(ref TReader reader)");
        }

        using (writer.Indent())
        {
            if (!isOverride)
            {
                writer.Line("where TReader : struct, global::TypedPipelines.IRowReader, allows ref struct =>");
            }

            int constructed = row.ConstructorMembers.Count;
            bool initialises = columns.Count > constructed;
            writer.Line($"new {row.Type}({(constructed == 0 ? initialises ? ")" : ");" : "")}");
            using (writer.Indent())
            {
                for (int i = 0; i < constructed; i++)
                {
                    string end = i < constructed - 1 ? "," : initialises ? ")" : ");";
                    writer.Line(Read(columns[i], i) + end);
                }
            }

            if (initialises)
            {
                using (writer.Braces("", "};"))
                {
                    for (int i = constructed; i < columns.Count; i++)
                    {
                        writer.Line($"{Text.Identifier(columns[i].Member)} = {Read(columns[i], i)},");
                    }
                }
            }
        }
    }

    private static string Read(ColumnModel column, int position)
    {
        string method = column.Kind switch
        {
            ColumnKind.Instant => column.ClrType == "global::System.DateTime" ? "DateTime" : "DateTimeOffset",
            ColumnKind kind => kind.ToString(),
        };
        string read = $"reader.Read{method}({Text.Literal(position)})";
        if (column.Narrow is { } narrow)
        {
            read = $"global::TypedPipelines.NarrowRowReader.To{narrow}({read}, this, {Text.Literal(position)})";
        }

        if (column.IsEnum)
        {
            read = $"({column.ClrType}){read}";
        }

        return column.Nullable
            ? $"reader.IsNull({Text.Literal(position)}) ? {(column.IsReference ? column.TakesNull ? "null" : "null!" : $"({column.ClrType}?)null")} : {read}"
            : read;
    }
}
