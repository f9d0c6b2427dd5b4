namespace TypedPipelines.PostgreSql;

/// <summary>A column of a table that exists.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type, as a contract's definition writes it.</param>
/// <param name="Collation">Its collation, where that is not the database's; null otherwise.</param>
/// <param name="NotNull">Whether it refuses null.</param>
/// <param name="FillsItself">Whether an insert may leave it out: it has a default, an identity or an expression.</param>
/// <param name="MadeBy">What makes its values and lets no insert say others, an <c>identity</c> or an <c>expression</c>; null where an insert may.</param>
internal sealed record TableColumn(string Name, string Type, string? Collation, bool NotNull, bool FillsItself, string? MadeBy = null)
{
    /// <summary>The column as a contract's definition would write it.</summary>
    /// <param name="withCollation">Whether the collation matters.</param>
    internal string Define(bool withCollation) =>
        Type + (withCollation && Collation is not null ? $" collate \"{Collation}\"" : "") + (NotNull ? " not null" : "");

    /// <summary>
    /// Whether the column is as a contract defines it. Which collation it has matters where the contract has an opinion: the texts of
    /// a key compare by their bytes.
    /// </summary>
    internal bool Is(string definition) => Define(withCollation: definition.Contains(" collate ", StringComparison.Ordinal)) == definition;
}
