using TypedPipelines.CodeFixes;

namespace TypedPipelines.Analyzers.Tests.Fixes;

public class AddPartialFixTests
{
    [Theory]
    [InlineData("public sealed class P", "public sealed partial class P")]
    [InlineData("class P", "partial class P")]
    [InlineData("/* why */ class P", "/* why */ partial class P")]
    [InlineData("[Obsolete]\n// why\nclass P", "[Obsolete]\n// why\npartial class P")]
    public async Task A_class_becomes_partial(string before, string after)
    {
        const string Rest = "\n{\n    [Source] static IEnumerable<Row> Read() => [];\n}\n[Merge] public sealed record Row([property: Key] int Id);\n";

        string? text = await FixRunner.FixAsync(new AddPartialFix(), "[Pipeline(\"p\")]\n" + before + Rest);

        text.ShouldNotBeNull().ShouldBe("[Pipeline(\"p\")]\n" + after + Rest);
        await FixRunner.ShouldBeCleanAsync(text);
    }

    [Fact]
    public async Task All_classes_of_a_document() => (await FixRunner.FixAllAsync(new AddPartialFix(), """
        [Merge] public sealed record Row([property: Key] int Id);
        [Merge] public sealed record Other([property: Key] int Id);
        [Pipeline("p")] class P { [Source] static IEnumerable<Row> Read() => []; }
        [Pipeline("q")] sealed class Q { [Source] static IEnumerable<Other> Read() => []; }
        """)).ShouldBe("""
        [Merge] public sealed record Row([property: Key] int Id);
        [Merge] public sealed record Other([property: Key] int Id);
        [Pipeline("p")] partial class P { [Source] static IEnumerable<Row> Read() => []; }
        [Pipeline("q")] sealed partial class Q { [Source] static IEnumerable<Other> Read() => []; }
        """);
}
