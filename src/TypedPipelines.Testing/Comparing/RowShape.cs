using System.Reflection;

namespace TypedPipelines.Testing;

/// <summary>How rows are compared and shown: their columns, the values in them, and which of them name a row.</summary>
/// <param name="Columns">The columns' names.</param>
/// <param name="Keys">The positions of those that name a row; none where nothing does.</param>
/// <param name="ValuesOf">The values of a row, by column.</param>
internal sealed record RowShape<T>(IReadOnlyList<string> Columns, IReadOnlyList<int> Keys, Func<T, object?[]> ValuesOf);

/// <summary>Finds the shape of rows.</summary>
internal static class RowShape
{
    /// <summary>Of a table's rows: what is stored of them, as the table holds it.</summary>
    internal static RowShape<TRow> Of<TRow>(TableContract<TRow> table)
    {
        int[] stored = [.. Enumerable.Range(0, table.Columns.Count).Where(i => table.Columns[i].Stored)];
        return new RowShape<TRow>(
            [.. stored.Select(i => table.Columns[i].Member)],
            [.. Enumerable.Range(0, stored.Length).Where(i => table.Columns[stored[i]].Key)],
            row => [.. stored.Select(i => table.Value(row, i))]);
    }

    /// <summary>Of a part of rows: its public properties, or the fields of a tuple; a value by itself is one column.</summary>
    internal static RowShape<T> OfPart<T>()
    {
        Type type = typeof(T);
        if (type.IsPrimitive || type.IsEnum || type.Namespace == nameof(System) && !type.IsGenericType || Nullable.GetUnderlyingType(type) is not null)
        {
            return new RowShape<T>(["value"], [], static part => [part]);
        }

        FieldInfo[] fields = type.FullName!.StartsWith("System.ValueTuple`", StringComparison.Ordinal) ? type.GetFields() : [];
        PropertyInfo[] properties = fields.Length > 0 ? [] : [.. type.GetProperties(BindingFlags.Instance | BindingFlags.Public).Where(property => property.GetIndexParameters().Length == 0)];
        return new RowShape<T>(
            [.. fields.Select(field => field.Name), .. properties.Select(property => property.Name)],
            [],
            part => [.. fields.Select(field => field.GetValue(part)), .. properties.Select(property => property.GetValue(part))]);
    }
}
