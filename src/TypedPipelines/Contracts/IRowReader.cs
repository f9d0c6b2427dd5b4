namespace TypedPipelines;

/// <summary>
/// Gives the columns of the current row, by position, without boxing. Only <see cref="IsNull"/> may be asked of a null.
/// </summary>
public interface IRowReader
{
    /// <summary>Whether a column is null.</summary>
    /// <param name="column">The position in the contract's columns.</param>
    bool IsNull(int column);

    /// <summary>Reads a column that is not null.</summary>
    /// <param name="column">The position in the contract's columns.</param>
    bool ReadBoolean(int column);

    /// <inheritdoc cref="ReadBoolean"/>
    short ReadInt16(int column);

    /// <inheritdoc cref="ReadBoolean"/>
    int ReadInt32(int column);

    /// <inheritdoc cref="ReadBoolean"/>
    long ReadInt64(int column);

    /// <inheritdoc cref="ReadBoolean"/>
    float ReadSingle(int column);

    /// <inheritdoc cref="ReadBoolean"/>
    double ReadDouble(int column);

    /// <inheritdoc cref="ReadBoolean"/>
    decimal ReadDecimal(int column);

    /// <inheritdoc cref="ReadBoolean"/>
    DateOnly ReadDate(int column);

    /// <inheritdoc cref="ReadBoolean"/>
    TimeOnly ReadTime(int column);

    /// <summary>Reads an instant that is not null, of kind UTC.</summary>
    /// <param name="column">The position in the contract's columns.</param>
    DateTime ReadDateTime(int column);

    /// <summary>Reads an instant that is not null, with offset zero.</summary>
    /// <param name="column">The position in the contract's columns.</param>
    DateTimeOffset ReadDateTimeOffset(int column);

    /// <inheritdoc cref="ReadBoolean"/>
    Guid ReadGuid(int column);

    /// <inheritdoc cref="ReadBoolean"/>
    string ReadString(int column);

    /// <inheritdoc cref="ReadBoolean"/>
    byte[] ReadBytes(int column);
}
