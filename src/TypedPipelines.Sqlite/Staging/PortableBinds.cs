using SQLitePCL;

namespace TypedPipelines.Sqlite;

/// <summary>Binds through SQLitePCL.raw, whatever stands behind it. SQLite copies each text.</summary>
internal readonly struct PortableBinds(sqlite3_stmt statement) : IBinds
{
    public int Null(int column) => raw.sqlite3_bind_null(statement, column);

    public int Integer(int column, long value) => raw.sqlite3_bind_int64(statement, column, value);

    public int Real(int column, double value) => raw.sqlite3_bind_double(statement, column, value);

    // A span of nothing may have no address, and SQLite would take it for null.
    public int Text(int column, ReadOnlySpan<byte> staying) => staying.IsEmpty
        ? raw.sqlite3_bind_text(statement, column, "")
        : raw.sqlite3_bind_text(statement, column, staying);

    public int Blob(int column, ReadOnlySpan<byte> staying) => staying.IsEmpty
        ? raw.sqlite3_bind_zeroblob(statement, column, 0)
        : raw.sqlite3_bind_blob(statement, column, staying);

    public int Step()
    {
        int code = raw.sqlite3_step(statement);
        raw.sqlite3_reset(statement);
        return code;
    }
}
