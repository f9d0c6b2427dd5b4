using System.Linq;
using TypedPipelines.Compilation.Model;

namespace TypedPipelines.Compilation.Emit;

/// <summary>Writes the typed CSV parser of a row type.</summary>
internal static class CsvEmitter
{
    public static string QualifiedName(TypeName row) => row.QualifiedGeneratedClass(TypeName.Csv);

    public static string Emit(CsvModel csv)
    {
        string name = csv.Row.TypeName.GeneratedClass(TypeName.Csv);
        SourceWriter writer = SourceWriter.ForFile(csv.Row.TypeName.GeneratedNamespace, csv.Row.Obsolete);
        writer.Line($"/// <summary>Reads <see cref=\"{csv.Row.Type}\"/> from CSV.</summary>").Line(Text.GeneratedCode).Line(Text.Embedded).Obsolete(csv.Row.Obsolete);
        using (writer.Braces($"internal sealed class {name} : global::TypedPipelines.CsvContract<{csv.Row.Type}>"))
        {
            writer.Line("/// <summary>The one instance.</summary>");
            writer.Line($"public static {name} Instance {{ get; }} = new();").Line();
            writer.Line("/// <inheritdoc/>");
            writer.Line($"public override global::System.Collections.Generic.IReadOnlyList<string> Columns {{ get; }} = [{string.Join(", ", csv.Fields.Select(field => Text.Literal(field.Column)))}];");
            writer.Line();
            EmitTryParse(writer, csv);
        }

        return writer.ToString();
    }

    private static void EmitTryParse(SourceWriter writer, CsvModel csv)
    {
        var names = new NameScope("record", "row");
        string[] locals = [.. csv.Fields.Select(field => names.Take(Text.Camel(field.Member)))];
        string[] values = [.. csv.Fields.Select((field, i) => field is { Nullable: true, TakesNull: false } ? locals[i] + "!" : locals[i])];
        writer.Line("/// <inheritdoc/>");
        using (writer.Braces($"public override bool TryParse(ref global::TypedPipelines.CsvRecord record, out {csv.Row.Type} row)"))
        {
            for (int i = 0; i < csv.Fields.Count; i++)
            {
                string lead = i == 0 ? "if (" : "    && ";
                string end = i == csv.Fields.Count - 1 ? ")" : "";
                writer.Line(lead + TryRead(csv.Fields[i], i, locals[i]) + end);
            }

            using (writer.Braces(""))
            {
                int constructed = csv.Row.ConstructorMembers.Count;
                string create = $"row = new {csv.Row.Type}({string.Join(", ", values.Take(constructed))})";
                if (csv.Fields.Count > constructed)
                {
                    writer.Line(create).Line("{");
                    using (writer.Indent())
                    {
                        for (int i = constructed; i < csv.Fields.Count; i++)
                        {
                            writer.Line($"{Text.Identifier(csv.Fields[i].Member)} = {values[i]},");
                        }
                    }

                    writer.Line("};");
                }
                else
                {
                    writer.Line(create + ";");
                }

                writer.Line("return true;");
            }

            writer.Line().Line("row = default!;").Line("return false;");
        }
    }

    private static string TryRead(CsvFieldModel field, int position, string local)
    {
        string method = "TryRead" + (field.Nullable ? "Nullable" : "") + (field.IsEnum ? "Enum" : "");
        string format = field.TakesFormat ? ", " + Text.Literal(field.Format) : "";
        return $"record.{method}({Text.Literal(position)}{format}, out {field.Type}{(field.Nullable ? "?" : "")} {local})";
    }
}
