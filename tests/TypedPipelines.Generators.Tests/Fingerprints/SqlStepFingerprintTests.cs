using TypedPipelines.Generators.Tests.Harness;

namespace TypedPipelines.Generators.Tests.Fingerprints;

/// <summary>The text of a statement is logic: what runs is another statement when it changes.</summary>
public sealed class SqlStepFingerprintTests
{
    private const string Source = """"
        using System.ComponentModel.DataAnnotations;
        using TypedPipelines;
        [Merge] public sealed record Order([property: Key] int Id, [MaxLength(20)] string Shop);
        [Merge] public sealed record Old([property: Key] int Id, [MaxLength(20)] string Shop);
        [Merge] public sealed record ShopOrders([property: Key, MaxLength(20)] string Shop, long Orders);
        public static class Limits { public const int Least = 3; public static int Most => 9; }
        [Pipeline("shops")]
        public sealed partial class ShopsPipeline
        {
            [SqlStep]
            static Sql<ShopOrders> Count(Table<Order> orders, Table<Old> old, Partition all) => $"""
                select shop, count(*) as orders -- by shop
                from {orders}
                where shop <> 'no  one' and id > {Limits.Least} and id < {Limits.Most}
                group by shop
                """;
        }
        """";

    [Theory]
    [InlineData("count(*)", "count(id)")]
    [InlineData("'no  one'", "'no one'")]
    [InlineData("from {orders}", "from {old}")]
    [InlineData("id > {Limits.Least}", "id >= {Limits.Least}")]
    [InlineData("id > {Limits.Least}", "id > {Limits.Most}")]
    [InlineData("Least = 3", "Least = 4")]
    [InlineData("Most => 9", "Most => 8")]
    [InlineData("-- by shop", "-- by the shop")]
    [InlineData("where shop", "where  shop")]
    [InlineData("[Merge] public sealed record Order(", "[Merge(Table = \"o\")] public sealed record Order(")]
    [InlineData("[property: Key] int Id, [MaxLength(20)] string Shop);\n[Merge] public sealed record Old", "[property: Key] int Id, [MaxLength(21)] string Shop);\n[Merge] public sealed record Old")]
    public void An_edit_of_the_statement_is_a_change_of_logic(string from, string to) => Fingerprint(Edited(from, to)).ShouldNotBe(Fingerprint(Source));

    [Theory]
    [InlineData("Table<Order> orders,", "Table<Order> all_orders,", "{orders}", "{all_orders}")]
    [InlineData("    [SqlStep]", "    // Counts.\n    [SqlStep]", "", "")]
    [InlineData("static Sql<ShopOrders> Count", "private static Sql<ShopOrders> Count", "", "")]
    public void How_it_is_laid_out_is_not(string from, string to, string more, string instead)
    {
        string edited = Edited(from, to);
        Fingerprint(more.Length == 0 ? edited : edited.Replace(more, instead, StringComparison.Ordinal)).ShouldBe(Fingerprint(Source));
    }

    [Fact]
    public void Neither_is_the_indentation_of_a_raw_string_nor_the_way_a_string_is_written()
    {
        int start = Source.IndexOf("        select", StringComparison.Ordinal);
        string statement = Source[start..Source.IndexOf("        \"\"\";", StringComparison.Ordinal)];
        string deeper = Source.Replace(statement, string.Concat(statement.TrimEnd('\n').Split('\n').Select(line => "    " + line + "\n")), StringComparison.Ordinal)
            .Replace("        \"\"\";", "            \"\"\";", StringComparison.Ordinal);
        deeper.ShouldNotBe(Source);
        Fingerprint(deeper).ShouldBe(Fingerprint(Source));
        Fingerprint(Source.ReplaceLineEndings("\r\n")).ShouldBe(Fingerprint(Source));
    }

    [Theory]
    [InlineData("int Orders", "long Orders")]
    [InlineData("Schema.Column(\"n\")", "Schema.Column(\"m\")")]
    [InlineData("count(*) as n", "count(id) as n")]
    public void Rows_without_a_table_are_logic_too(string from, string to)
    {
        string source = Source.Replace("Sql<ShopOrders>", "Sql<Counted>", StringComparison.Ordinal).Replace("count(*) as orders", "count(*) as n", StringComparison.Ordinal)
            + """
            public sealed record Counted(string Shop, [property: System.ComponentModel.DataAnnotations.Schema.Column("n")] int Orders);
            public sealed partial class ShopsPipeline
            {
                [Step] static ShopOrders Take(Counted counted) => new(counted.Shop, counted.Orders);
            }
            """;
        source.ShouldContain(from);
        Fingerprint(source.Replace(from, to, StringComparison.Ordinal)).ShouldNotBe(Fingerprint(source));
    }

    private static string Edited(string from, string to)
    {
        Source.ShouldContain(from);
        return Source.Replace(from, to, StringComparison.Ordinal);
    }

    private static string Fingerprint(string source)
    {
        string logic = GeneratorRun.Generate(source)["ShopsPipeline-Logic.g.cs"];
        int start = logic.IndexOf("Fingerprint = ", StringComparison.Ordinal);
        return logic[start..logic.IndexOf('\n', start)];
    }
}
