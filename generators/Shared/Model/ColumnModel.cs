namespace TypedPipelines.Compilation.Model;

/// <summary>The column types of the runtime's <c>ColumnType</c>, by the same names.</summary>
internal enum ColumnKind
{
    Boolean,
    Int16,
    Int32,
    Int64,
    Single,
    Double,
    Decimal,
    Date,
    Time,
    Instant,
    Guid,
    String,
    Bytes,
}

/// <summary>What the load fills into a column, instead of the row.</summary>
internal enum StampKind
{
    None,

    /// <summary>The first date of the run's window.</summary>
    Date,

    /// <summary>The partition's key.</summary>
    Partition,

    /// <summary>The start of the run's window, where the row says nothing.</summary>
    Start,

    /// <summary>Null, until a later version says otherwise.</summary>
    Open,
}

/// <summary>A column of a row contract.</summary>
/// <param name="Name">The name in the database.</param>
/// <param name="Member">The name of the row's member.</param>
/// <param name="Kind">The column type.</param>
/// <param name="ClrType">The member's type without its null-ness, fully qualified, as C# source writes it.</param>
/// <param name="Nullable">Whether null is a value of it.</param>
/// <param name="IsReference">Whether the member's type is a reference type.</param>
/// <param name="IsEnum">Whether the member's type is an enum, stored as its underlying integer.</param>
/// <param name="Key">Whether it belongs to the key.</param>
/// <param name="MaxLength">The longest text or byte string; null for no limit.</param>
/// <param name="Precision">Digits of a decimal.</param>
/// <param name="Scale">Digits of a decimal after the point.</param>
internal sealed record ColumnModel(
    string Name,
    string Member,
    ColumnKind Kind,
    string ClrType,
    bool Nullable,
    bool IsReference,
    bool IsEnum,
    bool Key,
    int? MaxLength,
    int? Precision,
    int? Scale)
{
    /// <summary>Whether the member's own type admits null, as in <c>[Required] int?</c>, where the column does not.</summary>
    public bool MemberNullable { get; init; }

    /// <summary>Whether null may be handed over where the row is made.</summary>
    public bool TakesNull { get; init; } = true;

    /// <summary>The CLR name of the integer that it holds, such as <c>Byte</c>, where the column is of a wider type; null where it is not.</summary>
    public string? Narrow { get; init; }

    /// <summary>The shortest text or byte string; null for no limit.</summary>
    public int? MinLength { get; init; }

    /// <summary>Whether an empty or blank text is refused, as <c>[Required]</c> does.</summary>
    public bool RefusesBlank { get; init; }

    /// <summary>What else annotations demand of a value, in the order in which it is asked.</summary>
    public EquatableArray<CheckModel> Checks { get; init; } = EquatableArray<CheckModel>.Empty;

    /// <summary>What the load fills in.</summary>
    public StampKind Stamp { get; init; }

    /// <summary>Whether an update leaves it as it was first inserted.</summary>
    public bool InsertOnly { get; init; }

    /// <summary>Whether it is a column of the table; a delete marker is only staged.</summary>
    public bool Stored { get; init; } = true;
}
