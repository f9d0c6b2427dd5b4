namespace TypedPipelines;

/// <summary>A column of a row contract.</summary>
/// <param name="Name">The name in the database.</param>
/// <param name="Member">The name of the row's member.</param>
/// <param name="Type">The type.</param>
/// <param name="Nullable">Whether null is a value of it.</param>
/// <param name="Key">Whether it belongs to the key.</param>
/// <param name="MaxLength">The longest text or byte string, in UTF-16 code units or bytes; null for no limit.</param>
/// <param name="Precision">Digits of a decimal.</param>
/// <param name="Scale">Digits of a decimal after the point.</param>
/// <param name="Stored">Whether it is a column of the table; a delete marker is only staged.</param>
public sealed record Column(
    string Name,
    string Member,
    ColumnType Type,
    bool Nullable = false,
    bool Key = false,
    int? MaxLength = null,
    int? Precision = null,
    int? Scale = null,
    bool Stored = true);
