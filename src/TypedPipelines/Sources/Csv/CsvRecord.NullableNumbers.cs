namespace TypedPipelines;

/// <content>Reads of numbers in columns that hold nulls.</content>
public ref partial struct CsvRecord
{
    /// <summary>Reads a whole number that fits <c>byte</c>, or null.</summary>
    /// <param name="column">The column, by its position in <see cref="CsvContract{TRow}.Columns"/>.</param>
    /// <param name="value">The value.</param>
    public bool TryReadNullable(int column, out byte? value)
    {
        ReadOnlySpan<byte> text = Field(column);
        if (text.IsEmpty)
        {
            value = null;
            return true;
        }

        string? reason = CsvWholeNumber.Read(text, out byte read);
        value = read;
        return Succeeds(column, reason);
    }

    /// <summary>Reads a whole number that fits <c>sbyte</c>, or null.</summary>
    /// <param name="column">The column, by its position in <see cref="CsvContract{TRow}.Columns"/>.</param>
    /// <param name="value">The value.</param>
    public bool TryReadNullable(int column, out sbyte? value)
    {
        ReadOnlySpan<byte> text = Field(column);
        if (text.IsEmpty)
        {
            value = null;
            return true;
        }

        string? reason = CsvWholeNumber.Read(text, out sbyte read);
        value = read;
        return Succeeds(column, reason);
    }

    /// <summary>Reads a whole number that fits <c>short</c>, or null.</summary>
    /// <param name="column">The column, by its position in <see cref="CsvContract{TRow}.Columns"/>.</param>
    /// <param name="value">The value.</param>
    public bool TryReadNullable(int column, out short? value)
    {
        ReadOnlySpan<byte> text = Field(column);
        if (text.IsEmpty)
        {
            value = null;
            return true;
        }

        string? reason = CsvWholeNumber.Read(text, out short read);
        value = read;
        return Succeeds(column, reason);
    }

    /// <summary>Reads a whole number that fits <c>ushort</c>, or null.</summary>
    /// <param name="column">The column, by its position in <see cref="CsvContract{TRow}.Columns"/>.</param>
    /// <param name="value">The value.</param>
    public bool TryReadNullable(int column, out ushort? value)
    {
        ReadOnlySpan<byte> text = Field(column);
        if (text.IsEmpty)
        {
            value = null;
            return true;
        }

        string? reason = CsvWholeNumber.Read(text, out ushort read);
        value = read;
        return Succeeds(column, reason);
    }

    /// <summary>Reads a whole number that fits <c>int</c>, or null.</summary>
    /// <param name="column">The column, by its position in <see cref="CsvContract{TRow}.Columns"/>.</param>
    /// <param name="value">The value.</param>
    public bool TryReadNullable(int column, out int? value)
    {
        ReadOnlySpan<byte> text = Field(column);
        if (text.IsEmpty)
        {
            value = null;
            return true;
        }

        string? reason = CsvWholeNumber.Read(text, out int read);
        value = read;
        return Succeeds(column, reason);
    }

    /// <summary>Reads a whole number that fits <c>uint</c>, or null.</summary>
    /// <param name="column">The column, by its position in <see cref="CsvContract{TRow}.Columns"/>.</param>
    /// <param name="value">The value.</param>
    public bool TryReadNullable(int column, out uint? value)
    {
        ReadOnlySpan<byte> text = Field(column);
        if (text.IsEmpty)
        {
            value = null;
            return true;
        }

        string? reason = CsvWholeNumber.Read(text, out uint read);
        value = read;
        return Succeeds(column, reason);
    }

    /// <summary>Reads a whole number that fits <c>long</c>, or null.</summary>
    /// <param name="column">The column, by its position in <see cref="CsvContract{TRow}.Columns"/>.</param>
    /// <param name="value">The value.</param>
    public bool TryReadNullable(int column, out long? value)
    {
        ReadOnlySpan<byte> text = Field(column);
        if (text.IsEmpty)
        {
            value = null;
            return true;
        }

        string? reason = CsvWholeNumber.Read(text, out long read);
        value = read;
        return Succeeds(column, reason);
    }

    /// <summary>Reads a whole number that fits <c>ulong</c>, or null.</summary>
    /// <param name="column">The column, by its position in <see cref="CsvContract{TRow}.Columns"/>.</param>
    /// <param name="value">The value.</param>
    public bool TryReadNullable(int column, out ulong? value)
    {
        ReadOnlySpan<byte> text = Field(column);
        if (text.IsEmpty)
        {
            value = null;
            return true;
        }

        string? reason = CsvWholeNumber.Read(text, out ulong read);
        value = read;
        return Succeeds(column, reason);
    }

    /// <summary>Reads a number as <c>float</c>, or null.</summary>
    /// <param name="column">The column, by its position in <see cref="CsvContract{TRow}.Columns"/>.</param>
    /// <param name="value">The value.</param>
    public bool TryReadNullable(int column, out float? value)
    {
        ReadOnlySpan<byte> text = Field(column);
        if (text.IsEmpty)
        {
            value = null;
            return true;
        }

        string? reason = CsvDecimalNumber.Read(text, out float read);
        value = read;
        return Succeeds(column, reason);
    }

    /// <summary>Reads a number as <c>double</c>, or null.</summary>
    /// <param name="column">The column, by its position in <see cref="CsvContract{TRow}.Columns"/>.</param>
    /// <param name="value">The value.</param>
    public bool TryReadNullable(int column, out double? value)
    {
        ReadOnlySpan<byte> text = Field(column);
        if (text.IsEmpty)
        {
            value = null;
            return true;
        }

        string? reason = CsvDecimalNumber.Read(text, out double read);
        value = read;
        return Succeeds(column, reason);
    }

    /// <summary>Reads a number as <c>decimal</c>, or null.</summary>
    /// <param name="column">The column, by its position in <see cref="CsvContract{TRow}.Columns"/>.</param>
    /// <param name="value">The value.</param>
    public bool TryReadNullable(int column, out decimal? value)
    {
        ReadOnlySpan<byte> text = Field(column);
        if (text.IsEmpty)
        {
            value = null;
            return true;
        }

        string? reason = CsvDecimalNumber.Read(text, out decimal read);
        value = read;
        return Succeeds(column, reason);
    }
}
