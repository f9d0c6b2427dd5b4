using System.Buffers;
using System.Text.Unicode;
using SQLitePCL;

namespace TypedPipelines.Sqlite;

/// <summary>The prepared insert of one staging table, with the buffer in which texts become UTF-8.</summary>
internal sealed class StagingInsert : IDisposable
{
    /// <summary>UTF-8 has at most so many bytes for a UTF-16 code unit.</summary>
    private const int MostBytesPerChar = 3;

    private readonly SqliteDatabase _database;
    private readonly SqliteQuery _query;
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(1024);

    internal StagingInsert(SqliteDatabase database, SqliteQuery query, IReadOnlyList<Column> columns)
    {
        _database = database;
        _query = query;
        Statement = query.Handle;
        Columns = [.. columns];
        Decimals = [.. columns.Select(column => new DecimalForm(column))];
    }

    internal sqlite3_stmt Statement { get; }

    internal Column[] Columns { get; }

    internal DecimalForm[] Decimals { get; }

    internal void Step()
    {
        int code = raw.sqlite3_step(Statement);
        raw.sqlite3_reset(Statement);
        if (code != raw.SQLITE_DONE)
        {
            throw Failure(code);
        }
    }

    /// <summary>Encodes a text into the buffer.</summary>
    /// <returns>Whether UTF-8 can express it.</returns>
    internal bool TryEncode(string value, out ReadOnlySpan<byte> text)
    {
        int most = checked(value.Length * MostBytesPerChar);
        if (_buffer.Length < most)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = ArrayPool<byte>.Shared.Rent(most);
        }

        OperationStatus status = Utf8.FromUtf16(value, _buffer, out _, out int written, replaceInvalidSequences: false);
        text = _buffer.AsSpan(0, written);
        return status == OperationStatus.Done;
    }

    internal Exception Failure(int code) => _database.Failure(code);

    public void Dispose()
    {
        _query.Dispose();
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }
}
