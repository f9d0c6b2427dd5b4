namespace TypedPipelines.Analyzers.Tests.Duplicates;

/// <summary>TP2003: SQL that stands in two strings.</summary>
public class DuplicateSqlTests
{
    private const string Paid = "select c.name, sum(o.amount) as total from orders o join customers c on c.id = o.customer_id where o.status = 'paid' group by c.name";

    [Theory]
    [InlineData(Paid)]
    [InlineData("SELECT k.name, SUM(x.amount) AS x1 FROM orders AS x JOIN customers AS k ON k.id = x.customer_id /* all */ WHERE x.status = N'open' GROUP BY k.name;")]
    [InlineData("select c.name, sum(o.amount) as total from orders as o join customers as c on c.id = o.customer_id where o.status = @status group by c.name", false)]
    [InlineData("select c.name,  sum(o.amount) total from orders o join customers c on c.id = o.customer_id where o.status = 'paid' group by c.name", false)]
    [InlineData("select c.name, sum(o.amount) as total from orders o join customers c on c.id = o.customer_id where o.kind = 'paid' group by c.name", false)]
    [InlineData("select c.name, sum(o.amount) as total from orders o left join customers c on c.id = o.customer_id where o.status = 'paid' group by c.name", false)]
    public async Task A_statement_that_says_the_same(string other, bool same = true)
    {
        string code = $$"""
            public static class Reports
            {
                public const string One = "{{Paid}}";

                public static string Two() => [|"{{other}}"|];
            }
            """;
        await (same ? Expect.OnlyAsync("TP2003", code) : Expect.NothingAsync(code.Replace("[|", "", StringComparison.Ordinal).Replace("|]", "", StringComparison.Ordinal)));
    }

    [Fact]
    public Task A_query_inside_another_statement_and_holes() => Expect.OnlyAsync("TP2003", """
        public static class Reports
        {
            public static string One(int day) => $"select t.name from (select c.name, sum(o.amount) as total from orders o join customers c on c.id = o.customer_id where o.day = {day} group by c.name) as t where t.total > 5";

            public static string Two(string at) => "select count(*) from (" + [|$"select"|] + " x";

            public static string Three(int since) => $"insert into best (name) select u.name from ([|select|] k.name, sum(p.amount) as s from orders p join customers k on k.id = p.customer_id where p.day = {since} group by k.name) as u";
        }
        """.Replace("[|$\"select\"|]", "$\"select\"", StringComparison.Ordinal), "This query stands in 'Reports.One' too, but for names of aliases and values; write it once: a constant, a view, or a step whose table both read");

    [Fact]
    public Task Three_are_told_once() => Expect.OnlyAsync("TP2003", $$"""
        public static class Reports
        {
            public const string One = "{{Paid}}";
            public const string Two = [|"{{Paid}}"|];
            public const string Three = "{{Paid}}";
        }
        """, "This statement stands in 'Reports.One' too and 1 more, but for names of aliases and values; write it once: a constant, a view, or a step whose table both read");

    [Fact]
    public Task Short_statements_texts_that_are_no_sql_and_tests() => Expect.NothingAsync($$"""
        using System.Diagnostics.CodeAnalysis;

        public static class Reports
        {
            public const string One = "select id, name from customers where id = @id";
            public const string Two = "select id, name from customers where id = @id";
            public const string Three = "with best regards from all of us to you and yours and everybody, and thanks for this and that";
            public const string Four = "with best regards from all of us to you and yours and everybody, and thanks for this and that";
        }

        [AttributeUsage(AttributeTargets.Method)] public sealed class FactAttribute : Attribute;

        public class ReportTests
        {
            [Fact] public void One() => _ = "{{Paid}}";
            [Fact] public void Two() => _ = "{{Paid}}";
        }
        """);
}
