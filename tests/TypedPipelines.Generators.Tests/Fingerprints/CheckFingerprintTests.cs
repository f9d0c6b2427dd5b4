using TypedPipelines.Generators.Tests.Harness;

namespace TypedPipelines.Generators.Tests.Fingerprints;

/// <summary>What rows were held against before they were loaded is logic, too: a check that changes is a change of it.</summary>
public sealed class CheckFingerprintTests
{
    private const string Source = """
        using System.Collections.Generic;
        using System.ComponentModel.DataAnnotations;
        using TypedPipelines;
        [Merge, RowCount(Minimum = 1)] public sealed record Order([property: Key] int Id, [property: MaxNullShare(0.5)] int? Price)
        {
            [Check] internal static bool HasPrice(Order row) => Limits.Fits(row.Price ?? 0);
            [Check(Severity = CheckSeverity.Warn)] internal static Sql Few(Staged<Order> staged) => $"select id from {staged} where price > 9";
        }
        public static class Limits { public static bool Fits(int price) => price < 100; }
        [Pipeline("orders")]
        public sealed partial class OrdersPipeline { [Source] static IEnumerable<Order> Read() => []; }
        """;

    [Theory]
    [InlineData("row.Price ?? 0", "row.Price ?? 1")]
    [InlineData("price < 100", "price < 200")]
    [InlineData("price > 9", "price > 8")]
    [InlineData("[Check] internal", "[Check(MaxRows = 3)] internal")]
    [InlineData("CheckSeverity.Warn", "CheckSeverity.Fail")]
    [InlineData("Minimum = 1", "Minimum = 2")]
    [InlineData("MaxNullShare(0.5)", "MaxNullShare(0.6)")]
    public void An_edit_of_a_check_is_a_change_of_logic(string from, string to)
    {
        Source.ShouldContain(from);
        Logic(Source.Replace(from, to, StringComparison.Ordinal)).ShouldNotBe(Logic(Source));
    }

    [Fact]
    public void The_method_that_a_check_calls_is_a_part_of_it_by_name() => Logic(Source).ShouldContain("Limits.Fits");

    [Fact]
    public void A_comment_is_none() => Logic(Source.Replace("    [Check] internal", "    // Sold.\n    [Check] internal", StringComparison.Ordinal)).ShouldBe(Logic(Source));

    [Theory]
    [InlineData("[Check] internal", "/// <summary>It is sold.</summary>\n    /// <remarks>Call the shop.</remarks>\n    [Check] internal")]
    [InlineData("Minimum = 1", "Minimum = 1, Description = \"there are orders\", Remedy = \"Call the shop.\"")]
    [InlineData("MaxNullShare(0.5)", "MaxNullShare(0.5, Description = \"most are known\")")]
    [InlineData("[Pipeline(\"orders\")]", "/// <summary>Orders.</summary>\n[Pipeline(\"orders\", Owner = \"shop\")]")]
    public void What_people_are_told_of_it_is_none(string from, string to)
    {
        Source.ShouldContain(from);
        Logic(Source.Replace(from, to, StringComparison.Ordinal)).ShouldBe(Logic(Source));
    }

    private static string Logic(string source) => GeneratorRun.Generate(source)["OrdersPipeline-Logic.g.cs"];
}
