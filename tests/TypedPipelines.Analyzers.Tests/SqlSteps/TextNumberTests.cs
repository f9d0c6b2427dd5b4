namespace TypedPipelines.Analyzers.Tests.SqlSteps;

/// <summary>Numbers that SQLite keeps as texts, and what a statement does with them.</summary>
public class TextNumberTests
{
    private static string With(string statement) => $$""""
        [Merge] public sealed record Order([property: Key] int Id, [MaxLength(9)] string Shop, [property: Precision(18, 2)] decimal Amount, ulong Big, [property: Precision(15, 2)] decimal Fee, [property: Precision(18, 2)] decimal Other);
        [Merge] public sealed record Line([property: Key] int Id, [property: Precision(18, 2)] decimal Amount, int Big, int Other);
        [Merge] public sealed record Row([property: Key] int Id, string X);
        [Pipeline("p")] public partial class P
        {
            [SqlStep] static Sql<Row> Make(Table<Order> orders, Table<Line> lines, Partition all) => $"{{statement}}";
        }
        """";

    private const string Compared = "compared as a text, 9 is greater than 10, and 12 is not 12.00";
    private const string Ordered = "by the order of texts, 10 comes before 9";
    private const string Computed = "what is computed of it is a floating-point number, which loses digits";

    [Theory]
    [InlineData("select id, sum([|amount|]) as x from {orders} group by id", Computed)]
    [InlineData("select id, avg(distinct o.[|AMOUNT|]) as x from {orders} o group by id", Computed)]
    [InlineData("select id, max([|amount|]) as x from {orders} group by id", Ordered)]
    [InlineData("select id, 2 * [|amount|] as x from {orders}", Computed)]
    [InlineData("select id, [|amount|] - 1 as x from {orders}", Computed)]
    [InlineData("select id, shop as x from {orders} where [|amount|] > 10", Compared)]
    [InlineData("select id, shop as x from {orders} where {10} <= [|amount|]", Compared)]
    [InlineData("select id, shop as x from {orders} where [|amount|] = {12}", Compared)]
    [InlineData("select id, shop as x from {orders} where o.[|amount|] <> 12", Compared)]
    [InlineData("select id, shop as x from {orders} where [|amount|] not between 1 and 2", Compared)]
    [InlineData("select id, shop as x from {orders} where [|amount|] in (1, 2)", Compared)]
    [InlineData("select id, shop as x from {orders} order by shop, [|amount|] desc limit 1", Ordered)]
    [InlineData("select id, row_number() over (partition by amount order by [|amount|]) as x from {orders}", Ordered)]
    [InlineData("select o.id, o.shop as x from {orders} o join {lines} l on l.id = o.id where l.[|amount|] > 1", Compared)]
    public Task A_use_that_goes_wrong(string statement, string what) => Expect.OnlyAsync(
        "TP4033", With(statement), $"SQLite keeps 'amount', a number of up to 18 digits, as a text: {what}; declare 15 digits or fewer with [Precision], or do it in a step in C#");

    [Fact]
    public Task A_number_that_is_wider_than_any_integer() => Expect.OnlyAsync(
        "TP4033", With("select id, shop as x from {orders} where [|big|] > 10"), $"SQLite keeps 'big', a number of up to 20 digits, as a text: {Compared}; declare 15 digits or fewer with [Precision], or do it in a step in C#");

    [Theory]
    [InlineData("select id, amount as x from {orders} group by id, amount")]
    [InlineData("select id, count(amount) as x from {orders} where amount is not null group by id")]
    [InlineData("select id, sum(cast(amount as real)) as x from {orders} group by id order by sum(cast(amount as real))")]
    [InlineData("select id, sum(fee) as x from {orders} where fee > 10 group by id order by fee")]
    [InlineData("select o.id, o.shop as x from {orders} o join {lines} l on l.amount = o.amount")]
    [InlineData("select o.id, o.shop as x from {orders} o join {lines} l on l.id = o.id where o.other > 1 and l.big < 1")]
    [InlineData("select id, 'amount > 1' as x from {orders} order by shop")]
    [InlineData("select id, shop as x from {orders} amount where amount.id = 1")]
    [InlineData("select id, shop as x from {orders} where amount in (select amount from {lines})")]
    [InlineData("select count(*) as id, amount as x from {orders} group by amount order by count(*)")]
    public Task A_use_that_is_right_or_cannot_be_judged(string statement) => Expect.NothingAsync(With(statement));
}
