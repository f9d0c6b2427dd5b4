using System.Collections.Generic;
using System.Linq;

namespace TypedPipelines.Compilation.Model;

/// <summary>The load strategies of the runtime's <c>LoadStrategy</c>, by the same names.</summary>
internal enum StrategyKind
{
    ReplacePartition,
    Merge,
    ReplaceTable,
    Append,
    Snapshot,
    ReplaceRun,
    ReplaceFile,
    History,
}

/// <summary>The scopes of the runtime's <c>DeleteScope</c>, by the same names.</summary>
internal enum DeleteScopeKind
{
    Table,
    Window,
    Group,
}

/// <summary>The rows that a load deletes because its batch does not have them.</summary>
/// <param name="Scope">Which rows may be deleted.</param>
/// <param name="Column">The position of the column that the scope goes by; -1 for the whole table.</param>
/// <param name="AllowEmpty">Whether an empty batch deletes everything in scope.</param>
/// <param name="MaxDeletedShare">The share of the rows in scope that may be deleted.</param>
internal sealed record DeleteMissingModel(DeleteScopeKind Scope, int Column, bool AllowEmpty, double MaxDeletedShare);

/// <summary>A row contract: a row type with its table and load strategy.</summary>
/// <param name="Row">The row type, and how one is made.</param>
/// <param name="Table">The table's name, unquoted.</param>
/// <param name="Schema">The schema's name, unquoted; null for the destination's default.</param>
/// <param name="Strategy">How a batch becomes table content.</param>
/// <param name="Columns">The columns, in order.</param>
/// <param name="PartitionColumn">The position of the column that says which window a row belongs to; -1 for none.</param>
/// <param name="KeepLatest">The positions of the columns compared by <c>[KeepLatest]</c>, in order; empty without it.</param>
/// <param name="NullKeysMatch">Whether null is a key value like any other.</param>
/// <param name="OutOfWindow">The name of the runtime's <c>RowAction</c>.</param>
/// <param name="OnInvalid">The name of the runtime's <c>RowAction</c>.</param>
internal sealed record ContractModel(
    RowModel Row,
    string Table,
    string? Schema,
    StrategyKind Strategy,
    EquatableArray<ColumnModel> Columns,
    int PartitionColumn,
    EquatableArray<int> KeepLatest,
    bool NullKeysMatch,
    string OutOfWindow,
    string OnInvalid)
{
    /// <summary>The position of the column that says which of two rows is the newer; -1 for none.</summary>
    public int VersionColumn { get; init; } = -1;

    /// <summary>The name of the runtime's <c>SameVersion</c>.</summary>
    public string OnSameVersion { get; init; } = "Fail";

    /// <summary>The position of the column that says whether a row was deleted at its source; -1 for none.</summary>
    public int DeleteMarker { get; init; } = -1;

    /// <summary>What the load deletes because its batch does not have it; null for nothing.</summary>
    public DeleteMissingModel? DeleteMissing { get; init; }

    /// <summary>
    /// Whether rows that the batch does not have are deleted by the latest window alone: a version promises that an old window can be run
    /// again, and what a later one brought is missing from its batch.
    /// </summary>
    public bool DeletesOnlyByLatest => DeleteMissing is { Scope: not DeleteScopeKind.Window } && Strategy == StrategyKind.Merge && VersionColumn >= 0;

    /// <summary>
    /// The position of the column by which a row must lie in the run's window: the partition column, or that of the scope in which missing
    /// rows are deleted; -1 for none.
    /// </summary>
    public int WindowColumn => DeleteMissing is { Scope: DeleteScopeKind.Window } missing ? missing.Column : PartitionColumn;

    /// <summary>The table's name with its schema, as messages and lineage have it.</summary>
    public string DisplayName => Schema is null ? Table : $"{Schema}.{Table}";

    /// <summary>The checks that it declares beyond those of single values.</summary>
    public EquatableArray<TableCheckModel> Checks { get; init; } = EquatableArray<TableCheckModel>.Empty;

    /// <summary>Whether a column that a history has gained makes new versions by itself.</summary>
    public bool NewColumnsOpenVersions { get; init; }

    /// <summary>Whether the rows that a load replaces are kept for an undo.</summary>
    public bool KeepsReplaced { get; init; }

    public IEnumerable<ColumnModel> Keys => Columns.Where(column => column.Key);

    /// <summary>Whether the load looks up staged rows by their key one at a time, so that an index on them pays.</summary>
    public bool LooksUpStaged => Strategy == StrategyKind.History || DeleteMissing is not null || Marker is not null;

    /// <summary>Whether the rows of a window can be read: a version of a history belongs to none.</summary>
    public bool ReadsByWindow => PartitionColumn >= 0 && Strategy != StrategyKind.History;

    /// <summary>What a batch may hold once: the key, of a history with the time of the change.</summary>
    public IEnumerable<ColumnModel> BatchKey => Strategy == StrategyKind.History ? Keys.Append(Columns[PartitionColumn]) : Keys;

    /// <summary>The table's columns: all but a delete marker.</summary>
    public IEnumerable<ColumnModel> Stored => Columns.Where(column => column.Stored);

    /// <summary>The table's columns that are not of the key.</summary>
    public IEnumerable<ColumnModel> Values => Stored.Where(column => !column.Key);

    /// <summary>The columns that an update sets, and in which a row must differ to be one that changed.</summary>
    public IEnumerable<ColumnModel> Updated => Values.Where(column => !column.InsertOnly);

    public ColumnModel? Version => VersionColumn < 0 ? null : Columns[VersionColumn];

    public ColumnModel? Marker => DeleteMarker < 0 ? null : Columns[DeleteMarker];

    /// <summary>The column that holds the key of the partition that loaded a row; null for none.</summary>
    public ColumnModel? RunColumn => Columns.FirstOrDefault(column => column.Stamp == StampKind.Partition);

    /// <summary>The columns by which a run finds the rows that it takes out of the table.</summary>
    public IEnumerable<ColumnModel> DeletedBy
    {
        get
        {
            if (RunColumn is { } run)
            {
                yield return run;
            }

            if (PartitionColumn >= 0)
            {
                yield return Columns[PartitionColumn];
            }

            foreach (ColumnModel column in Columns)
            {
                if (column.Stamp == StampKind.Open || (DeleteMissing is { Column: >= 0 } missing && column == Columns[missing.Column]))
                {
                    yield return column;
                }
            }
        }
    }

    /// <summary>
    /// What the table holds once: the key. Where a part of the table is replaced, the key belongs to that part, for a row that
    /// moved to another one must be loadable there before its old part is loaded again. A history holds a key once at a time.
    /// </summary>
    public IReadOnlyList<ColumnModel> Identity
    {
        get
        {
            List<ColumnModel> keys = [.. Keys];
            ColumnModel? part = RunColumn ?? (PartitionColumn < 0 ? null : Columns[PartitionColumn]);
            if (keys.Count > 0 && part is { Key: false })
            {
                keys.Insert(Strategy == StrategyKind.History ? keys.Count : 0, part);
            }

            return keys;
        }
    }

    /// <summary>Whether null is a value of a key's column: then two nulls are one key.</summary>
    public bool MatchesNulls => Keys.Any(MayBeNull);

    /// <summary>
    /// Whether null reaches the table in this column. A row without the value that says which window it belongs to, without its version, or without its key
    /// unless the contract says that null is one, is never loaded, whatever the member's type allows.
    /// </summary>
    public bool MayBeNull(ColumnModel column) =>
        column.Nullable
        && (!column.Key || NullKeysMatch)
        && (WindowColumn < 0 || column != Columns[WindowColumn])
        && column != Version;

    /// <summary>The columns that decide which of several rows with one key is kept: those declared, then all others, so that the order of the rows never does.</summary>
    public IEnumerable<ColumnModel> LatestBy
    {
        get
        {
            List<ColumnModel> declared = [.. KeepLatest.Select(position => Columns[position])];
            return declared.Concat(Columns.Where(column => !column.Key && !declared.Contains(column)));
        }
    }
}
