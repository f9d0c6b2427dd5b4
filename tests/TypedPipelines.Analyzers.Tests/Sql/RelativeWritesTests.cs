using TypedPipelines.Analyzers.Sql;
using TypedPipelines.Compilation.Sql;

namespace TypedPipelines.Analyzers.Tests.Sql;

public class RelativeWritesTests
{
    [Theory]
    [InlineData("update account set balance = balance + @amount where id = @id", "account.balance")]
    [InlineData("UPDATE dbo.Account SET [Balance] = [Balance] - @amount", "dbo.Account.Balance")]
    [InlineData("update a set a.balance = a.balance + s.amount from account as a join stage s on s.id = a.id", "account.balance")]
    [InlineData("update account as a set balance = a.balance + s.amount from stage as s where s.id = a.id", "account.balance")]
    [InlineData("update account set name = @n, hits = hits + 1 where id = 1", "account.hits")]
    [InlineData("update account set hits += 1", "account.hits")]
    [InlineData("update account set hits = coalesce(hits, 0) + 1", "account.hits")]
    [InlineData("update account set hits = 1 + isnull(account.hits, 0)", "account.hits")]
    [InlineData("update account set log = log || @line", "account.log")]
    [InlineData("update account set log = concat(log, @line)", "account.log")]
    [InlineData("insert into daily (day, n) values (@d, @n) on conflict (day) do update set n = daily.n + excluded.n", "daily.n")]
    [InlineData("insert into daily as d (day, n) values (@d, @n) on conflict (day) do update set n = d.n + excluded.n", "daily.n")]
    [InlineData("insert into daily (day, n) values (?, ?) on duplicate key update n = n + values(n)", "daily.n")]
    [InlineData("merge into daily with (holdlock) as t using stage as s on t.day = s.day when matched then update set t.n = t.n + s.n when not matched then insert (day, n) values (s.day, s.n);", "daily.n")]
    [InlineData("update [only] set n = n + 1", "only.n")]
    public void A_value_made_from_the_old_one(string sql, string found) => Find(sql).ShouldBe(found);

    [Theory]
    [InlineData("update account set balance = @balance")]
    [InlineData("update account set balance = s.balance + 1 from stage as s where s.id = account.id")]
    [InlineData("update account set balance = (select sum(balance + fee) from booking)")]
    [InlineData("update account set balance = coalesce(@b, balance)")]
    [InlineData("update account set balance = case when @b is null then balance else @b end")]
    [InlineData("update account set balance = greatest(balance, @b)")]
    [InlineData("update account set price = quantity * unit")]
    [InlineData("update account set name = upper(name)")]
    [InlineData("update account set balance = balance + 1, version = @next where id = @id and version = @version")]
    [InlineData("update account set balance = balance + 1, applied = 1 where id = @id and applied = 0")]
    [InlineData("update job set attempts = attempts + 1 where id = @id")]
    [InlineData("update counter set n = n + 1 returning n")]
    [InlineData("update counter set n = n + 1 output inserted.n")]
    [InlineData("update #stage set n = n + 1")]
    [InlineData("create temp table stage (n int); update stage set n = n * 2")]
    [InlineData("insert into daily (day, n) values (@d, @n) on conflict (day) do update set n = excluded.n + excluded.m")]
    [InlineData("merge into daily as t using stage as s on t.day = s.day when matched then update set n = s.n + 1 when not matched then insert (day, n) values (s.day, s.n);")]
    [InlineData("set transaction isolation level serializable")]
    [InlineData("set n = n + 1")]
    [InlineData("update t set")]
    [InlineData("update set = +")]
    [InlineData("select 1 for update")]
    public void A_value_that_is_the_same_again(string sql) => Find(sql).ShouldBeNull();

    private static string? Find(string sql) =>
        RelativeWrites.Find(SqlLexer.Read(sql, backslashEscapes: false), table => InsertJudge.IsRebuilt(table, [sql])) is { } write ? $"{write.Table}.{write.Column}" : null;
}
