namespace TypedPipelines;

/// <summary>The types a column can have, named for the CLR type behind them.</summary>
public enum ColumnType
{
    /// <summary><see cref="bool"/>.</summary>
    Boolean,

    /// <summary><see cref="short"/>; also <see cref="byte"/> and <see cref="sbyte"/>.</summary>
    Int16,

    /// <summary><see cref="int"/>; also <see cref="ushort"/>, and enums on an <see cref="int"/> or smaller.</summary>
    Int32,

    /// <summary><see cref="long"/>; also <see cref="uint"/>.</summary>
    Int64,

    /// <summary><see cref="float"/>.</summary>
    Single,

    /// <summary><see cref="double"/>.</summary>
    Double,

    /// <summary><see cref="decimal"/>, with the precision and scale of the column.</summary>
    Decimal,

    /// <summary><see cref="DateOnly"/>.</summary>
    Date,

    /// <summary><see cref="TimeOnly"/>, 100 ns.</summary>
    Time,

    /// <summary><see cref="DateTime"/> of kind UTC, or <see cref="DateTimeOffset"/>: an instant, kept as UTC, 100 ns.</summary>
    Instant,

    /// <summary><see cref="System.Guid"/>.</summary>
    Guid,

    /// <summary><see cref="string"/>.</summary>
    String,

    /// <summary><see cref="byte"/> array.</summary>
    Bytes,
}
