using System.Globalization;

namespace TypedPipelines.SqlServer;

/// <summary>A column of a table that exists.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type, as a contract's definition writes it.</param>
/// <param name="Collation">Its collation; null where its type has none.</param>
/// <param name="Nullable">Whether it holds null.</param>
/// <param name="FillsItself">Whether an insert may leave it out: it has a default, or the server makes its values.</param>
/// <param name="IsMade">Whether the server makes its values, and refuses any other: an identity, an expression, a row version, a period.</param>
internal sealed record TableColumn(string Name, string Type, string? Collation, bool Nullable, bool FillsItself, bool IsMade)
{
    /// <summary>The column as a contract's definition would write it.</summary>
    /// <param name="withCollation">Whether the collation matters.</param>
    internal string Define(bool withCollation) =>
        Type + (withCollation && Collation is not null ? $" collate {Collation}" : "") + (Nullable ? " null" : " not null");

    /// <summary>
    /// Whether the column is as a contract defines it. Which collation it has matters where the contract has an opinion: the texts of
    /// a key compare by their code units.
    /// </summary>
    internal bool Is(string definition) =>
        string.Equals(Define(withCollation: definition.Contains(" collate ", StringComparison.Ordinal)), definition, StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// A definition without what the column has already of it, its collation and whether it may be null: Babelfish changes a column's type,
    /// and refuses a statement that says more.
    /// </summary>
    internal string ChangeOfType(string definition)
    {
        string rest = Define(withCollation: definition.Contains(" collate ", StringComparison.Ordinal))[Type.Length..];
        return definition.EndsWith(rest, StringComparison.OrdinalIgnoreCase) ? definition[..^rest.Length] : definition;
    }

    /// <summary>A type as a contract's definition writes it, from what the catalog keeps of it.</summary>
    internal static string TypeOf(string name, int bytes, int precision, int scale) => name switch
    {
        "nvarchar" or "nchar" => $"{name}({(bytes < 0 ? "max" : Number(bytes / 2))})",
        "varchar" or "char" or "varbinary" or "binary" => $"{name}({(bytes < 0 ? "max" : Number(bytes))})",
        "decimal" or "numeric" => $"decimal({Number(precision)},{Number(scale)})",
        "time" or "datetime2" or "datetimeoffset" => $"{name}({Number(scale)})",
        _ => name,
    };

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
