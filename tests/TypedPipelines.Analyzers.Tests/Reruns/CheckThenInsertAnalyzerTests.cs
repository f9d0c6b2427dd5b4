using TypedPipelines.Analyzers.Tests.Values;

namespace TypedPipelines.Analyzers.Tests.Reruns;

public class CheckThenInsertAnalyzerTests
{
    [Theory]
    [InlineData("""if (db.ExecuteScalar<int>("select count(*) from daily where day = @day", new { day }) == 0) { db.Execute([|"insert into daily (day) values (@day)"|], new { day }); }""")]
    [InlineData("""var there = db.QueryFirstOrDefault<Daily>("select * from daily where day = @day", new { day }); if (there != null) { return; } db.Execute([|"insert into daily (day) values (@day)"|], new { day });""")]
    [InlineData("""var count = db.ExecuteScalar<int>("select count(*) from daily where day = @day", new { day }); if (count > 0) { db.Execute("update daily set total = 1 where day = @day", new { day }); } else { db.Execute([|"insert into daily (day) values (@day)"|], new { day }); }""")]
    [InlineData("""db.Execute([|"if not exists (select 1 from daily where day = @day) insert into daily (day) values (@day)"|], new { day });""")]
    public Task Two_runs_can_both_pass_the_check(string statements) => Expect.OnlyAsync("TP1010", DatabaseCode.Class($$"""static void Save(IDbConnection db, DateTime day) { {{statements}} }"""));

    [Theory]
    [InlineData("""db.Execute("insert into daily (day) values (@day) on conflict (day) do nothing", new { day });""")]
    [InlineData("""db.Execute("insert into daily (day) select @day where not exists (select 1 from daily where day = @day)", new { day });""")]
    [InlineData("""db.Execute("if not exists (select 1 from daily with (updlock, holdlock) where day = @day) insert into daily (day) values (@day)", new { day });""")]
    [InlineData("""using var tx = db.BeginTransaction(IsolationLevel.Serializable); if (db.ExecuteScalar<int>("select count(*) from daily where day = @day", new { day }, tx) == 0) { db.Execute("insert into daily (day) values (@day)", new { day }, tx); }""")]
    [InlineData("""if (db.ExecuteScalar<int>("select count(*) from daily where day = @day", new { day }) == 0) { try { db.Execute("insert into daily (day) values (@day)", new { day }); } catch (DbException e) when (e.SqlState == "23505") { } }""")]
    [InlineData("""db.Execute("delete from daily where day = @day", new { day }); if (db.ExecuteScalar<int>("select count(*) from orders where day = @day", new { day }) > 0) { db.Execute("insert into daily (day) values (@day)", new { day }); }""")]
    [InlineData("""db.Execute("create temp table if not exists daily (day date)"); db.Execute("create table if not exists daily (day date); insert into daily (day) values ('2001-01-01') on conflict do nothing");""")]
    public Task A_lock_a_key_or_one_statement(string statements) => Expect.NothingAsync(DatabaseCode.Class($$"""static void Save(IDbConnection db, DateTime day) { {{statements}} }"""));
}
