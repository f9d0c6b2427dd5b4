using System.Diagnostics.CodeAnalysis;

namespace TypedPipelines;

/// <summary>
/// The materialised side of a join: the rows of one type by their <c>[Key]</c>, read before the step that asks for it runs.
/// Strings compare ordinally. (It is not called Lookup, since every file that uses System.Linq has one of that name.)
/// </summary>
/// <typeparam name="TKey">The type of the row's key member; where it has several, the tuple of their types in order.</typeparam>
/// <typeparam name="TRow">The row type.</typeparam>
public sealed class RowLookup<TKey, TRow>
    where TKey : notnull
{
    private readonly Dictionary<TKey, TRow> _rows;

    private RowLookup(Dictionary<TKey, TRow> rows) => _rows = rows;

    /// <summary>How many rows there are.</summary>
    public int Count => _rows.Count;

    /// <summary>Finds a row by its key.</summary>
    /// <param name="key">The key.</param>
    /// <returns>The row, or the type's default (null for a class) where there is none.</returns>
    public TRow? Find(TKey key) => _rows.TryGetValue(key, out TRow? row) ? row : default;

    /// <summary>Finds a row by its key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="row">The row found.</param>
    /// <returns>Whether there is one.</returns>
    public bool TryFind(TKey key, [MaybeNullWhen(false)] out TRow row) => _rows.TryGetValue(key, out row);

    /// <summary>Whether there is a row with this key.</summary>
    /// <param name="key">The key.</param>
    public bool Contains(TKey key) => _rows.ContainsKey(key);

    /// <summary>The row with this key, for joins in which a missing row is an error.</summary>
    /// <param name="key">The key.</param>
    /// <exception cref="PipelineException">There is no row with this key: the run stops and names it.</exception>
    public TRow this[TKey key] => _rows.TryGetValue(key, out TRow? row)
        ? row
        : throw new PipelineException(
            FailureKind.Step,
            $"no {typeof(TRow).Name} has the key {Quote.Value(key)}",
            $"Load the missing {typeof(TRow).Name}, or use Find and decide in the step what a missing one means.");

    /// <summary>Builds a lookup.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="key">Gives the key of a row.</param>
    /// <exception cref="PipelineException">Two rows have the same key.</exception>
    public static RowLookup<TKey, TRow> From(IEnumerable<TRow> rows, Func<TRow, TKey> key)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(key);
        var byKey = new Dictionary<TKey, TRow>();
        foreach (TRow row in rows)
        {
            TKey rowKey = key(row);
            if (!byKey.TryAdd(rowKey, row))
            {
                throw new PipelineException(
                    FailureKind.DuplicateKey,
                    $"two rows of {typeof(TRow).Name} have the key {Quote.Value(rowKey)}, so a lookup by it has no single answer: {byKey[rowKey]} and {row}",
                    "Make the key unique in a step before the lookup.");
            }
        }

        return new RowLookup<TKey, TRow>(byKey);
    }
}
