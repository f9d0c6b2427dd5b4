namespace TypedPipelines;

/// <summary>What a publish did to one table.</summary>
/// <param name="Table">The table.</param>
/// <param name="Staged">Rows staged.</param>
/// <param name="Superseded">Staged rows that gave way to a later row with the same key (<see cref="KeepLatestAttribute"/>).</param>
/// <param name="Inserted">Rows inserted.</param>
/// <param name="Updated">Rows updated.</param>
/// <param name="Deleted">Rows deleted before the insert.</param>
public sealed record LoadedTable(string Table, long Staged, long Superseded, long Inserted, long Updated, long Deleted)
{
    /// <summary>Rows of the batch that are in the table now: those staged less those superseded.</summary>
    public long Loaded => Staged - Superseded;

    /// <summary>Whether the publish changed any row of the table.</summary>
    public bool IsChanged => Inserted + Updated + Deleted > 0;
}
