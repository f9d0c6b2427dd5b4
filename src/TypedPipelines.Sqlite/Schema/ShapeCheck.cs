using TypedPipelines.Destinations;

namespace TypedPipelines.Sqlite;

/// <summary>Compares a table with the one that its contract would create.</summary>
internal static class ShapeCheck
{
    /// <exception cref="PipelineException">They differ in a way that matters to a load or to its readers.</exception>
    internal static void Compare(TableContract contract, SqliteTableShape expected, SqliteTableShape found, string file)
    {
        string table = contract.Table;
        foreach (SqliteColumnShape column in expected.Columns)
        {
            if (found.Find(column.Name) is not { } other)
            {
                throw Mismatch(table, column.Name, column.ToString(), "no such column", AddColumn(contract, column), file);
            }

            if (!column.IsLike(other))
            {
                throw Mismatch(table, column.Name, column.ToString(), other.ToString(), Rename(table), file);
            }
        }

        CompareAround(contract, expected, found, file);
    }

    /// <summary>Compares all but the contract's own columns.</summary>
    /// <exception cref="PipelineException">There is a column that no load could fill, or into which none can write.</exception>
    internal static void CompareAround(TableContract contract, SqliteTableShape expected, SqliteTableShape found, string file)
    {
        string table = contract.Table;
        foreach (SqliteColumnShape column in expected.Columns)
        {
            if (found.Find(column.Name) is { IsGenerated: true } made)
            {
                throw Mismatch(table, column.Name, column.ToString(), $"{made}, whose values the database makes", "Leave the column out of the contract.", file);
            }
        }

        foreach (SqliteColumnShape column in found.Columns)
        {
            if (column is { NotNull: true, HasDefault: false, IsGenerated: false } && expected.Find(column.Name) is null)
            {
                throw Mismatch(
                    table,
                    column.Name,
                    "no such column, or one that may be left out",
                    column.ToString(),
                    $"Add the column to the contract; {RenameColumn(contract, found, column.Name)}or, where its values may go, remove it, after the indexes that have it, with: alter table {Quote(table)} drop column {Quote(column.Name)}",
                    file);
            }
        }
    }

    private static PipelineException Mismatch(string table, string column, string expected, string found, string next, string file) => new(
        FailureKind.Schema,
        $"the table {table} of {file} does not have the shape of its contract: column {column}: expected {expected}, found {found}",
        $"Nothing was changed. {next}");

    private static string RenameColumn(TableContract contract, SqliteTableShape found, string column) =>
        FindingColumns.FirstMissing(contract, name => found.Find(name) is not null) is { } missing
            ? $"or, if that calls it {missing}, rename it with: alter table {Quote(contract.Table)} rename column {Quote(column)} to {Quote(missing)}; "
            : "";

    private static string AddColumn(TableContract contract, SqliteColumnShape column)
    {
        string table = Quote(contract.Table);
        if (contract.EndColumn is { } end && contract.Columns[end].Name.Equals(column.Name, StringComparison.OrdinalIgnoreCase))
        {
            return $"In this column a history says until when a version holds, and a new one would make all of them current: if another column has that, rename it (alter table {table} rename column ... to {Quote(column.Name)}); else {PutAside(contract.Table)}";
        }

        if (!column.NotNull)
        {
            return $"Add the column with: alter table {table} add column {Quote(column.Name)} {column}";
        }

        int position = contract.Columns.TakeWhile(known => !known.Name.Equals(column.Name, StringComparison.OrdinalIgnoreCase)).Count();
        return position < contract.Columns.Count && FindingColumns.Has(contract, position)
            ? $"Loads find rows by this column, so that each row needs its own value in it: if another column has that, rename it (alter table {table} rename column ... to {Quote(column.Name)}); else {PutAside(contract.Table)}"
            : $"Add the column, with a default for the rows that are there: alter table {table} add column {Quote(column.Name)} {column} default {DefaultOf(column)}";
    }

    // SQLite gives the types that it knows in capitals, whatever the declaration has.
    private static string DefaultOf(SqliteColumnShape column) => column.Type.ToLowerInvariant() switch
    {
        var type when type.StartsWith("text(", StringComparison.Ordinal) => "'0'",
        "text" => "''",
        "blob" => "x''",
        _ => "0",
    };

    private static string Rename(string table) =>
        $"SQLite cannot change a column in place. Correct the contract; or {PutAside(table)}";

    /// <summary>Its indexes keep their names, which the new table's need.</summary>
    private static string PutAside(string table) =>
        $"put the table aside with: alter table {Quote(table)} rename to {Quote($"{table}_before")}, then drop the indexes that were created for it (drop index ...), and run every partition again, or copy the rows";

    internal static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
