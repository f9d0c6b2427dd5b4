namespace TypedPipelines.Generators.Tests.Lineage;

/// <summary>Steps between a source of <c>RawOrder</c> rows and a table of <c>Sale</c> rows, and where that table's columns come from.</summary>
/// <param name="Name">What is told apart.</param>
/// <param name="Code">The members of the pipeline's class.</param>
/// <param name="Expected">
/// For each column but the key, and for the rows as such: <c>=</c> is that value, <c>~</c> an expression of it, <c>+</c> an aggregate, <c>?</c> a filter.
/// </param>
public sealed record LineageCase(string Name, string Code, string Expected)
{
    /// <summary>The types that the cases share.</summary>
    internal const string Shop = """
        using System.ComponentModel.DataAnnotations;
        using TypedPipelines;

        namespace Shop;

        public sealed record RawCustomer(string Name, string City);
        public sealed record RawOrder(int Id, string Status, decimal Price, int Quantity, DateTime At, RawCustomer Customer, IReadOnlyList<string> Tags, string? Note);
        public sealed record Priced(int Id, decimal Net, string Status) { public decimal Gross => Net * 1.2m; public string? Remark { get; init; } }
        public sealed class Holder { public int Id { get; set; } public decimal Net { get; set; } public string Status { get; set; } = ""; }
        [Merge] public sealed record Sale([property: Key] int Id, [Precision(12, 2)] decimal Amount, [MaxLength(50)] string? Text);
        [Merge] public sealed record Product([property: Key, MaxLength(20)] string Code, [property: System.ComponentModel.DataAnnotations.Schema.Column("list_price"), Precision(12, 2)] decimal Price, [MaxLength(50)] string Title);

        public static class Pricing
        {
            public static decimal Net(decimal price, int quantity) => Discounted(price * quantity);
            public static string Clean(string text) => text.Trim();
            public static decimal Pick(bool first, decimal one, decimal other) { if (first) { return one; } return other; }
            public static T Same<T>(T value) => value;
            public static int Forever(int n) => n == 0 ? 0 : Forever(n - 1) + 1;
            static decimal Discounted(decimal value) => value * 0.9m;
        }
        """;

    /// <summary>The class of the case's pipeline.</summary>
    internal string Pipeline(int number) => $$"""
        using System.ComponentModel.DataAnnotations;
        using TypedPipelines;

        namespace Shop;

        [Pipeline("case{{number}}")]
        public sealed partial class Case{{number}}Pipeline
        {
            [Source] static IEnumerable<RawOrder> Landing() => [];
            {{Code}}
        }
        """;

    public override string ToString() => Name;
}
