using TypedPipelines.Ledger;

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
    /// <summary>
    /// Staged rows that the table itself kept out: a trigger, or a rule of PostgreSQL's, that passes over their insert without an error.
    /// </summary>
    public long LeftOut { get; init; }

    /// <summary>Rows of the batch that are in the table now: those staged less those superseded and those left out.</summary>
    public long Loaded => Staged - Superseded - LeftOut;

    /// <summary>Whether the publish changed any row of the table.</summary>
    public bool IsChanged => Inserted + Updated + Deleted > 0;

    /// <summary>What a run has loaded, of what it had staged: what did not get into the tables counts as dropped.</summary>
    internal static RowCounts Count(RowCounts staged, IReadOnlyList<LoadedTable> tables)
    {
        long dropped = tables.Sum(table => table.Staged - table.Loaded);
        return staged with { Loaded = staged.Loaded - dropped, Dropped = staged.Dropped + dropped };
    }
}
