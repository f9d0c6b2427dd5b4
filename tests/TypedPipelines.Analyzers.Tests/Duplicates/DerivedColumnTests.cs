namespace TypedPipelines.Analyzers.Tests.Duplicates;

/// <summary>TP2004 and TP2005: figures that are computed in two places, and those of one name that are not the same.</summary>
public class DerivedColumnTests
{
    private const string Sale = "public sealed record Sale(int Quantity, decimal Price, decimal Discount, decimal UnitPrice, decimal? Tax);\n";

    [Theory]
    [InlineData("s.Quantity * s.Price * (1 - s.Discount)", "(1m - x.Discount) * (x.Price * x.Quantity)")]
    [InlineData("s.Quantity * s.Price + s.UnitPrice", "x.UnitPrice + x.Quantity * x.Price")]
    [InlineData("Math.Round(s.Quantity * s.Price / s.UnitPrice, 2)", "Math.Round(x.Price * x.Quantity / x.UnitPrice, 2)")]
    [InlineData("s.Quantity * s.Price * s.Tax!.Value", "x.Quantity * (x.Tax ?? 0) + x.Tax!.Value * x.Price * x.Quantity", false)]
    [InlineData("s.Quantity * s.Price * s.Tax!.Value", "x.Tax!.Value * x.Quantity * x.Price")]
    [InlineData("s.Quantity * s.Price * (1 - s.Discount)", "x.Quantity * x.Price * (x.Discount - 1)", false)]
    [InlineData("s.Quantity * s.Price", "x.Price * x.Quantity", false)]
    [InlineData("s.Quantity + s.Price + s.Discount", "x.Price + x.Quantity + x.Discount", false)]
    public Task In_code(string one, string other, bool same = true) => Expect.OnlyAsync(same ? "TP2004" : "none", Sale + $$"""
        public static class Figures
        {
            public static decimal First(Sale s) => {{one}};

            public static decimal Second(Sale x)
            {
                decimal y = {{Marked(other, same)}};
                return y;
            }
        }
        """);

    [Theory]
    [InlineData("select sum(unit_price * quantity * (1 - discount)) as r from sale")]
    [InlineData("select id, s.quantity * (1.0 - s.discount) * s.unit_price as gross_total from sale s where s.id > 5")]
    [InlineData("select x from (select max(quantity * \"unit_price\" * (1 - discount)) as x from sale) as t")]
    public async Task Between_code_and_SQL(string sql)
    {
        var compilation = Analysis.Compile(Sale + $$"""
            public static class Figures
            {
                public static decimal First(Sale s) => s.Quantity * s.UnitPrice * (1 - s.Discount);

                public const string Second = "{{sql.Replace("\"", "\\\"", StringComparison.Ordinal)}}";
            }
            """);
        (await Analysis.RunAsync(compilation, Analysis.AllAnalyzers)).ShouldHaveSingleItem().Id.ShouldBe("TP2004");
    }

    [Theory]
    [InlineData("select id, quantity * unit_price * (1 - discount) + rebate as r from sale where id > 5")]
    [InlineData("select id, case when quantity > 0 then quantity * unit_price * (1 - discount) end as r from sale")]
    [InlineData("select quantity * unit_price * (1 - discount from sale where this is broken")]
    public Task What_is_another_or_cannot_be_read(string sql) => Expect.NothingAsync(Sale + $$"""
        public static class Figures
        {
            public static decimal First(Sale s) => s.Quantity * s.UnitPrice * (1 - s.Discount);

            public const string Second = "{{sql}}";
        }
        """);

    [Theory]
    [InlineData("new Line { Revenue = [|s.Quantity * s.Price - s.Discount|] }", true)]
    [InlineData("new Line { Revenue = s.Quantity * s.UnitPrice / 2 }", false)]
    [InlineData("new Line { Total = s.Quantity * s.Price - s.Discount }", false)]
    public Task One_name_for_two_figures(string other, bool told) => Expect.OnlyAsync("TP2005", Sale + $$"""
        public sealed class Line { public decimal Revenue { get; init; } public decimal Total { get; init; } }

        public static class Figures
        {
            public static decimal Revenue(Sale s) => s.Quantity * s.Price * (1 - s.Discount);

            public static Line Of(Sale s) => {{other}};
        }
        """, told ? ["'Revenue' is computed in another way in 'Figures.Revenue'; compute it once, or give the two figures two names"] : []);

    [Fact]
    public Task The_same_member_may_compute_it_twice() => Expect.NothingAsync(Sale + """
        public static class Figures
        {
            public static decimal Pick(Sale s, Sale t) => Math.Max(s.Quantity * s.Price * (1 - s.Discount), t.Quantity * t.Price * (1 - t.Discount));
        }
        """);

    private static string Marked(string text, bool marked) => marked && text.StartsWith("Math.Round(", StringComparison.Ordinal) ? $"Math.Round([|{text["Math.Round(".Length..^4]}|], 2)" : marked ? $"[|{text}|]" : text;
}
