using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Unicode;
using Microsoft.Data.Sqlite;

namespace TypedPipelines.Benchmarks;

/// <summary>
/// The same loads at the limit: values bound straight to a prepared statement of SQLite's own, texts in UTF-8 that SQLite does not copy,
/// one statement, one transaction. No lock, no ledger, no check. Unsafe, since addresses are handed over.
/// </summary>
internal sealed unsafe partial class SqliteLimit : IDisposable
{
    private const int Done = 101;

    private readonly SqliteByHand _rest;
    private readonly byte[] _texts = GC.AllocateUninitializedArray<byte>(4096, pinned: true);
    private readonly nint _statement;
    private int _column;
    private int _used;

    internal SqliteLimit(string file, string statement)
    {
        _rest = new SqliteByHand(file);
        _statement = _rest.Prepare(statement).DangerousGetHandle();
    }

    internal SqliteByHand ByHand => _rest;

    internal void Insert(OrderByDay[] rows)
    {
        foreach (ref readonly OrderByDay order in rows.AsSpan())
        {
            Insert(order.OrderId, order.CustomerId, order.OrderDate, order.Status, order.Sku, order.Quantity, order.UnitPrice, order.Discount, order.Currency, order.Note);
        }
    }

    /// <summary>Sorted, for pages that are near each other are read and written once.</summary>
    internal void Merge(OrderById[] rows)
    {
        long[] keys = new long[rows.Length];
        int[] places = new int[rows.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            (keys[i], places[i]) = (rows[i].OrderId, i);
        }

        Array.Sort(keys, places);
        foreach (int place in places)
        {
            ref readonly OrderById order = ref rows[place];
            Insert(order.OrderId, order.CustomerId, order.OrderDate, order.Status, order.Sku, order.Quantity, order.UnitPrice, order.Discount, order.Currency, order.Note);
        }
    }

    public void Dispose() => _rest.Dispose();

    private void Insert(
        long id, int customer, DateOnly date, string status, string sku, int quantity, decimal price, decimal discount, string currency, string? note)
    {
        _column = 0;
        _used = 0;
        Check(BindInteger(_statement, ++_column, id));
        Check(BindInteger(_statement, ++_column, customer));
        date.TryFormat(_texts.AsSpan(_used), out int length, "O", CultureInfo.InvariantCulture);
        Text(length);
        Text(status);
        Text(sku);
        Check(BindInteger(_statement, ++_column, quantity));
        Check(BindReal(_statement, ++_column, (double)price));
        Check(BindReal(_statement, ++_column, (double)discount));
        Text(currency);
        if (note is null)
        {
            Check(BindNull(_statement, ++_column));
        }
        else
        {
            Text(note);
        }

        int code = Step(_statement);
        Check(Reset(_statement));
        Check(code == Done ? 0 : code);
    }

    private void Text(string text)
    {
        Utf8.FromUtf16(text, _texts.AsSpan(_used), out _, out int length);
        Text(length);
    }

    private void Text(int length)
    {
        Check(BindText(_statement, ++_column, (byte*)Unsafe.AsPointer(ref _texts[_used]), length, 0));
        _used += length;
    }

    private static void Check(int code)
    {
        if (code != 0)
        {
            throw new SqliteException("The limit", code);
        }
    }

    [LibraryImport("e_sqlite3", EntryPoint = "sqlite3_bind_int64"), SuppressGCTransition]
    private static partial int BindInteger(nint statement, int column, long value);

    [LibraryImport("e_sqlite3", EntryPoint = "sqlite3_bind_double"), SuppressGCTransition]
    private static partial int BindReal(nint statement, int column, double value);

    [LibraryImport("e_sqlite3", EntryPoint = "sqlite3_bind_null"), SuppressGCTransition]
    private static partial int BindNull(nint statement, int column);

    [LibraryImport("e_sqlite3", EntryPoint = "sqlite3_bind_text"), SuppressGCTransition]
    private static partial int BindText(nint statement, int column, byte* text, int length, nint destructor);

    [LibraryImport("e_sqlite3", EntryPoint = "sqlite3_step")]
    private static partial int Step(nint statement);

    [LibraryImport("e_sqlite3", EntryPoint = "sqlite3_reset"), SuppressGCTransition]
    private static partial int Reset(nint statement);
}
