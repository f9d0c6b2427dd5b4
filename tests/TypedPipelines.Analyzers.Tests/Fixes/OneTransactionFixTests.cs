using TypedPipelines.Analyzers.Tests.Values;
using TypedPipelines.CodeFixes;

namespace TypedPipelines.Analyzers.Tests.Fixes;

public class OneTransactionFixTests
{
    [Fact]
    public async Task Both_are_put_into_one_transaction()
    {
        string? text = await FixRunner.FixAsync(new OneTransactionFix(), Method("void", """
            db.Execute("delete from daily where day = @day", new { day });
            db.Execute("insert into daily (day) values (@day)", new { day });
            """));
        Lines(text).ShouldContain("""
            db.Open();
            using var transaction = db.BeginTransaction();
            db.Execute("delete from daily where day = @day", new { day }, transaction: transaction);
            db.Execute("insert into daily (day) values (@day)", new { day }, transaction: transaction);
            transaction.Commit();
            """);
        await FixRunner.ShouldBeCleanAsync(text!);
    }

    [Fact]
    public async Task In_asynchronous_code_it_is_asynchronous()
    {
        string? text = await FixRunner.FixAsync(new OneTransactionFix(), Method("async Task", """
            await db.OpenAsync();
            await db.ExecuteAsync("truncate table daily");
            foreach (var n in new[] { 1, 2 })
            {
                await db.ExecuteAsync("insert into daily (id) values (@n)", new { n });
            }
            """));
        Lines(text).ShouldContain("""
            await using var transaction = await db.BeginTransactionAsync();
            await db.ExecuteAsync("truncate table daily", transaction: transaction);
            foreach (var n in new[] { 1, 2 })
            {
            await db.ExecuteAsync("insert into daily (id) values (@n)", new { n }, transaction: transaction);
            }
            await transaction.CommitAsync();
            """);
        await FixRunner.ShouldBeCleanAsync(text!);
    }

    [Theory]
    [InlineData("""db.Execute("delete from daily"); var copy = db.BeginBinaryImport("copy daily (id) from stdin (format binary)"); copy.Complete();""")]
    [InlineData("""db.Execute("delete from daily"); int n = db.Execute("insert into daily (day) values (@day)", new { day }); Console.WriteLine(n);""")]
    [InlineData("""db.Execute("delete from daily"); if (day.Day == 1) { int n = 1; Other(db); } db.Execute("insert into daily (day) values (@day)", new { day });""")]
    public async Task Where_it_is_not_mechanical_nothing_is_offered(string statements) =>
        (await FixRunner.FixAsync(new OneTransactionFix(), Method("void", statements))).ShouldBeNull();

    [Fact]
    public async Task Two_in_one_member_get_a_transaction_each() => Lines(await FixRunner.FixAllAsync(new OneTransactionFix(), Method("void", """
        db.Open();
        db.Execute("delete from daily where day = @day", new { day });
        db.Execute("insert into daily (day) values (@day)", new { day });
        db.Execute("delete from weekly where day = @day", new { day });
        db.Execute("insert into weekly (day) values (@day)", new { day });
        """))).ShouldContain("""
        using var transaction = db.BeginTransaction();
        db.Execute("delete from daily where day = @day", new { day }, transaction: transaction);
        db.Execute("insert into daily (day) values (@day)", new { day }, transaction: transaction);
        transaction.Commit();
        using var transaction2 = db.BeginTransaction();
        db.Execute("delete from weekly where day = @day", new { day }, transaction: transaction2);
        db.Execute("insert into weekly (day) values (@day)", new { day }, transaction: transaction2);
        transaction2.Commit();
        """);

    private static string Method(string result, string statements) => DatabaseCode.Class($$"""
        static void Other(IDbConnection db) { }

        static {{result}} Save(string source, DateTime day)
            {
                using var db = new NpgsqlConnection(source);
                {{statements}}
            }
        """);

    private static string Lines(string? text) => string.Join('\n', text.ShouldNotBeNull().Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0));
}
