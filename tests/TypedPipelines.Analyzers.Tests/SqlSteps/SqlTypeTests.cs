namespace TypedPipelines.Analyzers.Tests.SqlSteps;

/// <summary>Columns of a statement that are columns of tables: of which type they are, and whether they may be null, is known while it is written.</summary>
public class SqlTypeTests
{
    private static string With(string statement) => $$""""
        using System.ComponentModel.DataAnnotations.Schema;
        [Merge] public sealed record Order([property: Key] int Id, long Total, [MaxLength(20)] string Shop, [MaxLength(20)] string? Note, DateOnly Day, DateTime At, double Share, int? Rank, Guid Code, [property: Column("net"), Precision(9, 2)] decimal Net);
        [Merge] public sealed record Row([property: Key] int Id, [MaxLength(20)] string Text);
        [Pipeline("p")] public partial class P
        {
            [SqlStep] static Sql<Row> Make(Table<Order> orders, Table<Order> again) => $"{{statement}}";
        }
        """";

    [Theory]
    [InlineData("select id, [|total|] as text from {orders}", "total of order is of type Int64, which text, of type String, cannot be read from")]
    [InlineData("select id, [|o.net|] as text from {orders} as o", "net of order is of type Decimal, which text, of type String, cannot be read from")]
    [InlineData("select [|shop|] as id, shop as text from {orders}", "shop of order is of type String, which id, of type Int32, cannot be read from")]
    [InlineData("select [|share|] as id, shop as text from {orders}", "share of order is of type Double, which id, of type Int32, cannot be read from")]
    [InlineData("select o.id, [|o.share|] as text from {orders} o join {again} a on a.id = o.id where a.total > 1", "share of order is of type Double, which text, of type String, cannot be read from")]
    [InlineData("with q as (select id, total as much from {orders}) select id, [|much|] as text from q", "total of order is of type Int64, which text, of type String, cannot be read from")]
    public Task Of_a_type_that_the_rows_cannot_be_read_from(string statement, string what) => Expect.OnlyAsync(
        "TP4032", With(statement), $"The statement does not give the columns of Row: {what}");

    [Theory]
    [InlineData("select id, [|note|] as text from {orders}", "note", "text")]
    [InlineData("select [|o.rank|] as id, shop as text from {orders} o", "rank", "id")]
    [InlineData("select id, [|n|] as text from (select id, note as n from {orders}) q", "note", "text")]
    public Task That_may_be_null(string statement, string from, string to) => Expect.OnlyAsync(
        "TP4036",
        With(statement),
        $"{from} of order may be null, which {to} of Row may not: a run would fail at the first such row; take coalesce({from}, ...), leave those rows out, or make {to} nullable");

    [Theory]
    [InlineData("select id, shop as text from {orders}")]
    [InlineData("select id, day as text from {orders}")] // At SQLite, a text.
    [InlineData("select id, code as text from {orders}")]
    [InlineData("select total as id, shop as text from {orders}")] // Whether a number is too large, its row says.
    [InlineData("select net as id, shop as text from {orders}")]
    [InlineData("select id, note as text from {orders} where note is not null")]
    [InlineData("select id, note as text from {orders} where total > 1")] // Such as "paid", when there is a note.
    [InlineData("select o.id, o.note as text from {orders} o join {again} a on a.id = o.rank")]
    [InlineData("select id, coalesce(note, shop) as text from {orders}")]
    [InlineData("select id, cast(total as varchar(20)) as text from {orders}")]
    [InlineData("select id, total || '' as text from {orders}")]
    [InlineData("select id, freight as text from {orders}")] // No column that the contract knows.
    [InlineData("select id, q.total as text from (select id, shop as total from {orders}) q")]
    [InlineData("select o.id, a.note as text from {orders} o left join {again} a on a.id = o.id")]
    [InlineData("select *, 'a' as text from {orders}")]
    [InlineData("select id, note as text from {orders} limit 5")]
    public Task That_can_be_read_or_of_which_nothing_is_certain(string statement) => Expect.NothingAsync(With(statement));
}
