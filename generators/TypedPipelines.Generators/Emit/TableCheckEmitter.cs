using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using TypedPipelines.Compilation.Model;

namespace TypedPipelines.Compilation.Emit;

/// <summary>Writes the checks that a contract declares: the list of them, the calls of those of single rows, and what those of all rows add up.</summary>
internal static class TableCheckEmitter
{
    private const string Runtime = "global::TypedPipelines.";

    public static void Emit(SourceWriter writer, ContractModel contract)
    {
        if (contract.Checks.Count == 0)
        {
            return;
        }

        writer.Line("/// <inheritdoc/>");
        writer.Line($"public override global::System.Collections.Generic.IReadOnlyList<{Runtime}TableCheck> Checks {{ get; }} =").Line("[");
        using (writer.Indent())
        {
            foreach (TableCheckModel check in contract.Checks)
            {
                writer.Line($"new {Runtime}{Construct(check)} {{ {string.Join(", ", Properties(check))} }},");
            }
        }

        writer.Line("];").Line();
        EmitFindFailed(writer, contract);
        EmitMeasure(writer, contract);
    }

    /// <summary>Direct calls, one after the other: where the first ones were asked before, they are passed over.</summary>
    private static void EmitFindFailed(SourceWriter writer, ContractModel contract)
    {
        TableCheckModel[] checks = [.. contract.Checks.Where(static check => check.Kind == TableCheckKind.Row)];
        if (checks.Length == 0)
        {
            return;
        }

        writer.Line("/// <inheritdoc/>");
        using (writer.Braces($"public override int FindFailedCheck(in {contract.Row.Type} row, int first, out string? reason)"))
        {
            writer.Line("reason = null;");
            for (int i = 0; i < checks.Length; i++)
            {
                string place = Text.Literal(i);
                using (writer.Braces(checks[i].GivesReason
                    ? $"if (first <= {place} && (reason = {checks[i].Call}(row)) is not null)"
                    : $"if (first <= {place} && !{checks[i].Call}(row))"))
                {
                    writer.Line($"return {place};");
                }

                writer.Line();
            }

            writer.Line("return -1;");
        }

        writer.Line();
    }

    private static void EmitMeasure(SourceWriter writer, ContractModel contract)
    {
        (TableCheckModel Check, int Place)[] measured = [.. contract.Checks.Select(static (check, place) => (check, place)).Where(static each => each.check.Kind is TableCheckKind.Fresh or TableCheckKind.NullShare or TableCheckKind.Steady)];
        if (measured.Length == 0)
        {
            return;
        }

        writer.Line("/// <inheritdoc/>");
        using (writer.Braces($"public override void Measure(global::System.ReadOnlySpan<{contract.Row.Type}> rows, global::System.ReadOnlySpan<{Runtime}CheckMeasure> measures)"))
        {
            foreach ((TableCheckModel check, int place) in measured)
            {
                writer.Line($"{Runtime}CheckMeasure {Local(place)} = measures[{Text.Literal(place)}]; // {Text.Comment(check.Name)}");
            }

            using (writer.Braces($"foreach ({(contract.Row.IsReference ? "" : "ref readonly ")}{contract.Row.Type} row in rows)"))
            {
                foreach ((TableCheckModel check, int place) in measured)
                {
                    EmitMeasure(writer, check, contract.Columns[check.Columns[0]], Local(place));
                }
            }
        }

        writer.Line();
    }

    private static void EmitMeasure(SourceWriter writer, TableCheckModel check, ColumnModel column, string measure)
    {
        string member = "row." + Text.Identifier(column.Member);
        string known = column is { MemberNullable: true, IsReference: false } ? member + ".GetValueOrDefault()" : member;
        string value = check.Kind switch
        {
            TableCheckKind.NullShare => "",
            TableCheckKind.Steady => $"(double){known}",
            _ when column.ClrType == "global::System.DateTime" => $"new global::System.DateTimeOffset({known})",
            _ => known,
        };
        if (!column.MemberNullable && !column.IsReference)
        {
            writer.Line($"{measure}.Add({value});");
            return;
        }

        using (writer.Braces($"if ({member} is null)"))
        {
            writer.Line($"{measure}.AddNull();");
        }

        using (writer.Braces("else"))
        {
            writer.Line($"{measure}.Add({value});");
        }
    }

    private static string Local(int place) => "measure" + Text.Literal(place + 1);

    private static string Construct(TableCheckModel check)
    {
        string name = Text.Literal(check.Name);
        return check.Kind switch
        {
            TableCheckKind.Row => $"RowCheck({name})",
            TableCheckKind.Statement => $"StatementCheck({name}, static partition => {check.Call}({string.Join(", ", check.Arguments)}), static () => [{string.Join(", ", check.Reads.Select(static row => ContractEmitter.QualifiedName(row) + ".Instance"))}])",
            TableCheckKind.RowCount => $"RowCountCheck({name})",
            TableCheckKind.Fresh => $"FreshCheck({name}, {Text.Literal(check.Columns[0])}, global::System.TimeSpan.FromTicks({check.Ticks.ToString(CultureInfo.InvariantCulture)}L))",
            TableCheckKind.NullShare => $"NullShareCheck({name}, {Text.Literal(check.Columns[0])}, {Text.Literal(check.Share)})",
            TableCheckKind.Steady => $"SteadyCheck({name}, {Text.Literal(check.Columns[0])})",
            TableCheckKind.References => $"DeclaredCheck({name}, {Text.Literal($"every value to be a {check.Reference!.Column.Name} of {check.Reference.DisplayName}")})",
            _ => $"DeclaredCheck({name}, \"no two rows to have the same values there\")",
        };
    }

    private static IEnumerable<string> Properties(TableCheckModel check)
    {
        yield return $"Severity = {Runtime}CheckSeverity.{check.Severity}";
        if (check.Description is not null)
        {
            yield return $"Description = {Text.Literal(check.Description)}";
        }

        if (check.Remedy is not null)
        {
            yield return $"Remedy = {Text.Literal(check.Remedy)}";
        }

        if (check.MaxRows is { } rows)
        {
            yield return $"MaxRows = {rows.ToString(CultureInfo.InvariantCulture)}L";
        }

        if (check.MaxShare is { } share)
        {
            yield return $"MaxShare = {Text.Literal(share)}";
        }

        if (check.Reference is { } reference)
        {
            yield return $"Other = {Text.Literal(reference.DisplayName)}";
        }

        foreach (NamedValue option in check.Options)
        {
            yield return $"{option.Name} = {option.Value}";
        }
    }
}
