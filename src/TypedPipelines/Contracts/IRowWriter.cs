namespace TypedPipelines;

/// <summary>
/// Takes rows column by column, in the contract's order, without boxing. Every destination implements it over its bulk
/// protocol: a prepared statement, a binary COPY, a bulk copy's reader.
/// </summary>
public interface IRowWriter
{
    /// <summary>Begins a row.</summary>
    void BeginRow();

    /// <summary>Ends the row begun: all its columns were written.</summary>
    void EndRow();

    /// <summary>Writes a null.</summary>
    void WriteNull();

    /// <summary>Writes the next column.</summary>
    /// <param name="value">The value.</param>
    void Write(bool value);

    /// <inheritdoc cref="Write(bool)"/>
    void Write(short value);

    /// <inheritdoc cref="Write(bool)"/>
    void Write(int value);

    /// <inheritdoc cref="Write(bool)"/>
    void Write(long value);

    /// <inheritdoc cref="Write(bool)"/>
    void Write(float value);

    /// <inheritdoc cref="Write(bool)"/>
    void Write(double value);

    /// <summary>Writes the next column, a decimal that must fit its precision and scale exactly.</summary>
    /// <param name="value">The value.</param>
    /// <param name="precision">Digits in all.</param>
    /// <param name="scale">Digits after the point.</param>
    void Write(decimal value, int precision, int scale);

    /// <inheritdoc cref="Write(bool)"/>
    void Write(DateOnly value);

    /// <inheritdoc cref="Write(bool)"/>
    void Write(TimeOnly value);

    /// <summary>Writes the next column, an instant.</summary>
    /// <param name="value">The instant, of kind UTC.</param>
    void Write(DateTime value);

    /// <summary>Writes the next column, an instant. Its offset is not kept.</summary>
    /// <param name="value">The instant.</param>
    void Write(DateTimeOffset value);

    /// <inheritdoc cref="Write(bool)"/>
    void Write(Guid value);

    /// <inheritdoc cref="Write(bool)"/>
    void Write(string value);

    /// <inheritdoc cref="Write(bool)"/>
    void Write(byte[] value);
}
