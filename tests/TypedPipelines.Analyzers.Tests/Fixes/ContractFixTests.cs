using TypedPipelines.CodeFixes;

namespace TypedPipelines.Analyzers.Tests.Fixes;

public class ContractFixTests
{
    [Theory]
    [InlineData("[Merge] public sealed record Row([property: Key] int Id, decimal Amount);", "[Merge] public sealed record Row([property: Key] int Id, [Precision(28, 10)] decimal Amount);")]
    [InlineData("[Merge] public sealed record Row([property: Key] int Id,\n    [Range(1, 2)] decimal? Amount);", "[Merge] public sealed record Row([property: Key] int Id,\n    [Range(1, 2)][Precision(28, 10)] decimal? Amount);")]
    [InlineData("[Merge] public sealed class Row { [Key] public int Id { get; set; }\n    // Why.\n    public decimal Amount { get; set; } }", "[Merge] public sealed class Row { [Key] public int Id { get; set; }\n    // Why.\n    [Precision(28, 10)]\n    public decimal Amount { get; set; } }")]
    [InlineData("[Merge] public sealed class Row { [Key] public int Id { get; set; } [Range(1, 2)] public decimal Amount { get; set; } }", "[Merge] public sealed class Row { [Key] public int Id { get; set; } [Range(1, 2)][Precision(28, 10)] public decimal Amount { get; set; } }")]
    public async Task The_precision_that_a_decimal_has_is_declared(string before, string after)
    {
        string? text = await FixRunner.FixAsync(new DeclarePrecisionFix(), before);

        text.ShouldNotBeNull().ShouldBe(after);
        await FixRunner.ShouldBeCleanAsync(text);
    }

    [Fact]
    public async Task All_precisions_of_a_document() => (await FixRunner.FixAllAsync(
        new DeclarePrecisionFix(), "[Merge] public sealed record Row([property: Key] decimal Id, decimal Amount);"))
        .ShouldBe("[Merge] public sealed record Row([property: Key][Precision(28, 10)] decimal Id, [Precision(28, 10)] decimal Amount);");

    [Fact]
    public async Task Where_another_Precision_is_meant_nothing_is_offered() => (await FixRunner.FixAsync(
        new DeclarePrecisionFix(), "public class PrecisionAttribute : Attribute; [Merge] public sealed record Row([property: Key] int Id, decimal Amount);")).ShouldBeNull();

    [Theory]
    [InlineData("[Merge] public sealed record Row([property: Key] string? Id);", "[Merge] public sealed record Row([property: Key] string Id);", "[Merge(NullKeys = NullKeys.Match)] public sealed record Row([property: Key] string? Id);")]
    [InlineData("[Merge(Table = \"t\")] public sealed class Row { [Key] public int? Id { get; set; } }", "[Merge(Table = \"t\")] public sealed class Row { [Key] public int Id { get; set; } }", "[Merge(Table = \"t\", NullKeys = NullKeys.Match)] public sealed class Row { [Key] public int? Id { get; set; } }")]
    public async Task A_key_that_can_be_null(string before, string never, string match)
    {
        IReadOnlyDictionary<string, string> offered = await FixRunner.OfferedAsync(new NullableKeyFix(), before);

        offered.Values.ShouldBe([never, match]);
        await FixRunner.ShouldBeCleanAsync(never);
        await FixRunner.ShouldBeCleanAsync(match);
    }

    [Fact]
    public async Task A_key_that_is_given_null_stays_nullable()
    {
        IReadOnlyDictionary<string, string> offered = await FixRunner.OfferedAsync(new NullableKeyFix(), """
            [Merge] public sealed record Row([property: Key] int? Id);
            public static class Uses { public static Row Make() => new(null as int?); }
            """);

        offered.Keys.ShouldBe(["Null is a key like any other: NullKeys = NullKeys.Match"]);
    }

    [Theory]
    [InlineData("public static class Generated { public const int One = 1; }", "public static class GeneratedCode { public const int One = 1; }")]
    [InlineData("public static class Generated { public const int One = 1; } public class GeneratedCode;", "public static class GeneratedCode2 { public const int One = 1; } public class GeneratedCode;")]
    public async Task A_type_in_the_way_of_generated_code_is_renamed_with_what_names_it(string before, string after)
    {
        const string Rest = "\n[Merge] public sealed record Row([property: Key, Range({0}.One, 9)] int Id);";
        string name = after.Contains("Code2", StringComparison.Ordinal) ? "GeneratedCode2" : "GeneratedCode";

        string? text = await FixRunner.FixAsync(new RenameGeneratedFix(), before + Rest.Replace("{0}", "Generated", StringComparison.Ordinal));

        text.ShouldNotBeNull().ShouldBe(after + Rest.Replace("{0}", name, StringComparison.Ordinal));
        await FixRunner.ShouldBeCleanAsync(text);
    }

    [Fact]
    public async Task A_type_of_another_name_in_the_way_is_for_its_author_to_name() => (await FixRunner.FixAsync(
        new RenameGeneratedFix(), "[Merge] public sealed record Row([property: Key] int Id); namespace Generated { public class RowTable; }")).ShouldBeNull();

    [Fact]
    public async Task All_keys_are_made_non_nullable_at_once() => (await FixRunner.FixAllAsync(
        new NullableKeyFix(), "[Merge] public sealed record One([property: Key] int? Id, [property: Key] string? Name);\n[Merge] public sealed record Two([property: Key] int? Id);"))
        .ShouldBe("[Merge] public sealed record One([property: Key] int Id, [property: Key] string Name);\n[Merge] public sealed record Two([property: Key] int Id);");

    [Fact]
    public async Task Of_all_keys_one_that_is_given_null_is_matched_instead() => (await FixRunner.FixAllAsync(new NullableKeyFix(), """
        [Merge] public sealed record One([property: Key] int? Id);
        [Merge] public sealed record Two([property: Key] int? Id);
        public static class Uses { public static Two Make() => new(null as int?); }
        """)).ShouldBe("""
        [Merge] public sealed record One([property: Key] int Id);
        [Merge(NullKeys = NullKeys.Match)] public sealed record Two([property: Key] int? Id);
        public static class Uses { public static Two Make() => new(null as int?); }
        """);

    [Fact]
    public async Task Types_in_the_way_in_two_namespaces_are_both_renamed() => (await FixRunner.FixAllAsync(new RenameGeneratedFix(), """
        namespace A { public static class Generated { public const int One = 1; } [Merge] public sealed record Row([property: Key, Range(Generated.One, 9)] int Id); [Merge] public sealed record Other([property: Key] int Id); }
        namespace B { public class Generated; [Merge] public sealed record Row2([property: Key] int Id); }
        """)).ShouldBe("""
        namespace A { public static class GeneratedCode { public const int One = 1; } [Merge] public sealed record Row([property: Key, Range(GeneratedCode.One, 9)] int Id); [Merge] public sealed record Other([property: Key] int Id); }
        namespace B { public class GeneratedCode; [Merge] public sealed record Row2([property: Key] int Id); }
        """);
}
