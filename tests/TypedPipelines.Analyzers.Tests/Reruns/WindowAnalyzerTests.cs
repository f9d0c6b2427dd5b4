using Microsoft.CodeAnalysis;
using TypedPipelines.Analyzers.Tests.Values;

namespace TypedPipelines.Analyzers.Tests.Reruns;

/// <summary>TP1007, TP1008 and TP1009: deletes, and the inserts that follow them.</summary>
public class WindowAnalyzerTests
{
    private const string Rows = "insert into daily (day, total) select placed, amount from orders where ";

    [Theory]
    [InlineData("delete from daily where day = @day; insert into daily (day, total) select day, amount from orders")]
    [InlineData("delete from daily where day = @yesterday; insert into daily (day, total) select day, amount from orders where day = @today")]
    [InlineData("delete from daily where day >= @from and day < @to; " + Rows + "placed >= @from and placed <= @to")]
    [InlineData("delete from daily where day >= @from and day < @to; " + Rows + "placed between @from and @to")]
    [InlineData("delete from daily where day >= @from and day < @to; " + Rows + "placed >= @from")]
    [InlineData("delete from daily where day > @from; " + Rows + "placed >= @from")]
    [InlineData("delete from daily where region = @region and day = @day; insert into daily (day, region, total) select day, region, amount from orders where day = @day")]
    [InlineData("DELETE FROM dbo.daily WHERE [day] = @d; INSERT INTO daily ([day], total) SELECT o.placed AS [day], o.amount FROM orders o WHERE o.region = 'eu'")]
    public Task The_delete_leaves_some_of_the_rows(string sql) => OnlyAsync("TP1007", $"""static void Save(IDbConnection db) => db.Execute([|"{sql}"|], new {Values});""");

    [Fact]
    public Task In_two_commands_the_values_are_compared() => OnlyAsync("TP1007", """
        static void Save(IDbConnection db, DateTime from, DateTime to)
        {
            db.Execute("delete from daily where day = @day", new { day = from });
            db.Execute([|"insert into daily (day, total) select placed, amount from orders where placed = @day"|], new { day = to });
        }
        """);

    [Theory]
    [InlineData("delete from daily where day = @day; insert into daily (day, total) select day, amount from orders where day = @day")]
    [InlineData("delete from daily where day >= @from and day < @to; " + Rows + "placed >= @from and placed < @to")]
    [InlineData("delete from daily where day between @from and @to; " + Rows + "placed >= @from and placed < @to")]
    [InlineData("delete from daily where day >= @from; " + Rows + "placed >= @from and placed < @to")]
    [InlineData("delete from daily where day >= @from and day < @to; " + Rows + "placed = @day")]
    [InlineData("delete from daily where day = @day; " + Rows + "placed >= @day and placed < @to")]
    [InlineData("delete from daily; " + Rows + "placed = @day")]
    [InlineData("delete from daily where day = @day; insert into daily (day, total) select @day, sum(amount) from orders where placed >= @from")]
    [InlineData("delete from daily where day = @day; insert into daily (day, total) select cast(placed as date), amount from orders where placed >= @from")]
    [InlineData("delete from daily where day = @day or total = 0; insert into daily (day, total) select placed, amount from orders")]
    [InlineData("delete from daily where day in (select day from stage); insert into daily (day, total) select day, total from stage")]
    [InlineData("delete from other where day = @day; insert into daily (day, total) select day, amount from orders on conflict do nothing")]
    [InlineData("delete from daily where day = @day; insert into daily (day, total) select o.day, o.amount from orders o join calendar c on c.day = o.day")]
    [InlineData("delete from daily where day = @day; insert into daily (day, total) values (@day, 1)")]
    public Task The_delete_covers_them_or_nobody_knows(string sql) => Expect.NothingAsync(DatabaseCode.Class($"""static void Save(IDbConnection db) => db.Execute("{sql}", new {Values});"""));

    private const string Values = "{ day = 1, from = 2, to = 3, yesterday = 4, today = 5, region = 6, d = 7 }";

    [Theory]
    [InlineData("""db.Execute([|"delete from daily where day = @day"|], new { day }); db.Execute("insert into daily (day) values (@day)", new { day });""")]
    [InlineData("""db.Open(); db.Execute([|"delete from daily"|]); foreach (var n in new[] { 1, 2 }) { db.Execute("insert into daily (id) values (@n)", new { n }); }""")]
    [InlineData("""db.Execute([|"delete from daily"|]); using var tx = db.BeginTransaction(); db.Execute("insert into daily (day) values (@day)", new { day }, tx); tx.Commit();""")]
    [InlineData("""using var tx = db.BeginTransaction(); db.Execute([|"delete from daily"|], transaction: tx); tx.Commit(); db.Execute("insert into daily (day) values (@day)", new { day });""")]
    [InlineData("""using var c = db.CreateCommand(); c.CommandText = [|"delete from daily"|]; c.ExecuteNonQuery(); c.CommandText = "insert into daily (day) values ('2001-01-01')"; c.ExecuteNonQuery();""")]
    [InlineData("""new NpgsqlCommand([|"delete from daily"|], db).ExecuteNonQuery(); using var copy = db.BeginBinaryImport("copy daily (id) from stdin (format binary)");""")]
    public Task Nothing_holds_delete_and_insert_together(string statements) => OnlyAsync(
        "TP1008", $$"""static void Save(string source, DateTime day) { using var db = new NpgsqlConnection(source); {{statements}} }""");

    [Theory]
    [InlineData("""db.Execute([|"truncate table daily"|]); db.Execute("insert into daily (day) values (@day)", new { day });""")]
    [InlineData("""db.Execute([|"truncate daily"|]); using var copy = db.BeginBinaryImport("copy daily (id) from stdin (format binary)");""")]
    [InlineData("""db.Execute([|"drop table if exists daily"|]); db.Execute("create table daily (day date)"); db.Execute("insert into daily (day) values (@day)", new { day });""")]
    public Task Nothing_is_there_until_it_is_filled_again(string statements) => OnlyAsync(
        "TP1009", $$"""static void Save(string source, DateTime day) { using var db = new NpgsqlConnection(source); {{statements}} }""");

    [Theory]
    [InlineData("""db.Open(); using var tx = db.BeginTransaction(); db.Execute("delete from daily", transaction: tx); db.Execute("insert into daily (day) values (@day)", new { day }, tx); tx.Commit();""")]
    [InlineData("""using var scope = new System.Transactions.TransactionScope(); db.Execute("delete from daily"); db.Execute("insert into daily (day) values (@day)", new { day }); scope.Complete();""")]
    [InlineData("""db.Execute("begin transaction"); db.Execute("delete from daily"); db.Execute("insert into daily (day) values (@day)", new { day }); db.Execute("commit transaction");""")]
    [InlineData("""db.Execute("delete from daily where day < @day", new { day });""")]
    [InlineData("""db.Execute("delete from daily"); db.Execute("insert into other (day) values (@day) on conflict do nothing", new { day });""")]
    [InlineData("""db.Execute("truncate table staging_daily"); db.Execute("insert into staging_daily (day) values (@day)", new { day });""")]
    [InlineData("""db.Execute("truncate table daily");""")]
    [InlineData("""db.Execute("drop table if exists daily"); db.Execute("create table daily (day date)");""")]
    [InlineData("""if (day.Day == 1) { db.Execute("delete from daily"); } else { db.Execute("insert into daily (day) values (@day) on conflict do nothing", new { day }); }""")]
    [InlineData("""db.Execute("create temp table t (id int)"); db.Execute("delete from pg_temp.t"); db.Execute("insert into pg_temp.t (id) values (1)");""")]
    public Task One_transaction_or_no_window(string statements) => Expect.NothingAsync(
        DatabaseCode.Class($$"""static void Save(string source, DateTime day) { using var db = new NpgsqlConnection(source); {{statements}} }"""));

    [Theory]
    [InlineData("""static void Save(IDbConnection db) { db.Execute("delete from daily"); db.Execute("insert into daily (id) values (1)"); }""")]
    [InlineData("""readonly IDbConnection _db = null!; void Save() { _db.Execute("delete from daily"); _db.Execute("insert into daily (id) values (1)"); }""")]
    [InlineData("""static void Save(IDbTransaction transaction) { var db = transaction.Connection!; db.Execute("delete from daily"); db.Execute("insert into daily (id) values (1)"); }""")]
    public Task Whoever_gives_the_connection_may_have_begun_one(string members) => Expect.NothingAsync(DatabaseCode.Class(members));

    private static async Task OnlyAsync(string id, string marked)
    {
        MarkedCode code = MarkedCode.Parse(DatabaseCode.Class(marked));
        var compilation = Analysis.Compile(code.Text);
        Analysis.ShouldCompile(compilation);
        IReadOnlyList<Diagnostic> found = await Analysis.RunAsync(compilation, Analysis.AllAnalyzers);
        found.Where(diagnostic => diagnostic.Id is not "TP1002").Select(diagnostic => (diagnostic.Id, diagnostic.Location.SourceSpan)).ShouldBe(code.Spans.Select(span => (id, span)));
    }
}
