using System.Text;
using SQLitePCL;

namespace TypedPipelines.Sqlite;

/// <summary>A prepared statement of the ledger or of a publish: few rows, so that ease counts for more than speed.</summary>
internal sealed class SqliteQuery(SqliteDatabase database, sqlite3_stmt statement) : IDisposable
{
    internal sqlite3_stmt Handle => statement;

    /// <summary>Binds a parameter; one that the statement does not have is passed over.</summary>
    internal void Bind(string name, object? value)
    {
        int position = raw.sqlite3_bind_parameter_index(statement, name);
        if (position == 0)
        {
            return;
        }

        int code = value switch
        {
            null => raw.sqlite3_bind_null(statement, position),
            long number => raw.sqlite3_bind_int64(statement, position, number),
            int number => raw.sqlite3_bind_int64(statement, position, number),
            double real => raw.sqlite3_bind_double(statement, position, real),
            byte[] { Length: 0 } => raw.sqlite3_bind_zeroblob(statement, position, 0), // A span of nothing has no address, and SQLite would take it for null.
            byte[] bytes => raw.sqlite3_bind_blob(statement, position, bytes.AsSpan()),
            bool flag => raw.sqlite3_bind_int64(statement, position, flag ? 1 : 0),
            Guid id => BindText(position, SqliteText.Of(id)),
            DateTimeOffset instant => BindText(position, SqliteText.Of(instant)),
            _ => BindText(position, (string)value),
        };
        Check(code);
    }

    /// <summary>Whether it gives rows, and changes nothing.</summary>
    internal bool IsQuery => raw.sqlite3_column_count(statement) > 0 && raw.sqlite3_stmt_readonly(statement) != 0;

    internal int ParameterCount => raw.sqlite3_bind_parameter_count(statement);

    internal bool Has(string parameter) => raw.sqlite3_bind_parameter_index(statement, parameter) != 0;

    internal string[] ColumnNames() =>
        [.. Enumerable.Range(0, raw.sqlite3_column_count(statement)).Select(column => raw.sqlite3_column_name(statement, column).utf8_to_string())];

    /// <summary>The types with which the columns were declared; null for expressions.</summary>
    internal string?[] DeclaredTypes() =>
        [.. Enumerable.Range(0, raw.sqlite3_column_count(statement)).Select(column => raw.sqlite3_column_decltype(statement, column).utf8_to_string())];

    /// <summary>Moves to the next row.</summary>
    /// <returns>Whether there is one.</returns>
    internal bool Step()
    {
        int code = raw.sqlite3_step(statement);
        return code switch
        {
            raw.SQLITE_ROW => true,
            raw.SQLITE_DONE => false,
            _ => throw database.Failure(code),
        };
    }

    /// <summary>Runs a statement that gives no more than one row, which is not looked at.</summary>
    /// <returns>False where the database is locked by someone else.</returns>
    internal bool TryRun()
    {
        int code = raw.sqlite3_step(statement);
        raw.sqlite3_reset(statement);
        return code switch
        {
            raw.SQLITE_DONE or raw.SQLITE_ROW => true,
            raw.SQLITE_BUSY => false,
            _ when (code & 0xff) == raw.SQLITE_BUSY => false,
            _ => throw database.Failure(code),
        };
    }

    /// <summary>Makes the statement ready for another run with other values.</summary>
    internal void Reset() => raw.sqlite3_reset(statement);

    internal bool IsNull(int column) => raw.sqlite3_column_type(statement, column) == raw.SQLITE_NULL;

    internal string? Text(int column)
    {
        if (IsNull(column))
        {
            return null;
        }

        // Asking for the text makes it UTF-8 in a database of another encoding; the bytes of it are not cut at a NUL.
        raw.sqlite3_column_text(statement, column);
        return Encoding.UTF8.GetString(raw.sqlite3_column_blob(statement, column));
    }

    /// <summary>The type of a value, such as <see cref="raw.SQLITE_TEXT"/>.</summary>
    internal int TypeOf(int column) => raw.sqlite3_column_type(statement, column);

    internal double Real(int column) => raw.sqlite3_column_double(statement, column);

    internal byte[] Bytes(int column) => raw.sqlite3_column_blob(statement, column).ToArray();

    internal long Number(int column) => raw.sqlite3_column_int64(statement, column);

    internal Guid? Id(int column) => Text(column) is { } text ? Guid.ParseExact(text, "D") : null;

    internal DateTimeOffset? Instant(int column) => Text(column) is { } text ? SqliteText.Instant(text) : null;

    public void Dispose() => statement.Dispose();

    private int BindText(int position, string text) => text.Length == 0
        ? raw.sqlite3_bind_text(statement, position, "")
        : raw.sqlite3_bind_text(statement, position, Encoding.UTF8.GetBytes(text).AsSpan());

    private void Check(int code)
    {
        if (code != raw.SQLITE_OK)
        {
            throw database.Failure(code);
        }
    }
}
