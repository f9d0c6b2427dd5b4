namespace TypedPipelines.Analyzers.Tests.Reruns;

public class RawInsertAnalyzerTests
{
    private const string Usings = """
        using System.Data;
        using System.Data.Common;
        using Dapper;
        using Microsoft.Data.SqlClient;
        """;

    // The client itself is not among this repository's packages; its names are what the rule goes by.
    private const string SqlClient = """

        namespace Microsoft.Data.SqlClient
        {
            public sealed class SqlBulkCopy(string connection) { public string DestinationTableName { get; set; } = connection; public void WriteToServer(System.Data.DataTable rows) { } }
        }
        """;

    private static string With(string members, string body = "=> new(raw.Day, raw.Name);") => Pipelines.Daily(body, members, usings: Usings) + SqlClient;

    [Fact]
    public Task Dapper() => Expect.OnlyAsync(
        "TP1002",
        With("""static void Save(IDbConnection db, Row row) => db.Execute([|"insert into audit values (@Name)"|], row);"""),
        "This inserts into 'audit' with nothing that makes it repeatable, so a second run inserts the rows a second time; return them from a step and let the pipeline load them, or use an upsert, NOT EXISTS, or a delete of the same window before it");

    [Theory]
    [InlineData("""static void Save(DbCommand c) { c.CommandText = [|"INSERT INTO audit VALUES (1)"|]; }""")]
    [InlineData("""static void Save(IDbCommand c) { c.CommandText = [|"insert into audit values (1)"|]; }""")]
    [InlineData("""static void Save(DbDataSource d) { using var c = d.CreateCommand([|"insert into audit values (1)"|]); }""")]
    [InlineData("""static void Save(IDbConnection db) => db.Execute(new CommandDefinition([|"insert into audit values (1)"|]));""")]
    [InlineData("""static int Save(IDbConnection db) => db.QuerySingle<int>([|"insert into audit values (1) returning id"|]);""")]
    [InlineData("""static System.Threading.Tasks.Task Save(IDbConnection db) => db.ExecuteAsync([|"insert into audit values (1)"|]);""")]
    [InlineData("""static void Save(IDbConnection db) { Action run = () => db.Execute([|"insert into audit values (1)"|]); run(); }""")]
    [InlineData("""const string Sql = "insert into audit values (1)"; static void Save(IDbConnection db) => db.Execute([|Sql|]);""")]
    [InlineData("""static readonly string Sql = "insert into audit values (1)"; static void Save(IDbConnection db) => db.Execute([|Sql|]);""")]
    [InlineData("""static void Save(IDbConnection db) { var sql = "insert into audit " + "values (1)"; db.Execute([|sql|]); }""")]
    [InlineData("""static void Save(IDbConnection db, string name) => db.Execute([|$"insert into {name} values (1)"|]);""")]
    [InlineData("""static void Save(IDbConnection db, int n) => db.Execute([|"insert into audit values (" + n + ")"|]);""")]
    [InlineData("""static void Save() { using var c = new Microsoft.Data.Sqlite.SqliteCommand([|"insert into audit values (1)"|]); }""")]
    [InlineData("""static void Save() { using var c = new Microsoft.Data.Sqlite.SqliteCommand { CommandText = [|"insert into audit values (1)"|] }; }""")]
    [InlineData("""static IEnumerable<Row> Save(IDbConnection db) => db.Query<Row, Row, Row>(splitOn: "id", map: (a, b) => a, sql: [|"insert into audit values (1) returning id"|]);""")]
    [InlineData("""static void Save(DbCommand c) { c.CommandText = "select 1"; c.CommandText = [|"insert into t8 values (1)"|]; c.ExecuteScalar(); }""")]
    [InlineData("""static void Save(DbCommand c) { c.CommandText = "begin transaction"; c.ExecuteNonQuery(); c.CommandText = [|"insert into t8 values (1)"|]; }""")]
    [InlineData("""static class Inner { public static void Save(IDbConnection db) => db.Execute([|"insert into audit values (1)"|]); }""")]
    public Task Every_way_to_a_command(string members) => Expect.OnlyAsync("TP1002", With(members));

    [Theory]
    [InlineData("""static void Save(IDbConnection db) => db.Execute("insert into audit values (1) on conflict do nothing");""")]
    [InlineData("""static void Save(IDbConnection db) => db.Execute("delete from audit where day = @d; insert into audit values (1)");""")]
    [InlineData("""static void Save(IDbConnection db) { db.Execute("delete from audit where day = @d"); db.Execute("insert into audit values (1)"); }""")]
    [InlineData("""static void Save(DbCommand c) { c.CommandText = "truncate table audit"; c.ExecuteNonQuery(); c.CommandText = "insert into audit values (1)"; }""")]
    [InlineData("""static void Save(IDbConnection db) { if (db.QuerySingle<int>("select count(*) from audit with (updlock, holdlock) where day = @d") > 0) return; db.Execute("insert into audit values (1)"); }""")]
    public Task What_makes_it_repeatable(string members) => Expect.NothingAsync(With(members));

    [Theory]
    [InlineData("""static void Save(IDbConnection db, string sql) => db.Execute(sql);""")]
    [InlineData("""static void Save(IDbConnection db, string clause) => db.Execute($"insert into audit select 1 {clause}");""")]
    [InlineData("""static void Save(IDbConnection db, string clause) => db.Execute("insert into audit values (1) " + clause);""")]
    [InlineData("""static void Save(IDbConnection db, string clear) { db.Execute(clear); db.Execute("insert into audit values (1)"); }""")]
    [InlineData("""static void Save(IDbConnection db) { db.Execute("clear_day", commandType: CommandType.StoredProcedure); db.Execute("insert into audit values (1)"); }""")]
    [InlineData("""static void Save(IDbConnection db) { Clear(db); db.Execute("insert into audit values (1)"); } static void Clear(IDbConnection db) => db.Execute("delete from audit");""")]
    [InlineData("""static void Save(DbCommand c) { c.CommandText = "insert into audit values (1)"; c.CommandText += " on conflict do nothing"; }""")]
    [InlineData("""static void Save(IDbConnection db, bool b) { var sql = "insert into audit values (1)"; if (b) sql = "select 1"; db.Execute(sql); }""")]
    public Task What_cannot_be_judged(string members) => Expect.NothingAsync(With(members));

    [Theory]
    [InlineData("""static void Save(IDbConnection db) => db.Execute("select 'insert into audit'");""")]
    [InlineData("""static void Save(IDbConnection db) => db.Execute("-- insert into audit values (1)\nselect 1");""")]
    [InlineData("""static string Save() => "insert into audit values (1)";""")]
    public Task What_is_no_insert(string members) => Expect.NothingAsync(With(members));

    [Theory]
    [InlineData("""static void Save(DataTable rows) { var copy = new SqlBulkCopy("") { DestinationTableName = "audit" }; [|copy.WriteToServer(rows)|]; }""", "'audit'")]
    [InlineData("""static void Save(SqlBulkCopy copy, DataTable rows) => [|copy.WriteToServer(rows)|];""", "a table")]
    public Task A_bulk_copy(string members, string table) => Expect.OnlyAsync(
        "TP1002",
        With(members),
        $"This inserts into {table} with nothing that makes it repeatable, so a second run inserts the rows a second time; return them from a step and let the pipeline load them, or use an upsert, NOT EXISTS, or a delete of the same window before it");

    [Theory]
    [InlineData("""static void Save(DataTable rows) { var copy = new SqlBulkCopy("") { DestinationTableName = "#stage" }; copy.WriteToServer(rows); }""")]
    [InlineData("""static void Save(IDbConnection db, DataTable rows) { db.Execute("truncate table dbo.stage"); var copy = new SqlBulkCopy("") { DestinationTableName = "[dbo].[stage]" }; copy.WriteToServer(rows); }""")]
    public Task A_bulk_copy_into_an_empty_table(string members) => Expect.NothingAsync(With(members));

    [Fact]
    public Task The_table_in_the_message_shows_what_is_filled_in() => Expect.OnlyAsync(
        "TP1002",
        With("""static void Save(IDbConnection db, string name) => db.Execute([|$"insert into {name} values (1)"|]);"""),
        "This inserts into '{name}' with nothing that makes it repeatable, so a second run inserts the rows a second time; return them from a step and let the pipeline load them, or use an upsert, NOT EXISTS, or a delete of the same window before it");
}
