namespace TypedPipelines.Sqlite;

/// <summary>How values reach a prepared statement: each bind gives SQLite's result code, columns count from 1.</summary>
internal interface IBinds
{
    int Null(int column);

    int Integer(int column, long value);

    int Real(int column, double value);

    /// <summary>Binds a text in UTF-8 whose bytes stay where they are, and as they are, until the row is inserted.</summary>
    int Text(int column, ReadOnlySpan<byte> staying);

    /// <summary>Binds bytes that stay in the same way.</summary>
    int Blob(int column, ReadOnlySpan<byte> staying);

    /// <summary>Inserts the row, and makes the statement ready for the next.</summary>
    int Step();
}
