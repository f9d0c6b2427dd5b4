using TypedPipelines.Analyzers.Sql;

namespace TypedPipelines.Analyzers.Tests.Sql;

public class InsertJudgeTests
{
    [Theory]
    [InlineData("insert into t values (1)", "t")]
    [InlineData("INSERT  INTO\n t SELECT * FROM s", "t")]
    [InlineData("insert into dbo.[my t] (a) values (1)", "dbo.my t")]
    [InlineData("insert into \"S\".\"T\" values (1)", "S.T")]
    [InlineData("insert into `t` values (1)", "t")]
    [InlineData("insert dbo.t values (1)", "dbo.t")]
    [InlineData("insert/* why */into t values (1)", "t")]
    [InlineData("/* a /* nested */ comment */ insert into t values (1)", "t")]
    [InlineData("/* a /* comment that does not nest */ insert into t values (1)", "t")]
    [InlineData("select 1; insert into t values ('on conflict')", "t")]
    [InlineData("insert into t values (1) -- on conflict do nothing", "t")]
    [InlineData("insert into t values (1) # on conflict do nothing", "t")]
    [InlineData("insert into t values ($$ on conflict $$)", "t")]
    [InlineData("insert into t values (N'it''s on conflict')", "t")]
    [InlineData("insert into t values (E'it\\'s on conflict')", "t")]
    [InlineData("insert into t (\"except\", [merge]) values (1, 2)", "t")]
    [InlineData("delete from other; insert into t values (1)", "t")]
    [InlineData("insert into t values (1); delete from t", "t")]
    [InlineData("create table if not exists t (a int); insert into t values (1)", "t")]
    [InlineData("insert into t values (1); insert into u values (2) on conflict do nothing", "t")]
    [InlineData("insert into ##shared values (1)", "##shared")]
    public void Inserts_that_a_second_run_repeats(string sql, string table) =>
        InsertJudge.UnrepeatableTable(sql, []).ShouldBe(table);

    [Theory]
    [InlineData("insert into t values (1) on conflict (a) do update set b = 2")]
    [InlineData("insert into t values (1) ON DUPLICATE KEY UPDATE a = 1")]
    [InlineData("insert or ignore into t values (1)")]
    [InlineData("insert or replace into t values (1)")]
    [InlineData("exec dbo.clear_day @d; insert into t values (1)")]
    [InlineData("insert or fail into t values (1)")]
    [InlineData("insert ignore into t values (1)")]
    [InlineData("replace into t values (1)")]
    [InlineData("insert into t select * from s where not exists (select 1 from t where t.a = s.a)")]
    [InlineData("insert into t select * from s where a not in (select a from t)")]
    [InlineData("insert into t select s.* from s left join t on t.a = s.a where t.a is null")]
    [InlineData("insert into t select * from s except select * from t")]
    [InlineData("if not exists (select 1 from t) insert into t values (1)")]
    [InlineData("merge into t using s on t.a = s.a when not matched then insert (a) values (s.a);")]
    [InlineData("delete from dbo.t where d = @d; insert into dbo.t values (1)")]
    [InlineData("delete from t where d = @d insert into dbo.t values (1)")]
    [InlineData("delete x from t x where d = @d; insert into t values (1)")]
    [InlineData("truncate table t; insert into t values (1)")]
    [InlineData("TRUNCATE t; INSERT INTO t VALUES (1)")]
    [InlineData("create table t (a int); insert into t values (1)")]
    [InlineData("create temp table if not exists t (a int); insert into t values (1)")]
    [InlineData("insert into #t values (1)")]
    [InlineData("insert into @t values (1)")]
    [InlineData("insert into temp.t values (1)")]
    [InlineData("select 'insert into t values (1)'")]
    [InlineData("select \"insert into t\" from s")]
    [InlineData("select [insert into t] from s")]
    [InlineData("-- insert into t values (1)")]
    [InlineData("do $body$ begin insert into t values (1); end $body$")]
    [InlineData("grant insert on t to r")]
    [InlineData("create trigger x after insert on t begin select 1; end")]
    [InlineData("insert into t values ('it\\'s', '') on conflict do nothing")]
    [InlineData("select 'it\\'s insert into t values (1)'")]
    [InlineData("")]
    [InlineData("insert")]
    [InlineData("insert into")]
    [InlineData("insert into (")]
    public void What_can_be_run_again_or_not_be_judged(string sql) => InsertJudge.UnrepeatableTable(sql, []).ShouldBeNull();

    [Fact]
    public void Any_beginning_of_a_text_is_read_to_its_end()
    {
        const string Text = "insert into [a].\"b\" /* c */ values (N'd', E'e\\'', $x$f$x$, `g`) -- h\n on conflict do nothing; delete from t; create table if not exists u";
        for (int length = 0; length <= Text.Length; length++)
        {
            _ = InsertJudge.UnrepeatableTable(Text[..length], [Text[length..]]);
        }
    }
}
