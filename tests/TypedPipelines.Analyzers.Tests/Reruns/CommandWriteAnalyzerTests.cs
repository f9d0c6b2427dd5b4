namespace TypedPipelines.Analyzers.Tests.Reruns;

public class CommandWriteAnalyzerTests
{
    private const string Merge = "merge into dbo.daily as t using stage as s on t.day = s.day when matched then update set n = s.n when not matched then insert (day, n) values (s.day, s.n);";

    private static string Class(string members) => $$"""
        using System.Data;
        using Dapper;
        public class Loader
        {
            {{members}}
        }

        namespace Microsoft.Data.SqlClient
        {
            public static class SqlConnection { }
        }
        """;

    [Fact]
    public Task A_relative_write_says_which_column() => Expect.OnlyAsync(
        "TP1004",
        Class("""static void Save(IDbConnection db, int n) => db.Execute([|"update daily set total = total + @n"|], new { n });"""),
        "This changes 'total' of 'daily' by what it holds already, so a second run changes it again; set it to a value computed from its source, or note what has been applied in the same transaction");

    [Theory]
    [InlineData("""static void Save(IDbConnection db, string table) => db.Execute([|$"update {table} set total = total + 1"|]);""")]
    [InlineData("""static void Save(IDbConnection db) { db.Execute("select 1"); db.Execute([|"update daily set total = total + 1"|]); }""")]
    public Task A_relative_write(string members) => Expect.OnlyAsync("TP1004", Class(members));

    [Theory]
    [InlineData("""static void Save(IDbConnection db) { db.Execute("truncate table daily"); db.Execute("update daily set total = total + 1"); }""")]
    [InlineData("""static void Save(IDbConnection db, string sql) { db.Execute(sql); db.Execute("update daily set total = total + 1"); }""")]
    public Task A_relative_write_of_what_was_made_before(string members) => Expect.NothingAsync(Class(members));

    [Theory]
    [InlineData("static void Save(IDbConnection db) => db.Execute([|\"" + Merge + "\"|]);")]
    [InlineData("static void Save(IDbConnection db) => db.Execute([|\"merge [daily] t using #stage s on t.day = s.day when not matched then insert (day) values (s.day);\"|]);")]
    [InlineData("static void Save(System.Data.SqlClient.SqlConnection db) => db.Execute([|\"merge daily using stage as s on s.day = daily.day when not matched then insert (day) values (s.day);\"|]); } namespace System.Data.SqlClient { public abstract class SqlConnection : IDbConnection { public abstract string ConnectionString { get; set; } public abstract int ConnectionTimeout { get; } public abstract string Database { get; } public abstract ConnectionState State { get; } public abstract IDbTransaction BeginTransaction(); public abstract IDbTransaction BeginTransaction(IsolationLevel il); public abstract void ChangeDatabase(string name); public abstract void Close(); public abstract IDbCommand CreateCommand(); public abstract void Open(); public abstract void Dispose(); } ")]
    public Task A_merge_that_locks_nothing(string members) => Expect.OnlyAsync("TP1005", Class(members));

    [Theory]
    [InlineData("merge into dbo.daily with (holdlock) as t using stage as s on t.day = s.day when not matched then insert (day) values (s.day);")]
    [InlineData("set transaction isolation level serializable; merge into dbo.daily as t using stage as s on t.day = s.day when not matched then insert (day) values (s.day);")]
    [InlineData("merge into dbo.daily as t using stage as s on t.day = s.day when matched then update set n = s.n;")]
    [InlineData("merge into #daily as t using dbo.stage as s on t.day = s.day when not matched then insert (day) values (s.day);")]
    [InlineData("merge into daily as t using stage as s on t.day = s.day when not matched then insert (day) values (s.day)")] // PostgreSQL's, too.
    [InlineData("select * from dbo.a inner merge join dbo.b on a.id = b.id")]
    public Task A_merge_that_is_safe_or_of_another_database(string sql) =>
        Expect.NothingAsync(Class($"static void Save(IDbConnection db) => db.Execute(\"{sql}\");"));

    [Fact]
    public Task A_merge_in_a_serializable_transaction() => Expect.NothingAsync(Class($$"""
        static void Save(IDbConnection db) { using var t = db.BeginTransaction(IsolationLevel.Serializable); db.Execute("{{Merge}}", transaction: t); }
        """));
}
