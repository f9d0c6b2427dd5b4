using System.Collections.Generic;
using System.Linq;
using TypedPipelines.Compilation.Model;

namespace TypedPipelines.Compilation.Emit;

/// <summary>Writes the checks that annotations declare on a column, as plain comparisons where they can be.</summary>
internal static class CheckEmitter
{
    // More values than that say no more to whoever reads the message.
    private const int MostShown = 8;

    /// <param name="writer">Where to.</param>
    /// <param name="column">The column.</param>
    /// <param name="check">The check.</param>
    /// <param name="at">The column's position, as a literal.</param>
    /// <param name="value">The member, which may be null.</param>
    /// <param name="canBeNull">Whether it may, by its type.</param>
    /// <param name="guard">The question whether it is there, with what follows it; empty where that is known.</param>
    /// <param name="known">The value, where it is there.</param>
    /// <param name="field">The field of the check; null where it has none.</param>
    public static void Emit(
        SourceWriter writer, ColumnModel column, CheckModel check, string at, string value, bool canBeNull, string guard, string known, string? field)
    {
        switch (check.Form)
        {
            case CheckForm.Range:
                EmitRange(writer, check, at, guard, column.IsEnum ? $"({(column.Kind == ColumnKind.Decimal ? "decimal" : "long")}){known}" : known);
                break;
            case CheckForm.Pattern:
                using (writer.Braces($"if (global::TypedPipelines.RowPattern.FindViolation({at}, {field}, {value}, out violation))"))
                {
                    writer.Line("return true;");
                }

                writer.Line();
                break;
            case CheckForm.Attribute:
                // A null is its own to judge, as everywhere else.
                RowCodeEmitter.Check(writer, $"!{field}.IsValid({value})", Invalid(at, $"does not pass [{check.Name}]"));
                break;
            default:
                EmitList(writer, check, at, value, canBeNull);
                break;
        }
    }

    private static void EmitRange(SourceWriter writer, CheckModel check, string at, string guard, string known)
    {
        List<string> bounds = [];
        List<string> words = [];
        if (check.Minimum is { } least)
        {
            bounds.Add($"{known} {(check.MinimumIsExclusive ? ">" : ">=")} {least.Literal}");
            words.Add($"{(check.MinimumIsExclusive ? "greater than" : "at least")} {least.Shown}");
        }

        if (check.Maximum is { } most)
        {
            bounds.Add($"{known} {(check.MaximumIsExclusive ? "<" : "<=")} {most.Literal}");
            words.Add($"{(check.MaximumIsExclusive ? "less than" : "at most")} {most.Shown}");
        }

        if (bounds.Count > 0)
        {
            string violation = check is { Minimum: { } minimum, Maximum: { } maximum, MinimumIsExclusive: false, MaximumIsExclusive: false }
                ? $"OutOfRange({at}, {Text.Literal(minimum.Shown)}, {Text.Literal(maximum.Shown)})"
                : Invalid(at, $"must be {string.Join(" and ", words)}");

            // Negated, so that NaN, which is neither below nor above anything, does not pass.
            RowCodeEmitter.Check(writer, $"{guard}!({string.Join(" && ", bounds)})", violation);
        }
    }

    /// <summary>Null is compared like any other value: it passes where it is listed as allowed, or not as denied.</summary>
    private static void EmitList(SourceWriter writer, CheckModel check, string at, string value, bool canBeNull)
    {
        bool listsNull = check.ListsNull && canBeNull;
        List<string> equal = [.. check.Values.Select(listed => $"{value} == {listed.Literal}")];
        if (listsNull)
        {
            equal.Add($"{value} is null");
        }

        List<string> shown = [.. check.Values.Take(MostShown).Select(listed => listed.Shown)];
        shown.AddRange(check.Values.Count > MostShown ? ["…"] : listsNull ? ["null"] : []);
        if (check.Form == CheckForm.Allowed)
        {
            RowCodeEmitter.Check(writer, $"!({string.Join(" || ", equal)})", Invalid(at, $"is none of the values allowed: {string.Join(", ", shown)}"));
        }
        else if (equal.Count > 0)
        {
            RowCodeEmitter.Check(writer, string.Join(" || ", equal), Invalid(at, "is a value denied"));
        }
    }

    private static string Invalid(string at, string reason) => $"Invalid({at}, {Text.Literal(reason)})";
}
