using System.Globalization;
using System.Linq;
using TypedPipelines.Compilation.Model;

namespace TypedPipelines.Compilation.Emit;

/// <summary>Writes the typed code over a contract's rows: writing and checking them without boxing a value.</summary>
internal static class RowCodeEmitter
{
    private const string Violation = "global::TypedPipelines.RowViolation";

    public static void EmitWrite(SourceWriter writer, ContractModel contract)
    {
        writer.Line("/// <inheritdoc/>");
        using (writer.Braces($"public override void Write<TWriter>(global::System.ReadOnlySpan<{contract.Row.Type}> rows, in global::TypedPipelines.RunSlice slice, ref TWriter writer)"))
        using (writer.Braces($"foreach ({(contract.Row.IsReference ? "" : "ref readonly ")}{contract.Row.Type} row in rows)"))
        {
            writer.Line("writer.BeginRow();");
            foreach (ColumnModel column in contract.Columns)
            {
                writer.Line(Write(column));
            }

            writer.Line("writer.EndRow();");
        }

        writer.Line();
    }

    /// <summary>Nothing for a key that has no order, or that the load fills in.</summary>
    public static void EmitCompareKeys(SourceWriter writer, ContractModel contract)
    {
        ColumnModel[] keys = [.. contract.BatchKey];
        if (keys.Length == 0 || keys.Any(key => key.Stamp != StampKind.None || key.Kind is ColumnKind.Bytes or ColumnKind.Single or ColumnKind.Double))
        {
            return;
        }

        writer.Line("/// <inheritdoc/>");
        using (writer.Braces($"public override int CompareKeys(in {contract.Row.Type} left, in {contract.Row.Type} right)"))
        {
            for (int i = 0; i < keys.Length - 1; i++)
            {
                writer.Line($"{(i == 0 ? "int " : "")}order = {Compare(keys[i])};");
                using (writer.Braces("if (order != 0)"))
                {
                    writer.Line("return order;");
                }

                writer.Line();
            }

            writer.Line($"return {Compare(keys[keys.Length - 1])};");
        }

        writer.Line();
    }

    private static string Compare(ColumnModel key)
    {
        string member = Text.Identifier(key.Member);
        return key.Kind == ColumnKind.String
            ? $"string.CompareOrdinal(left.{member}, right.{member})"
            : $"global::System.Collections.Generic.Comparer<{key.ClrType}{(key.MemberNullable || key.Nullable ? "?" : "")}>.Default.Compare(left.{member}, right.{member})";
    }

    public static void EmitFindViolation(SourceWriter writer, ContractModel contract)
    {
        writer.Line("/// <inheritdoc/>");
        using (writer.Braces($"public override bool FindViolation(in {contract.Row.Type} row, in global::TypedPipelines.RunSlice slice, out {Violation} violation)"))
        {
            var fields = new CheckFields(contract);
            for (int i = 0; i < contract.Columns.Count; i++)
            {
                EmitChecks(writer, contract, contract.Columns[i], i, fields);
            }

            writer.Line("violation = default;").Line("return false;");
        }

        writer.Line();
    }

    public static void EmitValueOf(SourceWriter writer, ContractModel contract)
    {
        writer.Line("/// <inheritdoc/>");
        using (writer.Braces($"protected override object? ValueOf(in {contract.Row.Type} row, int column) => column switch", "};"))
        {
            for (int i = 0; i < contract.Columns.Count; i++)
            {
                writer.Line($"{Text.Literal(i)} => row.{Text.Identifier(contract.Columns[i].Member)},");
            }

            writer.Line("_ => throw new global::System.ArgumentOutOfRangeException(nameof(column)),");
        }
    }

    private static string Write(ColumnModel column)
    {
        string value = "row." + Text.Identifier(column.Member);
        switch (column.Stamp)
        {
            case StampKind.Date or StampKind.Partition:
                return $"writer.Write({Stamp(column)});";
            case StampKind.Start:
                string start = column.MemberNullable ? value + ".GetValueOrDefault()" : value;
                return $"writer.Write({start} == default ? {Stamp(column)} : {start});";
            case StampKind.Open:
                return "writer.WriteNull();";
        }

        string? cast = CastForWriting(column);
        string digits = column.Kind == ColumnKind.Decimal ? $", {Text.Literal(column.Precision!.Value)}, {Text.Literal(column.Scale!.Value)}" : "";
        if (column.Nullable)
        {
            return $"global::TypedPipelines.NullableRowWriter.WriteNullable(ref writer, {(cast is null ? "" : $"({cast}?)")}{value}{digits});";
        }

        if (column is { MemberNullable: true, IsReference: false })
        {
            value += ".GetValueOrDefault()"; // Null was refused before.
        }
        else if (column is { MemberNullable: true, IsReference: true })
        {
            value += "!"; // The same.
        }

        return $"writer.Write({(cast is null ? "" : $"({cast})")}{value}{digits});";
    }

    /// <summary>What the load fills into a column.</summary>
    private static string Stamp(ColumnModel column) => column.Stamp switch
    {
        StampKind.Partition => "slice.Partition",
        _ when column.Kind == ColumnKind.Date => "slice.Window.StartDate",
        _ when column.ClrType == "global::System.DateTime" => "slice.Window.Start.UtcDateTime",
        _ => "slice.Window.Start",
    };

    private static string? CastForWriting(ColumnModel column)
    {
        string? primitive = column.Kind switch
        {
            ColumnKind.Int16 => "short",
            ColumnKind.Int32 => "int",
            ColumnKind.Int64 => "long",
            ColumnKind.Decimal => "decimal",
            _ => null,
        };
        return primitive == column.ClrType ? null : primitive;
    }

    private static void EmitChecks(SourceWriter writer, ContractModel contract, ColumnModel column, int position, CheckFields fields)
    {
        string value = "row." + Text.Identifier(column.Member);
        string at = position.ToString(CultureInfo.InvariantCulture);
        bool canBeNull = column.MemberNullable || column.IsReference;
        if (column.Stamp != StampKind.None)
        {
            EmitStampChecks(writer, column, value, at);
            return;
        }

        bool isPartition = position == contract.WindowColumn;
        bool refusesNull = !contract.MayBeNull(column);
        if (canBeNull && refusesNull)
        {
            Check(writer, $"{value} is null", isPartition ? $"NullPartition({at})" : column.Key ? $"NullKey({at})" : $"Null({at})");
        }

        // After a null was refused, the value is there; where null is allowed, the checks pass it by.
        string known = column is { MemberNullable: true, IsReference: false } ? value + ".GetValueOrDefault()" : value;
        string guard = canBeNull && !refusesNull ? $"{value} is not null && " : "";
        if (column.ClrType == "global::System.DateTime")
        {
            Check(writer, $"{guard}{known}.Kind != global::System.DateTimeKind.Utc", $"NotUtc({at}, {known}.Kind)");
        }

        if (isPartition)
        {
            Check(writer, $"!slice.Window.Contains({known})", $"OutOfWindow({at})");
        }

        if (column.RefusesBlank)
        {
            Check(writer, $"{guard}string.IsNullOrWhiteSpace({known})", $"Blank({at})");
        }

        if (column.MinLength is { } shortest)
        {
            Check(writer, $"{guard}{known}.Length < {Text.Literal(shortest)}", $"TooShort({at}, {known}.Length, {Text.Literal(shortest)})");
        }

        if (column.MaxLength is { } longest and >= 0)
        {
            Check(writer, $"{guard}{known}.Length > {Text.Literal(longest)}", $"TooLong({at}, {known}.Length, {Text.Literal(longest)})");
        }

        for (int i = 0; i < column.Checks.Count; i++)
        {
            CheckEmitter.Emit(writer, column, column.Checks[i], at, value, canBeNull, guard, known, fields.Of(position, i));
        }
    }

    /// <summary>A step leaves out what the load fills in; where it does not, it must say the same, or a time in the window.</summary>
    private static void EmitStampChecks(SourceWriter writer, ColumnModel column, string value, string at)
    {
        string known = column.MemberNullable && !column.IsReference ? value + ".GetValueOrDefault()" : value;
        switch (column.Stamp)
        {
            case StampKind.Open:
                Check(writer, $"{value} is not null", $"NotStamp({at}, null)");
                break;
            case StampKind.Partition:
                Check(writer, $"!string.IsNullOrEmpty({value}) && {value} != slice.Partition", $"NotStamp({at}, slice.Partition)");
                break;
            case StampKind.Date:
                Check(writer, $"{known} != default && {known} != slice.Window.StartDate", $"NotStamp({at}, slice.Window.StartDate.ToString(\"yyyy-MM-dd\", global::System.Globalization.CultureInfo.InvariantCulture))");
                break;
            default:
                if (column.ClrType == "global::System.DateTime")
                {
                    Check(writer, $"{known} != default && {known}.Kind != global::System.DateTimeKind.Utc", $"NotUtc({at}, {known}.Kind)");
                }

                Check(writer, $"{known} != default && !slice.Window.Contains({known})", $"OutOfWindow({at})");
                break;
        }
    }

    public static void Check(SourceWriter writer, string condition, string violation)
    {
        using (writer.Braces($"if ({condition})"))
        {
            writer.Line($"violation = {Violation}.{violation};").Line("return true;");
        }

        writer.Line();
    }
}
