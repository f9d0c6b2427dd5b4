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
    private const string ByBytes = " collate \"C\"";

    /// <summary>Whether two texts are equal by its collation only where they have the same bytes; the collation of a database always is so.</summary>
    internal bool IsDeterministic { get; init; } = true;

    /// <summary>The column as a contract's definition would write it.</summary>
    /// <param name="withCollation">Whether the collation matters.</param>
    internal string Define(bool withCollation) =>
        Type + (withCollation && Collation is not null ? $" collate \"{Collation}\"" : "") + (NotNull ? " not null" : "");

    /// <summary>
    /// Whether the column is as a contract defines it. Which collation it has matters where the contract has an opinion: the texts of a key
    /// compare by their bytes, in equality and in order. Of others by which a load finds rows only equality counts, and any collation will
    /// do that keeps different bytes apart.
    /// </summary>
    /// <param name="definition">What the contract says.</param>
    /// <param name="key">Whether the column belongs to the key.</param>
    internal bool Is(string definition, bool key)
    {
        bool collated = definition.Contains(ByBytes, StringComparison.Ordinal);
        return Define(withCollation: collated) == definition
            || (collated && !key && IsDeterministic && Define(withCollation: false) == definition.Replace(ByBytes, "", StringComparison.Ordinal));
    }
}
