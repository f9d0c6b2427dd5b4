namespace TypedPipelines.Analyzers.Tests.SqlSteps;

/// <summary>What the statement of a SQL step says: its holes, and the columns that it gives.</summary>
public class SqlStatementTests
{
    private static string With(string statement, string more = "") => $$""""
        using System.ComponentModel.DataAnnotations.Schema;
        public enum Mood { Low, High }
        [Merge] public sealed record Order([property: Key] int Id, int Total);
        [Merge] public sealed record Row([property: Key] int Id, [property: Column("Mean Total")] int Mean);
        [Pipeline("p")] public partial class P
        {
            [SqlStep] static Sql<Row> Make(Table<Order> orders, Partition all) => {{statement}};
            {{more}}
        }
        """";

    private static string WithoutTable(string statement) => $$"""
        using System.ComponentModel.DataAnnotations.Schema;
        [Merge] public sealed record Order([property: Key] int Id, int Total);
        [Merge] public sealed record Sum([property: Key] int Id, int Total);
        public sealed record Row(int Id, [property: Column("mean_total")] int? Mean) { public string Text => ""; }
        [Pipeline("p")] public partial class P
        {
            [SqlStep] static Sql<Row> Make(Table<Order> orders) => {{statement}};
            [Step] static Sum Take(Row row) => new(row.Id, row.Mean ?? 0);
        }
        """;

    [Theory]
    [InlineData("$\"select o.MEAN_total, id from {orders} as o\"")]
    [InlineData("$\"with o as (select 1 as one from {orders}) select one as id, 2 as mean_total from o\"")]
    [InlineData("$\"select * from {orders}\"")]
    public Task The_columns_of_rows_without_a_table(string statement) => Expect.NothingAsync(WithoutTable(statement));

    [Theory]
    [InlineData("$\"select id, mean_total, [|total|] from {orders}\"", "it has no column 'total'; it has id, mean_total")]
    [InlineData("$\"[|select|] id from {orders}\"", "it leaves out mean_total")]
    [InlineData("$\"select id, total as mean_total, 1 as [|ID|] from {orders}\"", "'ID' is given twice")]
    [InlineData("$\"[|delete|] from {orders}\"", "it begins with 'delete', and a SQL step only asks; what is written, and how, the row's load strategy says")]
    public Task Other_columns_of_rows_without_a_table(string statement, string what) => Expect.OnlyAsync(
        "TP4032",
        WithoutTable(statement),
        $"The statement does not give the columns of Row: {what}");

    private const string Where = """$"select id, total as \"Mean Total\" from {orders} where {""";

    [Theory]
    [InlineData("1")]
    [InlineData("(byte)1")]
    [InlineData("(uint)1")]
    [InlineData("1UL")]
    [InlineData("1.5m")]
    [InlineData("1.5")]
    [InlineData("\"text\"")]
    [InlineData("true")]
    [InlineData("(int?)null")]
    [InlineData("(string?)null")]
    [InlineData("Mood.High")]
    [InlineData("new byte[3]")]
    [InlineData("all.Start")]
    [InlineData("all.Window.StartDate")]
    [InlineData("all.Start.UtcDateTime")]
    [InlineData("new TimeOnly(1, 2)")]
    [InlineData("Guid.Empty")]
    public Task A_value_of_a_type_that_a_column_can_have(string value) => Expect.NothingAsync(With(
        Where + value + "} = 1\""));

    [Theory]
    [InlineData("'a'", "char")]
    [InlineData("all", "Partition")]
    [InlineData("new[] { 1, 2 }", "int[]")]
    [InlineData("new object()", "object")]
    [InlineData("TimeSpan.Zero", "TimeSpan")]
    public Task Any_other(string value, string type) => Expect.OnlyAsync(
        "TP4031",
        With(Where + "[|" + value + "|]} = 1\""),
        $"'{value}' can be no part of a statement: {type} is neither a Table nor of a type that a column can have");

    [Fact]
    public Task A_statement_inside_a_statement() => Expect.OnlyAsync(
        "TP4031",
        With(
            """$"select id, total as \"Mean Total\" from ({[|Inner(orders)|]}) as o" """,
            """static Sql<Row> Inner(Table<Order> o) => $"select id, total as \"Mean Total\" from {[|o|]}"; """));

    [Fact]
    public Task A_table_that_is_no_parameter() => Expect.OnlyAsync(
        "TP4031",
        With("""$"select id, total as \"Mean Total\" from {[|Table<Order>.All|]}" """),
        "'Table<Order>.All' can be no part of a statement: a table is a parameter of the method marked [SqlStep], so that what is loaded into it makes these rows stale");

    [Theory]
    [InlineData("where name = '{[|all.Key|]}'", "it stands inside quotes, where a parameter is just text; leave the quotes out")]
    [InlineData("where name like 'a{[|all.Key|]}%'", "it stands inside quotes, where a parameter is just text; leave the quotes out")]
    [InlineData("order by [{[|all.Key|]}]", "it stands inside quotes, where a parameter is just text; leave the quotes out")]
    [InlineData("-- of {[|all.Key|]}", "it stands in a comment")]
    [InlineData("/* of {[|all.Key|]} */", "it stands in a comment")]
    public Task A_hole_where_no_parameter_can_stand(string end, string why) => Expect.OnlyAsync(
        "TP4031", With("""$"select id, total as \"Mean Total\" from {orders} """ + end + "\""), $"'all.Key' can be no part of a statement: {why}");

    [Theory]
    [InlineData("{[|Part|]}")]
    [InlineData("select id, total as \"Mean Total\" from {[|Part|]}")]
    [InlineData("select id, total as \"Mean Total\" from {orders} as o join {[|Part|]} on 1 = 1")]
    [InlineData("select id, total as \"Mean Total\" from {orders} where {[|Part|]}")]
    [InlineData("select id, total as \"Mean Total\" from {orders} where {[|Part|]} and id > 1")]
    [InlineData("select id, total as \"Mean Total\" from {orders} order by {[|Part|]} desc")]
    [InlineData("select id, max(total) as \"Mean Total\" from {orders} group by {[|Part|]}, id")]
    public Task A_constant_text_where_a_part_of_the_statement_is_meant(string sql) => Expect.OnlyAsync(
        "TP4031",
        With($"$\"\"\"\n        {sql}\n        \"\"\"", "const string Part = \"id > 1\";"),
        "'Part' can be no part of a statement: a text becomes a parameter, also where it is constant, and never a part of the statement, as is needed here; write it into the statement, or take a Table for a table");

    [Theory]
    [InlineData("where {Part} = name")]
    [InlineData("where {Part} in ('a', 'b') and {Part} like name")]
    [InlineData("where trim(both from {Part}) = name or name is distinct from {Part}")]
    [InlineData("where name between 'a' and {Part} order by (name = {Part})")]
    public Task A_constant_text_that_is_a_value(string end) => Expect.NothingAsync(
        With($"$\"\"\"\n        select id, total as \"Mean Total\" from {{orders}} {end}\n        \"\"\"", "const string Part = \"id > 1\";"));

    [Theory]
    [InlineData("select id, total as \"Mean Total\" from {orders}")]
    [InlineData("SELECT o.ID, (total + 1) \"mean total\" FROM {orders} AS o")]
    [InlineData("with x as (select total, id as other from {orders}) select [Mean Total], id from x")]
    [InlineData("select distinct on (id) id, total `Mean Total` -- a, comment\nfrom {orders}")]
    [InlineData("select top (10) percent with ties id, 'a, b' as \"Mean Total\" from {orders}")]
    [InlineData("select top 3 id, {1} as \"Mean Total\" from {orders}")]
    [InlineData("select id, case when a is distinct from b then 1 else 2 end as \"Mean Total\" from {orders} union all select 1, 2")]
    [InlineData("select extract(year from day) as id, sum(total) over (partition by a, b) as \"Mean Total\" from {orders}")]
    [InlineData("select o.* from {orders} as o")]
    [InlineData("select id, total + 1 from {orders}")]
    [InlineData("select id, count(*)::int from {orders}")]
    [InlineData("values (1, 2)")]
    [InlineData("select id, total as [Mean Total] from {orders}; -- no more")]
    [InlineData("")]
    public Task Columns_that_are_the_rows_or_that_cannot_be_read(string sql) => Expect.NothingAsync(With(
        "$\"\"\"\n        " + sql.Replace("\n", "\n        ", StringComparison.Ordinal) + "\n        \"\"\""));

    [Fact]
    public Task A_name_that_the_rows_do_not_have() => Expect.OnlyAsync(
        "TP4032",
        With(""""
            $"""
                    [|select|] o.id,
                        avg(o.total) as [|mean_total|]
                    from {orders} as o
                """
            """"),
        "The statement does not give the columns of Row: it leaves out Mean Total",
        "The statement does not give the columns of Row: it has no column 'mean_total'; it has id, Mean Total");

    [Theory]
    [InlineData("[|delete|] from {orders}", "it begins with 'delete', and a SQL step only asks; what is written, and how, the row's load strategy says")]
    [InlineData("[|Insert|] into {orders} select id, total from {orders}", "it begins with 'Insert', and a SQL step only asks; what is written, and how, the row's load strategy says")]
    [InlineData("select id, total as [Mean Total] from {orders}; [|delete|] from {orders};", "it is more than one statement")]
    public Task A_statement_that_is_no_query(string sql, string why) => Expect.OnlyAsync(
        "TP4032", With("$\"" + sql + "\""), "The statement does not give the columns of Row: " + why);

    [Fact]
    public Task A_name_behind_a_star() => Expect.OnlyAsync(
        "TP4032", With("""$"select o.*, 1 as [|ones|] from {orders} as o" """));

    [Fact]
    public Task A_column_that_is_given_twice() => Expect.OnlyAsync(
        "TP4032",
        With("""@$"select id, total as ""Mean Total"", total as [|ID|] from {orders}" """),
        "The statement does not give the columns of Row: 'ID' is given twice");

    [Fact]
    public Task A_statement_with_escapes_is_marked_as_a_whole() => Expect.OnlyAsync(
        "TP4032",
        With("""$"[|select id, total as \"Mean Total\", 2 as other from |]{orders}" """),
        "The statement does not give the columns of Row: it has no column 'other'; it has id, Mean Total");

    [Fact]
    public Task What_the_load_fills_in_may_be_left_out() => Expect.NothingAsync("""
        [Merge] public sealed record Order([property: Key] int Id);
        [Snapshot(nameof(Day))] public sealed record Count([property: Key] int Id) { public DateOnly Day { get; init; } }
        [Pipeline("p")] public partial class P
        {
            [SqlStep] static Sql<Count> Make(Table<Order> orders) => $"select id from {orders}";
        }
        """);

    [Fact]
    public Task Statements_on_several_ways() => Expect.OnlyAsync("TP4032", """
        [Merge] public sealed record Order([property: Key] int Id);
        [Merge] public sealed record Row([property: Key] int Id);
        [Pipeline("p")] public partial class P
        {
            [SqlStep] static Sql<Row> Make(Table<Order> orders, Partition all)
            {
                if (all.Key.Length > 3)
                {
                    return $"select id " + $"from {orders}";
                }

                return $"select id, 1 as [|more|] from {orders}";
            }
        }
        """);
}
