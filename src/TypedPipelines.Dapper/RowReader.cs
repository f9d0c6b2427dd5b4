using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace TypedPipelines.Queries;

/// <summary>Makes rows of a result: its columns found by name, each value converted without loss or refused.</summary>
internal sealed class RowReader<TRow>
{
    private readonly RowShape<TRow> _shape;
    private readonly int[] _columns;
    private readonly Conversion[] _conversions;
    private readonly object?[] _values;

    private RowReader(RowShape<TRow> shape, int[] columns)
    {
        _shape = shape;
        _columns = columns;
        _conversions = [.. shape.Slots.Select(slot => ValueConversion.To(slot.Type))];
        _values = new object?[columns.Length];
    }

    /// <summary>The column that could not be read.</summary>
    internal string? FailedColumn { get; private set; }

    /// <summary>Its value; null where it is null, or could not be had at all.</summary>
    internal string? FailedValue { get; private set; }

    /// <summary>Why.</summary>
    internal string FailedReason { get; private set; } = "";

    /// <summary>Finds the columns.</summary>
    /// <exception cref="PipelineException">One is missing, or there twice.</exception>
    internal static RowReader<TRow> For(DbDataReader reader, RowShape<TRow> shape, QueryFailure failure)
    {
        string[] names = [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetName)];
        string[] keys = [.. names.Select(CsvHeader.Key)];
        int[] columns = new int[shape.Slots.Count];
        for (int i = 0; i < columns.Length; i++)
        {
            RowSlot slot = shape.Slots[i];
            string key = CsvHeader.Key(slot.Column);
            columns[i] = Array.IndexOf(keys, key);
            if (columns[i] >= 0 && Array.IndexOf(keys, key, columns[i] + 1) is >= 0 and var again)
            {
                throw failure.OfColumns(
                    $"gives {Quote.Text(names[columns[i]])} and {Quote.Text(names[again])}, which both match {typeof(TRow).Name}.{slot.Member}",
                    "Only one of them can be meant: name the other one otherwise, or leave it out.");
            }

            if (columns[i] < 0 && !slot.Optional)
            {
                throw failure.OfColumns(
                    $"gives no column for {typeof(TRow).Name}.{slot.Member}{(slot.Column == slot.Member ? "" : $" ({Quote.Text(slot.Column)})")}; its columns are {string.Join(", ", names.Select(Quote.Text))}",
                    "Select it under that name (case, underscores, spaces and hyphens do not matter), give the member another with [Column(\"name\")], or mark it [NotMapped].");
            }
        }

        return new RowReader<TRow>(shape, columns);
    }

    internal bool TryRead(DbDataReader reader, [NotNullWhen(true)] out TRow? row)
    {
        for (int i = 0; i < _columns.Length; i++)
        {
            RowSlot slot = _shape.Slots[i];
            if (_columns[i] < 0)
            {
                _values[i] = slot.Default;
                continue;
            }

            object value;
            try
            {
                value = reader.GetValue(_columns[i]);
            }
            catch (Exception e) when (IsOfValue(e))
            {
                return Fail(reader, i, null, $"cannot be read: {e.Message.TrimEnd('.')}", out row);
            }

            if (value is DBNull or null)
            {
                if (!slot.AdmitsNull)
                {
                    return Fail(reader, i, null, "is null, and the member holds no nulls", out row);
                }

                _values[i] = null;
            }
            else if (_conversions[i](value, out _values[i]) is { } reason)
            {
                return Fail(reader, i, ValueText.Of(value), reason, out row);
            }
        }

        row = _shape.Create(_values)!;
        return true;
    }

    /// <summary>The whole row, as the database gives it.</summary>
    internal string Text(DbDataReader reader) => string.Join(", ", Enumerable.Range(0, reader.FieldCount).Select(column =>
    {
        try
        {
            return $"{reader.GetName(column)}={ValueText.Of(reader.GetValue(column))}";
        }
        catch (Exception e) when (IsOfValue(e))
        {
            return $"{reader.GetName(column)}=?";
        }
    }));

    private bool Fail(DbDataReader reader, int slot, string? value, string reason, out TRow? row)
    {
        FailedColumn = reader.GetName(_columns[slot]);
        FailedValue = value;
        FailedReason = reason;
        row = default;
        return false;
    }

    /// <summary>Whether an exception is about one value, and the next row can be read.</summary>
    private static bool IsOfValue(Exception exception) => exception is InvalidCastException or OverflowException or FormatException or NotSupportedException;
}
