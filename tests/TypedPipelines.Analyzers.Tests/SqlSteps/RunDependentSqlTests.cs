namespace TypedPipelines.Analyzers.Tests.SqlSteps;

/// <summary>What the destination's engine would evaluate to something else on the next run.</summary>
public class RunDependentSqlTests
{
    private static string With(string statement) => $$""""
        [Merge] public sealed record Order([property: Key] int Id, int Total, DateOnly Day);
        [Merge] public sealed record Row([property: Key] int Id, int Mean);
        [Pipeline("p")] public partial class P
        {
            [SqlStep] static Sql<Row> Make(Table<Order> orders, Partition all) => $"""
                {{statement}}
                """;
        }
        """";

    [Theory]
    [InlineData("select id, mean from {orders} where day < [|current_date|]")]
    [InlineData("select id, extract(epoch from [|now|]() - day) as mean from {orders}")]
    [InlineData("select id, datediff(day, day, [|GETDATE|]()) as mean from {orders}")]
    [InlineData("select id, datediff(day, day, sys.[|sysutcdatetime|]()) as mean from {orders}")]
    [InlineData("select id, pg_catalog.[|random|]() as mean from {orders}")]
    [InlineData("select id, abs([|random|]()) as mean from {orders}")]
    [InlineData("select id, [|rand|]() as mean from {orders}")]
    [InlineData("select [|gen_random_uuid|]() as id, 1 as mean from {orders}")]
    [InlineData("select [|nextval|]('s') as id, 1 as mean from {orders}")]
    [InlineData("select id, julianday([|'now'|]) - julianday(day) as mean from {orders}")]
    [InlineData("select id, cast(strftime('%s', [|'now'|], '-1 day') as integer) as mean from {orders}")]
    [InlineData("select id, unixepoch([|'NOW'|]) as mean from {orders}")]
    [InlineData("select id, [|unixepoch|]() as mean from {orders}")]
    [InlineData("select id, mean from {orders} where day < date [|'yesterday'|]")]
    [InlineData("select id, mean from {orders} where day < [|'now'|]::date")]
    [InlineData("select id, mean from {orders} where day < cast([|'today'|] as timestamptz)")]
    [InlineData("with n as (select [|localtimestamp|] as t) select id, mean from {orders} join n on true where day < n.t and day > [|current_timestamp|](3)")]
    public Task A_value_of_the_moment(string sql) => Expect.OnlyAsync("TP1003", With(sql));

    [Theory]
    [InlineData("select id, mean from {orders} where day < {all.Start}")]
    [InlineData("select id, o.random as mean from {orders} as o")]
    [InlineData("select id, o.current_date as mean from {orders} as o")]
    [InlineData("select id, now as mean from {orders}")]
    [InlineData("select id, \"now\" as mean, 'now' as other from {orders}")]
    [InlineData("select id, mean from {orders} where state = 'now' or state in ('today', 'yesterday') or coalesce(state, 'now') = 'x'")]
    [InlineData("select id, mean from {orders} where day = date('2026-01-01') and unixepoch(day) > 3 -- now()")]
    [InlineData("select id, rand(7) as mean, date(day, 'start of month') as x from {orders}")]
    [InlineData("select id, mean from dbo.now() as f")]
    public async Task Names_columns_and_times_that_stay(string sql) => (await FoundAsync(sql)).ShouldNotContain("TP1003");

    [Fact]
    public Task The_message_says_what_to_do() => Expect.OnlyAsync(
        "TP1003",
        With("select id, mean from {orders} where day < [|current_date|]"),
        "current_date gives another value on the next run, and SQL step 'Make' uses it: run again, the same partition becomes other rows; "
        + "take the time from a column or, as a value in a hole, from the partition's window");

    private static async Task<IEnumerable<string>> FoundAsync(string sql) =>
        (await Analysis.RunAsync(Analysis.Compile(With(sql)), Analysis.AllAnalyzers)).Select(diagnostic => diagnostic.Id);
}
