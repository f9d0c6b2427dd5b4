using TypedPipelines.Compilation.Model;

namespace TypedPipelines.Compilation.Emit;

/// <summary>Writes what reads the rows of a SQL step that have no table.</summary>
internal static class ResultEmitter
{
    public static string Emit(ResultModel result)
    {
        RowModel row = result.Row;
        string name = row.TypeName.GeneratedClass(TypeName.Result);
        SourceWriter writer = SourceWriter.ForFile(row.TypeName.GeneratedNamespace, row.Obsolete);
        writer.Line($"/// <summary>Reads <see cref=\"{row.Type}\"/> from what a statement gives: each column by its name.</summary>");
        writer.Line(Text.GeneratedCode).Line(Text.Embedded).Obsolete(row.Obsolete);
        using (writer.Braces($"internal sealed class {name} : global::TypedPipelines.IRowContract<{row.Type}>"))
        {
            writer.Line("/// <summary>The one instance.</summary>");
            writer.Line($"public static {name} Instance {{ get; }} = new();").Line();
            writer.Line("/// <inheritdoc/>").Line($"public string DisplayName => {Text.Literal(row.Name)};").Line();
            ColumnsEmitter.Emit(writer, result.Columns, "");
            ReadEmitter.Emit(writer, row, result.Columns, isOverride: false);
        }

        return writer.ToString();
    }
}
