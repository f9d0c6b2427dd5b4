namespace TypedPipelines;

/// <content>
/// Reads of numbers, straight from UTF-8. A whole number is an optional sign and digits; other numbers may have a decimal
/// point, and <c>float</c> and <c>double</c> an exponent. There are no thousands separators, no NaN and no infinities.
/// </content>
public ref partial struct CsvRecord
{
    /// <summary>Reads a whole number that fits <c>byte</c>.</summary>
    /// <param name="column">The column, by its position in <see cref="CsvContract{TRow}.Columns"/>.</param>
    /// <param name="value">The value.</param>
    public bool TryRead(int column, out byte value) => Succeeds(column, CsvWholeNumber.Read(Field(column), out value));

    /// <summary>Reads a whole number that fits <c>sbyte</c>.</summary>
    /// <param name="column">The column, by its position in <see cref="CsvContract{TRow}.Columns"/>.</param>
    /// <param name="value">The value.</param>
    public bool TryRead(int column, out sbyte value) => Succeeds(column, CsvWholeNumber.Read(Field(column), out value));

    /// <summary>Reads a whole number that fits <c>short</c>.</summary>
    /// <param name="column">The column, by its position in <see cref="CsvContract{TRow}.Columns"/>.</param>
    /// <param name="value">The value.</param>
    public bool TryRead(int column, out short value) => Succeeds(column, CsvWholeNumber.Read(Field(column), out value));

    /// <summary>Reads a whole number that fits <c>ushort</c>.</summary>
    /// <param name="column">The column, by its position in <see cref="CsvContract{TRow}.Columns"/>.</param>
    /// <param name="value">The value.</param>
    public bool TryRead(int column, out ushort value) => Succeeds(column, CsvWholeNumber.Read(Field(column), out value));

    /// <summary>Reads a whole number that fits <c>int</c>.</summary>
    /// <param name="column">The column, by its position in <see cref="CsvContract{TRow}.Columns"/>.</param>
    /// <param name="value">The value.</param>
    public bool TryRead(int column, out int value) => Succeeds(column, CsvWholeNumber.Read(Field(column), out value));

    /// <summary>Reads a whole number that fits <c>uint</c>.</summary>
    /// <param name="column">The column, by its position in <see cref="CsvContract{TRow}.Columns"/>.</param>
    /// <param name="value">The value.</param>
    public bool TryRead(int column, out uint value) => Succeeds(column, CsvWholeNumber.Read(Field(column), out value));

    /// <summary>Reads a whole number that fits <c>long</c>.</summary>
    /// <param name="column">The column, by its position in <see cref="CsvContract{TRow}.Columns"/>.</param>
    /// <param name="value">The value.</param>
    public bool TryRead(int column, out long value) => Succeeds(column, CsvWholeNumber.Read(Field(column), out value));

    /// <summary>Reads a whole number that fits <c>ulong</c>.</summary>
    /// <param name="column">The column, by its position in <see cref="CsvContract{TRow}.Columns"/>.</param>
    /// <param name="value">The value.</param>
    public bool TryRead(int column, out ulong value) => Succeeds(column, CsvWholeNumber.Read(Field(column), out value));

    /// <summary>Reads a number, rounded to the nearest <c>float</c>.</summary>
    /// <param name="column">The column, by its position in <see cref="CsvContract{TRow}.Columns"/>.</param>
    /// <param name="value">The value.</param>
    public bool TryRead(int column, out float value) => Succeeds(column, CsvDecimalNumber.Read(Field(column), out value));

    /// <summary>Reads a number, rounded to the nearest <c>double</c>.</summary>
    /// <param name="column">The column, by its position in <see cref="CsvContract{TRow}.Columns"/>.</param>
    /// <param name="value">The value.</param>
    public bool TryRead(int column, out double value) => Succeeds(column, CsvDecimalNumber.Read(Field(column), out value));

    /// <summary>Reads a decimal number, exactly: one with more digits than a <c>decimal</c> holds is not rounded but fails; trailing zeros are kept.</summary>
    /// <param name="column">The column, by its position in <see cref="CsvContract{TRow}.Columns"/>.</param>
    /// <param name="value">The value.</param>
    public bool TryRead(int column, out decimal value) => Succeeds(column, CsvDecimalNumber.Read(Field(column), out value));
}
