using SQLitePCL;

namespace TypedPipelines.Sqlite;

/// <summary>The prepared insert of one staging table.</summary>
internal sealed class StagingInsert : IDisposable
{
    private readonly SqliteDatabase _database;
    private readonly SqliteQuery _query;
    private readonly NativeSqlite? _native;

    /// <param name="database">The database.</param>
    /// <param name="query">The prepared insert.</param>
    /// <param name="columns">The columns, in the order of its parameters.</param>
    /// <param name="native">The library that prepared it; null where it is reached through SQLitePCL.raw alone.</param>
    internal StagingInsert(SqliteDatabase database, SqliteQuery query, IReadOnlyList<Column> columns, NativeSqlite? native)
    {
        _database = database;
        _query = query;
        _native = native;
        Columns = [.. columns];
        Decimals = [.. columns.Select(column => new DecimalForm(column))];
    }

    internal Column[] Columns { get; }

    internal DecimalForm[] Decimals { get; }

    internal RowBytes Bytes { get; } = new();

    /// <summary>Inserts rows.</summary>
    internal void Write<TRow>(TableContract<TRow> contract, ReadOnlySpan<TRow> rows, in RunSlice slice)
    {
        sqlite3_stmt statement = _query.Handle;
        if (_native is null)
        {
            var portable = new SqliteRowWriter<PortableBinds>(this, new PortableBinds(statement));
            contract.Write(rows, in slice, ref portable);
            return;
        }

        // SQLite must not lose the statement while its address is in use.
        bool kept = false;
        try
        {
            statement.DangerousAddRef(ref kept);
            var writer = new SqliteRowWriter<NativeBinds>(this, new NativeBinds(_native, statement.DangerousGetHandle()));
            contract.Write(rows, in slice, ref writer);
        }
        finally
        {
            if (kept)
            {
                statement.DangerousRelease();
            }
        }
    }

    internal Exception Failure(int code) => _database.Failure(code);

    public void Dispose() => _query.Dispose();
}
