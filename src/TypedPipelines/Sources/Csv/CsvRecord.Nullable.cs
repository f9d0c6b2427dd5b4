using System.Text;

namespace TypedPipelines;

/// <content>Reads of columns that hold nulls: an empty field, quoted or not, is null, and any other is read as by <c>TryRead</c>.</content>
public ref partial struct CsvRecord
{
    /// <summary>Reads text as it stands, without its quotes, or null.</summary>
    /// <param name="column">The column, by its position in <see cref="CsvContract{TRow}.Columns"/>.</param>
    /// <param name="value">The text.</param>
    public readonly bool TryReadNullable(int column, out string? value)
    {
        ReadOnlySpan<byte> text = Field(column);
        value = text.IsEmpty ? null : Encoding.UTF8.GetString(text);
        return true;
    }

    /// <summary>Reads true or false, or null.</summary>
    /// <param name="column">The column, by its position in <see cref="CsvContract{TRow}.Columns"/>.</param>
    /// <param name="value">The value.</param>
    public bool TryReadNullable(int column, out bool? value)
    {
        ReadOnlySpan<byte> text = Field(column);
        if (text.IsEmpty)
        {
            value = null;
            return true;
        }

        string? reason = ReadBoolean(text, out bool read);
        value = read;
        return Succeeds(column, reason);
    }

    /// <summary>Reads a GUID, or null.</summary>
    /// <param name="column">The column, by its position in <see cref="CsvContract{TRow}.Columns"/>.</param>
    /// <param name="value">The value.</param>
    public bool TryReadNullable(int column, out Guid? value)
    {
        ReadOnlySpan<byte> text = Field(column);
        if (text.IsEmpty)
        {
            value = null;
            return true;
        }

        string? reason = ReadGuid(text, out Guid read);
        value = read;
        return Succeeds(column, reason);
    }

    /// <summary>Reads an enum member, or null.</summary>
    /// <typeparam name="TEnum">The enum.</typeparam>
    /// <param name="column">The column, by its position in <see cref="CsvContract{TRow}.Columns"/>.</param>
    /// <param name="value">The value.</param>
    public bool TryReadNullableEnum<TEnum>(int column, out TEnum? value)
        where TEnum : struct, Enum
    {
        ReadOnlySpan<byte> text = Field(column);
        if (text.IsEmpty)
        {
            value = null;
            return true;
        }

        string? reason = CsvEnum<TEnum>.Read(text, out TEnum read);
        value = read;
        return Succeeds(column, reason);
    }

    /// <summary>Reads a date, or null.</summary>
    /// <param name="column">The column, by its position in <see cref="CsvContract{TRow}.Columns"/>.</param>
    /// <param name="format">A custom or standard .NET format, matched exactly with the invariant culture; null for ISO 8601.</param>
    /// <param name="value">The value.</param>
    public bool TryReadNullable(int column, string? format, out DateOnly? value)
    {
        ReadOnlySpan<byte> text = Field(column);
        if (text.IsEmpty)
        {
            value = null;
            return true;
        }

        string? reason = CsvMoment.Read(text, format, out DateOnly read);
        value = read;
        return Succeeds(column, reason);
    }

    /// <summary>Reads a time of day, or null.</summary>
    /// <param name="column">The column, by its position in <see cref="CsvContract{TRow}.Columns"/>.</param>
    /// <param name="format">A custom or standard .NET format, matched exactly with the invariant culture; null for ISO 8601.</param>
    /// <param name="value">The value.</param>
    public bool TryReadNullable(int column, string? format, out TimeOnly? value)
    {
        ReadOnlySpan<byte> text = Field(column);
        if (text.IsEmpty)
        {
            value = null;
            return true;
        }

        string? reason = CsvMoment.Read(text, format, out TimeOnly read);
        value = read;
        return Succeeds(column, reason);
    }

    /// <summary>Reads a date and time, or null.</summary>
    /// <param name="column">The column, by its position in <see cref="CsvContract{TRow}.Columns"/>.</param>
    /// <param name="format">A custom or standard .NET format, matched exactly with the invariant culture; null for ISO 8601.</param>
    /// <param name="value">The value.</param>
    public bool TryReadNullable(int column, string? format, out DateTime? value)
    {
        ReadOnlySpan<byte> text = Field(column);
        if (text.IsEmpty)
        {
            value = null;
            return true;
        }

        string? reason = CsvMoment.Read(text, format, out DateTime read);
        value = read;
        return Succeeds(column, reason);
    }

    /// <summary>Reads a moment, or null.</summary>
    /// <param name="column">The column, by its position in <see cref="CsvContract{TRow}.Columns"/>.</param>
    /// <param name="format">A custom or standard .NET format, matched exactly with the invariant culture; null for ISO 8601.</param>
    /// <param name="value">The value.</param>
    public bool TryReadNullable(int column, string? format, out DateTimeOffset? value)
    {
        ReadOnlySpan<byte> text = Field(column);
        if (text.IsEmpty)
        {
            value = null;
            return true;
        }

        string? reason = CsvMoment.Read(text, format, out DateTimeOffset read);
        value = read;
        return Succeeds(column, reason);
    }
}
