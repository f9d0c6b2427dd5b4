namespace TypedPipelines;

/// <content>
/// Reads of dates and times. Without a format they take ISO 8601 and nothing else; a format is matched exactly, with the
/// invariant culture, and must name the year where the value has a date, since the current year would be a guess.
/// </content>
public ref partial struct CsvRecord
{
    /// <summary>Reads a date; without a format <c>yyyy-MM-dd</c>.</summary>
    /// <param name="column">The column, by its position in <see cref="CsvContract{TRow}.Columns"/>.</param>
    /// <param name="format">A custom or standard .NET format, matched exactly with the invariant culture; null for ISO 8601.</param>
    /// <param name="value">The value.</param>
    public bool TryRead(int column, string? format, out DateOnly value) => Succeeds(column, CsvMoment.Read(Field(column), format, out value));

    /// <summary>Reads a time of day; without a format <c>HH:mm</c>, <c>HH:mm:ss</c> or <c>HH:mm:ss.f</c> with up to seven decimals.</summary>
    /// <param name="column">The column, by its position in <see cref="CsvContract{TRow}.Columns"/>.</param>
    /// <param name="format">A custom or standard .NET format, matched exactly with the invariant culture; null for ISO 8601.</param>
    /// <param name="value">The value.</param>
    public bool TryRead(int column, string? format, out TimeOnly value) => Succeeds(column, CsvMoment.Read(Field(column), format, out value));

    /// <summary>Reads a date and time; without a format <c>yyyy-MM-dd</c>, alone (midnight) or followed by <c>T</c> or a space and a time as for
    /// <see cref="TimeOnly"/>, then nothing, <c>Z</c>, or an offset (<c>+HH:mm</c>, <c>+HHmm</c> or <c>+HH</c>). A text with an offset or
    /// <c>Z</c> is converted to UTC and its kind; one without is of unspecified kind.</summary>
    /// <param name="column">The column, by its position in <see cref="CsvContract{TRow}.Columns"/>.</param>
    /// <param name="format">A custom or standard .NET format, matched exactly with the invariant culture; null for ISO 8601.</param>
    /// <param name="value">The value.</param>
    public bool TryRead(int column, string? format, out DateTime value) => Succeeds(column, CsvMoment.Read(Field(column), format, out value));

    /// <summary>Reads a moment; without a format as for <see cref="DateTime"/>, but the time and its offset or <c>Z</c> must be there: none is
    /// guessed. Where a format has no offset, it is zero.</summary>
    /// <param name="column">The column, by its position in <see cref="CsvContract{TRow}.Columns"/>.</param>
    /// <param name="format">A custom or standard .NET format, matched exactly with the invariant culture; null for ISO 8601.</param>
    /// <param name="value">The value.</param>
    public bool TryRead(int column, string? format, out DateTimeOffset value) => Succeeds(column, CsvMoment.Read(Field(column), format, out value));
}
