using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using TypedPipelines.Destinations;

namespace TypedPipelines.Sqlite;

/// <summary>
/// Gives an empty table the shape of its contract, inside the transaction that replaces its rows. A column that is missing is added. SQLite
/// changes none that is there: so the table is dropped and created again as it was declared, but for the columns that become others, with
/// its indexes and triggers. Views and foreign keys of other tables know it by its name, and stay.
/// </summary>
internal sealed class Reshaping(SqliteDatabase database, TableContract contract)
{
    private string Table => $"main.{Quote(contract.Table)}";

    internal bool IsNeeded(SqliteLoadPlan plan)
    {
        using SqliteDatabase scratch = SqliteDatabase.OpenScratch(NullLogger.Instance);
        scratch.Run(plan.CreateTable);
        return SqliteTableShape.Of(scratch, contract.Table).MissingFrom(SqliteTableShape.Of(database, contract.Table)).Count > 0;
    }

    internal void Apply(SqliteLoadPlan plan)
    {
        using SqliteDatabase scratch = SqliteDatabase.OpenScratch(NullLogger.Instance);
        scratch.Run(plan.CreateTable);
        SqliteTableShape expected = SqliteTableShape.Of(scratch, contract.Table);
        SqliteTableShape found = SqliteTableShape.Of(database, contract.Table);
        IReadOnlyList<SqliteColumnShape> changes = expected.MissingFrom(found);
        if (changes.Count == 0)
        {
            return;
        }

        foreach (SqliteColumnShape added in changes.Where(column => found.Find(column.Name) is null))
        {
            Run(added.Name, $"alter table {Table} add column {Quote(added.Name)} {added}");
        }

        SqliteColumnShape[] others = [.. changes.Where(column => found.Find(column.Name) is not null)];
        if (others.Length > 0)
        {
            CreateAgain(others);
        }

        foreach (string index in plan.CreateIndexes)
        {
            Run(changes[0].Name, index);
        }

        // Whatever the declaration was like: either the table has the shape now, or nothing changes.
        ShapeCheck.Compare(contract, expected, SqliteTableShape.Of(database, contract.Table), database.File);
    }

    private void CreateAgain(SqliteColumnShape[] others)
    {
        string columns = string.Join(", ", others.Select(column => column.Name));
        string declared = database.Find("select sql from main.sqlite_schema where type = 'table' and name = @table collate nocase", ("@table", contract.Table))!;
        string create = TableDeclaration.With(declared, others)
            ?? throw Reshape.Refused(contract, database.File, columns, declared, "the table's declaration cannot be understood", null);
        List<string> hanging = Hanging();
        string? sequence = Sequence();
        Run(columns, $"drop table {Table}");
        Run(columns, create);
        foreach (string sql in hanging)
        {
            Run(columns, sql);
        }

        if (sequence is not null)
        {
            // What it has once given to a row, an automatic key gives to no other.
            database.Run("insert into main.sqlite_sequence (name, seq) values (@table, cast(@last as integer))", ("@table", contract.Table), ("@last", sequence));
        }
    }

    /// <summary>The statements of the indexes and triggers that go with the table; an index of a constraint has none.</summary>
    private List<string> Hanging()
    {
        var statements = new List<string>();
        using SqliteQuery query = database.Prepare(
            "select sql from main.sqlite_schema where type in ('index', 'trigger') and tbl_name = @table collate nocase and sql is not null order by rowid",
            ("@table", contract.Table));
        while (query.Step())
        {
            statements.Add(query.Text(0)!);
        }

        return statements;
    }

    private string? Sequence() => database.Find("select 1 from main.sqlite_schema where name = 'sqlite_sequence'") is null
        ? null
        : database.Find("select seq from main.sqlite_sequence where name = @table collate nocase", ("@table", contract.Table));

    private void Run(string column, string sql)
    {
        try
        {
            database.Run(sql);
        }
        catch (PipelineException e) when (e.InnerException is SqliteException reported)
        {
            throw Reshape.Refused(contract, database.File, column, sql, reported.Message, reported);
        }
    }

    private static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
