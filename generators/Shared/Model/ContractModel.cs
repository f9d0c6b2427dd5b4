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
}

/// <summary>A row contract: a row type with its table and load strategy.</summary>
/// <param name="Row">The row type, and how one is made.</param>
/// <param name="Table">The table's name, unquoted.</param>
/// <param name="Schema">The schema's name, unquoted; null for the destination's default.</param>
/// <param name="Strategy">How a batch becomes table content.</param>
/// <param name="Columns">The columns, in order.</param>
/// <param name="PartitionColumn">The position of the partition column; -1 for none.</param>
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
    public IEnumerable<ColumnModel> Keys => Columns.Where(column => column.Key);

    public IEnumerable<ColumnModel> Values => Columns.Where(column => !column.Key);
}
