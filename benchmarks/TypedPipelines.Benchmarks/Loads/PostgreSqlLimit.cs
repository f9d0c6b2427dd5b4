using System.Buffers.Binary;
using System.Text.Unicode;
using Npgsql;

namespace TypedPipelines.Benchmarks;

/// <summary>
/// The same loads at the limit: whole tuples of COPY's binary form encoded by hand and sent in blocks of 128 KiB, one transaction. No lock, no
/// ledger, no check.
/// </summary>
internal sealed class PostgreSqlLimit(PostgreSqlByHand load)
{
    private const int Block = 128 * 1024;

    /// <summary>More than a tuple of these rows takes.</summary>
    private const int Tuple = 1024;

    private const short Fields = 10;
    private const decimal Cents = 100;

    private static readonly int Epoch = new DateOnly(2000, 1, 1).DayNumber;

    private readonly byte[] _block = new byte[Block + Tuple];
    private int _used;

    internal void Insert(OrderByDay[] rows)
    {
        using NpgsqlRawCopyStream copy = Begin("order_by_day");
        foreach (ref readonly OrderByDay order in rows.AsSpan())
        {
            Write(copy, order.OrderId, order.CustomerId, order.OrderDate, order.Status, order.Sku, order.Quantity, order.UnitPrice, order.Discount, order.Currency, order.Note);
        }

        End(copy);
    }

    /// <summary>Sorted by the key at the server, for pages that are near each other are read and written once.</summary>
    internal void Merge(OrderById[] rows) => load.Merge(() =>
    {
        using NpgsqlRawCopyStream copy = Begin("staged");
        foreach (ref readonly OrderById order in rows.AsSpan())
        {
            Write(copy, order.OrderId, order.CustomerId, order.OrderDate, order.Status, order.Sku, order.Quantity, order.UnitPrice, order.Discount, order.Currency, order.Note);
        }

        End(copy);
    });

    private NpgsqlRawCopyStream Begin(string table)
    {
        ReadOnlySpan<byte> header = [.. "PGCOPY\n"u8, 0xff, (byte)'\r', (byte)'\n', 0, 0, 0, 0, 0, 0, 0, 0, 0];
        header.CopyTo(_block);
        _used = header.Length;
        return load.BeginCopy(table);
    }

    private void End(NpgsqlRawCopyStream copy)
    {
        BinaryPrimitives.WriteInt16BigEndian(_block.AsSpan(_used), -1);
        copy.Write(_block, 0, _used + sizeof(short));
    }

    private void Write(
        NpgsqlRawCopyStream copy, long id, int customer, DateOnly date, string status, string sku, int quantity, decimal price, decimal discount, string currency, string? note)
    {
        BinaryPrimitives.WriteInt16BigEndian(_block.AsSpan(_used), Fields);
        _used += sizeof(short);
        BinaryPrimitives.WriteInt64BigEndian(Field(sizeof(long)), id);
        BinaryPrimitives.WriteInt32BigEndian(Field(sizeof(int)), customer);
        BinaryPrimitives.WriteInt32BigEndian(Field(sizeof(int)), date.DayNumber - Epoch);
        Text(status);
        Text(sku);
        BinaryPrimitives.WriteInt32BigEndian(Field(sizeof(int)), quantity);
        Money(price);
        Money(discount);
        Text(currency);
        if (note is null)
        {
            BinaryPrimitives.WriteInt32BigEndian(_block.AsSpan(_used), -1);
            _used += sizeof(int);
        }
        else
        {
            Text(note);
        }

        if (_used >= Block)
        {
            copy.Write(_block, 0, Block);
            _block.AsSpan(Block, _used - Block).CopyTo(_block);
            _used -= Block;
        }
    }

    private Span<byte> Field(int length)
    {
        BinaryPrimitives.WriteInt32BigEndian(_block.AsSpan(_used), length);
        Span<byte> field = _block.AsSpan(_used + sizeof(int), length);
        _used += sizeof(int) + length;
        return field;
    }

    private void Text(string text)
    {
        Utf8.FromUtf16(text, _block.AsSpan(_used + sizeof(int)), out _, out int length);
        Field(length);
    }

    /// <summary>Up to a million, with two decimal places: three groups of four digits at most, of which the first and the last are left out where they are zero.</summary>
    private void Money(decimal value)
    {
        (long whole, long cents) = Math.DivRem((long)(value * Cents), (long)Cents);
        (long tenThousands, long ones) = Math.DivRem(whole, 10_000);
        Span<short> groups = [(short)tenThousands, (short)ones, (short)(cents * 100)];
        int first = groups[0] != 0 ? 0 : groups[1] != 0 ? 1 : 2;
        int count = (groups[2] != 0 ? 3 : groups[1] != 0 ? 2 : groups[0] != 0 ? 1 : first) - first;
        Span<byte> field = Field(8 + (2 * count));
        BinaryPrimitives.WriteInt16BigEndian(field, (short)count);
        BinaryPrimitives.WriteInt16BigEndian(field[2..], (short)(count == 0 ? 0 : 1 - first));
        BinaryPrimitives.WriteInt16BigEndian(field[4..], 0);
        BinaryPrimitives.WriteInt16BigEndian(field[6..], 2);
        for (int i = 0; i < count; i++)
        {
            BinaryPrimitives.WriteInt16BigEndian(field[(8 + (2 * i))..], groups[first + i]);
        }
    }
}
