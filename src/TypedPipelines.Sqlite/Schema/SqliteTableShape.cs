using SQLitePCL;

namespace TypedPipelines.Sqlite;

/// <summary>A column as the database declares it.</summary>
internal sealed record SqliteColumnShape(string Name, string Type, bool NotNull, bool HasDefault, bool IsGenerated, string Collation)
{
    /// <summary>Whether the column holds the same values as another, and compares them the same way.</summary>
    internal bool IsLike(SqliteColumnShape other) =>
        (Type.Equals(other.Type, StringComparison.OrdinalIgnoreCase) || IsTextOfAnyDigits(Type, other.Type) || IsTextOfAnyDigits(other.Type, Type))
        && NotNull == other.NotNull
        && Collation.Equals(other.Collation, StringComparison.OrdinalIgnoreCase);

    /// <summary>A number that is kept as a text declares its digits, as in <c>text(28,10)</c>; a table that somebody else made need not.</summary>
    private static bool IsTextOfAnyDigits(string one, string other) =>
        one.Equals("text", StringComparison.OrdinalIgnoreCase) && other.StartsWith("text(", StringComparison.OrdinalIgnoreCase);

    /// <summary>The column as a statement declares it.</summary>
    public override string ToString() =>
        $"{Type}{(NotNull ? " not null" : "")}{(Collation.Equals("BINARY", StringComparison.OrdinalIgnoreCase) ? "" : $" collate {Collation.ToLowerInvariant()}")}";
}

/// <summary>The columns of a table as the database declares them.</summary>
internal sealed record SqliteTableShape(IReadOnlyList<SqliteColumnShape> Columns)
{
    /// <summary>Reads the shape of a table; without columns where there is none.</summary>
    internal static SqliteTableShape Of(SqliteDatabase database, string table)
    {
        var columns = new List<SqliteColumnShape>();
        using SqliteQuery query = database.Prepare(
            """
            select name, type, "notnull", dflt_value, hidden,
                pk = 1 and lower(type) = 'integer' and max(pk) over () = 1
            from pragma_table_xinfo(@table, 'main')
            order by cid
            """,
            ("@table", table));
        while (query.Step())
        {
            string name = query.Text(0)!;
            bool isRowId = query.Number(5) != 0; // Which is never null, though nothing says so.
            columns.Add(new SqliteColumnShape(
                name,
                query.Text(1) ?? "",
                query.Number(2) != 0 || isRowId,
                !query.IsNull(3) || isRowId,
                query.Number(4) != 0,
                CollationOf(database, table, name)));
        }

        return new SqliteTableShape(columns);
    }

    /// <summary>The columns that this shape has, and that another has not, or has otherwise.</summary>
    internal IReadOnlyList<SqliteColumnShape> MissingFrom(SqliteTableShape other) =>
        [.. Columns.Where(column => other.Find(column.Name)?.IsLike(column) != true)];

    internal SqliteColumnShape? Find(string column) =>
        Columns.FirstOrDefault(candidate => candidate.Name.Equals(column, StringComparison.OrdinalIgnoreCase));

    private static string CollationOf(SqliteDatabase database, string table, string column) =>
        raw.sqlite3_table_column_metadata(database.Handle, "main", table, column, out _, out string collation, out _, out _, out _) == raw.SQLITE_OK
            ? collation
            : "BINARY";
}
