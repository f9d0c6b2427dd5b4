namespace TypedPipelines.PostgreSql;

/// <summary>One binary COPY into a table, from its header to its end.</summary>
internal sealed class CopyIn
{
    /// <summary>The signature, no flags, no extension.</summary>
    private static readonly byte[] Header = [.. "PGCOPY\n"u8, 0xff, (byte)'\r', (byte)'\n', 0, 0, 0, 0, 0, 0, 0, 0, 0];

    private static readonly byte[] Trailer = [0xff, 0xff];

    /// <summary>What goes to the server at a time.</summary>
    private const int Block = 128 * 1024;

    private readonly PostgreSqlDatabase _database;
    private readonly Stream _stream;

    private CopyIn(PostgreSqlDatabase database, Stream stream)
    {
        _database = database;
        _stream = stream;
    }

    internal static async Task<CopyIn> BeginAsync(PostgreSqlDatabase database, string sql, CancellationToken cancellationToken)
    {
        var copy = new CopyIn(database, await database.CopyAsync(sql, cancellationToken).ConfigureAwait(false));
        await copy.WriteAsync(Header, cancellationToken).ConfigureAwait(false);
        return copy;
    }

    internal async ValueTask WriteAsync(ReadOnlyMemory<byte> rows, CancellationToken cancellationToken)
    {
        try
        {
            for (; !rows.IsEmpty; rows = rows[Math.Min(Block, rows.Length)..])
            {
                await _stream.WriteAsync(rows[..Math.Min(Block, rows.Length)], cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (_database.IsReported(e))
        {
            throw PostgreSqlFailure.Of(e, _database.Name);
        }
    }

    internal async Task CompleteAsync(CancellationToken cancellationToken)
    {
        await WriteAsync(Trailer, cancellationToken).ConfigureAwait(false);
        try
        {
            await _stream.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (_database.IsReported(e))
        {
            throw PostgreSqlFailure.Of(e, _database.Name);
        }
    }

    /// <summary>Ends it so that nothing of it stays.</summary>
    internal async Task AbandonAsync()
    {
        try
        {
            await ((Npgsql.NpgsqlRawCopyStream)_stream).CancelAsync().ConfigureAwait(false);
            await _stream.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (_database.IsReported(e) || e is ObjectDisposedException or OperationCanceledException)
        {
            // It ended before, of itself.
        }
    }
}
