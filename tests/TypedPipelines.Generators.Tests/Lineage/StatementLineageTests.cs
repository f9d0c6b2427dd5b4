namespace TypedPipelines.Generators.Tests.Lineage;

/// <summary>Where the columns of a SQL step come from, as its statement says; where it does not say it for certain, that is told, too.</summary>
public sealed class StatementLineageTests
{
    private const string Tables = """
        using System.ComponentModel.DataAnnotations;
        using System.ComponentModel.DataAnnotations.Schema;
        using TypedPipelines;

        namespace Shop;

        [Merge, Table("orders", Schema = "sales")] public sealed record Order([property: Key] int Id, [MaxLength(20)] string Shop, [property: Column("net_amount"), Precision(12, 2)] decimal Net, DateTime At, [MaxLength(20)] string? Note, int Year);
        [Merge] public sealed record Place([property: Key, MaxLength(20)] string Shop, [MaxLength(20)] string City, int Number);
        [Merge] public sealed record Sale([property: Key] int Id, [Precision(12, 2)] decimal? Amount, [MaxLength(50)] string? Text);
        """;

    private const string Unread = "Amount ~table place.* ~table sales.orders.* | Text ~table place.* ~table sales.orders.*";

    // What is told, the statement, and where each column comes from: as in LineageCase, and with "o." for sales.orders and "p." for place.
    private static readonly (string Name, string Sql, string Expected)[] Cases =
    [
        ("columns", "select id, net_amount as amount, shop as text from {orders}", "Amount =o.net_amount | Text =o.shop"),
        ("columns by the table's name", "select orders.id, orders.net_amount amount, 'none' as text from {orders}", "Amount ~p.* ~o.* | Text"),
        ("columns by an alias, in quotes and cases", "select O.Id, o.\"net_amount\" as \"AMOUNT\", (o.shop) as text from {orders} o", "Amount =o.net_amount | Text =o.shop"),
        ("constants and parameters", "select id, 1.5 as amount, {2} as text from {orders}", "Amount | Text"),
        ("expressions", "select id, net_amount * 2 + year as amount, upper(shop || note) as text from {orders}", "Amount ~o.net_amount ~o.year | Text ~o.note ~o.shop"),
        ("types", "select id, cast(year as decimal(12, 2)) as amount, note::varchar(20) as text from {orders}", "Amount ~o.year | Text ~o.note"),
        ("a word that is a column and a part of a date", "select id, extract(year from at) as amount, cast(datepart(year, at at time zone 'utc') as text) as text from {orders}", "Amount ~o.at | Text ~o.at"),
        ("a typed literal", "select id, 1 as amount, at - interval '1 day' as text from {orders}", "Amount | Text ~o.at"),
        ("a choice", "select id, case when year > 2000 then net_amount else 0 end as amount, case shop when 'a' then note end as text from {orders}", "Amount ~o.net_amount ?o.year | Text ~o.note ?o.shop"),
        ("a choice in a choice", "select id, case when year > 1 then case when shop = 'a' then net_amount end end as amount, coalesce(note, 'x') as text from {orders}", "Amount ~o.net_amount ?o.shop ?o.year | Text ~o.note"),
        ("groups", "select max(id) as id, sum(net_amount) as amount, shop as text from {orders} where year = 1 group by shop", "Amount +o.net_amount | Text =o.shop | rows ?o.shop ?o.year"),
        ("groups by a place and a name", "select count(*) as id, sum(net_amount) as amount, lower(shop) as text from {orders} group by 3", "Amount +o.net_amount | Text ~o.shop | rows ?o.shop"),
        ("groups that are left out", "select count(*) as id, count(*) as amount, shop as text from {orders} group by text having sum(net_amount) > 5", "Amount +o. | Text =o.shop | rows ?o.net_amount ?o.shop"),
        ("a row for all", "select 1 as id, sum(net_amount) as amount, 'all' as text from {orders} where year = {2}", "Amount +o.net_amount ?o.year | Text ?o.year"),
        ("a sum of some", "select 1 as id, sum(net_amount) filter (where year > 1) as amount, string_agg(shop, ',' order by at) as text from {orders} group by year", "Amount +o.net_amount ?o.year | Text +o.shop ?o.at | rows ?o.year"),
        ("the greater of two", "select id, max(net_amount, year) as amount, null as text from {orders}", "Amount ~o.net_amount ~o.year | Text"),
        ("windows", "select id, sum(net_amount) over (partition by shop order by at rows between unbounded preceding and current row) as amount, lag(note) over (order by id) as text from {orders}", "Amount +o.net_amount ?o.at ?o.shop | Text ~o.note ?o.id"),
        ("times, first and last", "select id, number as amount, first || last as text from (select id, year as number, shop as first, note as last from {orders}) q order by first nulls last", "Amount =o.year | Text ~o.note ~o.shop"),
        ("a rank", "select id, row_number() over (order by at desc nulls last) as amount, null as text from {orders}", "Amount +o. ?o.at | Text"),
        ("a join", "select o.id, o.net_amount as amount, p.city as text from {orders} as o inner join {places} as p on p.shop = o.shop where p.number > 1", "Amount =o.net_amount | Text =p.city | rows ?p.number ?p.shop ?o.shop"),
        ("a bare column of one of two", "select id, net_amount as amount, city as text from {orders} o, {places} p where o.shop = p.shop", "Amount =o.net_amount | Text =p.city | rows ?p.shop ?o.shop"),
        ("a column of either", "select id, net_amount as amount, shop as text from {orders} o cross join {places} p", "Amount =o.net_amount | Text ~p.* ~o.*"),
        ("a row that may be missing", "select o.id, o.net_amount as amount, p.city as text from {orders} o left outer join {places} p on left(p.shop, 3) = o.shop", "Amount =o.net_amount | Text ~p.city | rows ?p.shop ?o.shop"),
        ("rows that may all be missing", "select p.number as id, o.net_amount as amount, p.city as text from {orders} o full join {places} p on p.shop = o.shop", "Amount ~o.net_amount | Text ~p.city | rows ?p.shop ?o.shop"),
        ("a common column", "select id, net_amount as amount, shop as text from {orders} join {places} using (shop)", "Amount =o.net_amount | Text ~p.shop ~o.shop | rows ?p.shop ?o.shop"),
        ("a query in it", "select q.id, q.twice as amount, q.shop as text from (select id, net_amount * 2 as twice, shop from {orders} where year > 1) as q", "Amount ~o.net_amount | Text =o.shop | rows ?o.year"),
        ("a query with a name", "with q (id, worth, place) as (select o.id, o.net_amount, p.city from {orders} o join {places} p on p.shop = o.shop), r as (select * from q where id > 1) select id, worth as amount, place as text from r", "Amount =o.net_amount | Text =p.city | rows ?p.shop ?o.id ?o.shop"),
        ("all columns of a query", "select q.* from (select id, net_amount as amount, note as text from {orders}) q", "Amount =o.net_amount | Text =o.note"),
        ("one after the other", "select id, net_amount as amount, shop as text from {orders} union all select number, number, shop from {places} where number > 1", "Amount ~p.number ~o.net_amount | Text ~p.shop ~o.shop | rows ?p.number"),
        ("the same after the same", "select id, net_amount as amount, shop as text from {orders} where year = 1 union select id, net_amount, note from {orders} order by id", "Amount =o.net_amount | Text ~o.note ~o.shop | rows ?o.year"),
        ("a value of another table", "select id, (select max(number) from {places} p where p.shop = o.shop) as amount, note as text from {orders} o", "Amount +p.number ?p.shop ?o.shop | Text =o.note"),
        ("whether there is one", "select id, net_amount as amount, note as text from {orders} o where exists (select 1 from {places} p where p.shop = o.shop) and id not in (select number from {places})", "Amount =o.net_amount | Text =o.note | rows ?p. ?p.number ?p.shop ?o.id ?o.shop"),
        ("the first", "select id, net_amount as amount, note as text from {orders} order by at desc, 2 limit 10", "Amount =o.net_amount | Text =o.note | rows ?o.at ?o.net_amount"),
        ("the first in another way", "select top (10) id, net_amount as amount, note as text from {orders} order by at", "Amount =o.net_amount | Text =o.note | rows ?o.at"),
        ("for each the first of another", "select o.id, x.number as amount, x.city as text from {orders} o cross join lateral (select number, city from {places} p where p.shop = o.shop order by number limit 1) x", "Amount =p.number | Text =p.city | rows ?p.number ?p.shop ?o.shop"),

        // What cannot be told for certain.
        ("a column that the contract does not have", "select id, net_amount + freight as amount, shop as text from {orders}", "Amount ~p.* ~o.* | Text =o.shop"),
        ("a condition on one", "select id, net_amount as amount, shop as text from {orders} where freight > 1", "Amount =o.net_amount | Text =o.shop | rows ?p.* ?o.*"),
        ("a column of another select that the one in it might have", "select id, net_amount as amount, (select city from {places} where number = id) as text from {orders}", "Amount =o.net_amount | Text ~p.* ~o.*"),
        ("all columns of a table and one more", "select o.*, net_amount as amount, note as text from {orders} o", "Amount =o.net_amount | Text =o.note"),
        ("a name of the list in the list", "select id, net_amount as amount, amount as text from {orders}", "Amount =o.net_amount | Text ~p.* ~o.*"),
        ("a window with a name", "select id, sum(net_amount) over w as amount, note as text from {orders} window w as (order by id)", Unread),
        ("sums of groups of groups", "select 1 as id, sum(net_amount) as amount, shop as text from {orders} group by rollup (shop, note)", Unread),
        ("a query that reads itself", "with recursive q as (select id, net_amount as amount, note as text from {orders} union all select id, amount, text from q) select * from q", Unread),
        ("rows without others", "select id, net_amount as amount, note as text from {orders} except select number, number, city from {places}", Unread),
        ("the first of each", "select distinct on (shop) id, net_amount as amount, note as text from {orders} order by shop, at", Unread),
        ("a function that gives rows", "select 1 as id, x as amount, null as text from generate_series(1, 2) as x", Unread),
        ("a table that it names itself", "select id, x as amount, y as text from other", Unread),
        ("an order of a union that is cut", "select id, net_amount as amount, note as text from {orders} union all select number, number, city from {places} limit 5", Unread),
        ("columns by a common name, and all of them", "select * from {orders} natural join {places}", Unread),
        ("text that is no SQL", "select id, net_amount as amount, ( from {orders}", Unread),
    ];

    private static readonly Lazy<IReadOnlyList<PipelineDescriptor>> Pipelines = new(() => LineageTests.Build([Tables, .. Cases.Select((one, number) => Pipeline(number, one.Sql))]));

    public static TheoryData<string> Names => [.. Cases.Select(one => one.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_column_comes_from(string name)
    {
        int number = Array.FindIndex(Cases, one => one.Name == name);
        LineageTests.Describe(Pipelines.Value.Single(pipeline => pipeline.Name == $"case{number}"))
            .Replace("table sales.orders.", "o.", StringComparison.Ordinal).Replace("table place.", "p.", StringComparison.Ordinal)
            .ShouldBe(Cases[number].Expected.Replace("table sales.orders.", "o.", StringComparison.Ordinal).Replace("table place.", "p.", StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_not_read_is_told_by_its_name()
    {
        StepLineage Of(string sql) => LineageTests.Build(Tables, Pipeline(0, sql))[0].Lineage!.Steps[0];
        Of("select id, net_amount + freight as amount, shop as text from {orders} where freight > 1").Opaque.ShouldBe(["of its SQL, Amount is not read", "of its SQL, what decides which rows there are is not read"]);
        Of("select id, net_amount as amount, shop as text from {orders}").Opaque.ShouldBeEmpty();
        Of("select 1 as id, x as amount, y as text from other").Opaque.ShouldBe(["its SQL is not read for columns"]);
    }

    [Fact]
    public void Thousands_of_terms_and_queries_in_queries_end_no_build()
    {
        string terms = string.Concat(Enumerable.Repeat(" + net_amount", 3000));
        string nested = string.Concat(Enumerable.Repeat("(select id, amount, text from ", 200)) + "{orders}" + string.Concat(Enumerable.Repeat(") q", 200));
        string parentheses = new string('(', 2000) + "net_amount" + new string(')', 2000);
        LineageTests.Describe(LineageTests.Build(Tables, Pipeline(0, $"select id, net_amount{terms} as amount, null as text from {{orders}}"))[0]).ShouldBe("Amount ~table sales.orders.net_amount | Text");
        LineageTests.Describe(LineageTests.Build(Tables, Pipeline(0, $"select id, {parentheses} as amount, null as text from {{orders}}"))[0]).ShouldBe("Amount =table sales.orders.net_amount | Text");
        LineageTests.Describe(LineageTests.Build(Tables, Pipeline(0, $"select id, amount, text from {nested}"))[0]).ShouldBe(Unread);
    }

    private static string Pipeline(int number, string sql) => $$""""
        using TypedPipelines;

        namespace Shop;

        [Pipeline("case{{number}}")]
        public sealed partial class Case{{number}}Pipeline
        {
            [SqlStep] static Sql<Sale> Read(Table<Order> orders, Table<Place> places) => $"""{{sql}} """;
        }
        """";
}
