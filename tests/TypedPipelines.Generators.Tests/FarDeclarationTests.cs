using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using TypedPipelines.Generators.Tests.Harness;

namespace TypedPipelines.Generators.Tests;

/// <summary>
/// Declarations of other files that change what a pipeline is, some without a word of it in the pipeline's own: a pipeline that is not read again because "its" files are the same
/// would be stale.
/// </summary>
public sealed class FarDeclarationTests
{
    private const string Pipeline = """
        using System.ComponentModel.DataAnnotations;
        using TypedPipelines;
        using Shop.Rows;

        namespace Shop.Loads;

        [Merge] public sealed record Thing([property: Key] int Id, [property: MaxLength(Lengths.Name)] string Name, Colour Colour) : Tracked;

        [Pipeline("things")]
        public sealed partial class Things
        {
            [Source] static CsvFiles<Raw> Landing() => new("a.csv");
            [Step] static Thing Make(Raw raw) => new(raw.Id, raw.Tidy(), Colour.Red);
        }
        """;

    private const string Rows = "namespace Shop.Rows { public sealed record Raw(int Id, string Name); }";

    private const string Base = "namespace Shop.Loads { public abstract record Tracked : Named; public abstract record Named { public int Size { get; init; } } }";

    private const string Lengths = "public static class Lengths { public const int Name = Limits.Text; }";

    private const string Limits = "public static class Limits { public const int Text = 20; } public enum Colour { Red }";

    private const string Other = "namespace Shop.Other { public static class Unrelated { public static int One() => 1; } }";

    private const string Tidying = "namespace Shop.Rows { public static class Tidying { public static string Tidy(this Raw raw) => raw.Name; } }";

    public static TheoryData<string, int, string> Edits() => new()
    {
        { "a constant behind a constant", 4, Limits.Replace("20", "30") },
        { "the type that an enum is kept as", 4, Limits.Replace("enum Colour", "enum Colour : byte") },
        { "a column of a base of a base", 2, Base.Replace("{ get; init; }", "{ get; init; } public int Weight { get; init; }") },
        { "another part of the pipeline's class", 5, Other + "namespace Shop.Loads { public sealed partial class Things { [TypedPipelines.Step] static Thing Again(Shop.Rows.Raw raw) => new(-raw.Id, raw.Name, Colour.Red); } }" },
        { "a type in a nearer namespace that hides a row", 5, Other + "namespace Shop { public sealed record Raw(int Id, string Name, int More); }" },
        { "a type in a nearer namespace that hides constants", 5, Other + "namespace Shop { public static class Lengths { public const int Name = 9; } }" },
        { "a namespace that hides a type", 5, Other + "namespace Shop.Loads.Lengths { public static class Name { } }" },
        { "an attribute of one's own that hides another", 5, Other + "namespace Shop { public sealed class MaxLengthAttribute(int length) : System.Attribute { public int Length => length; } }" },
        { "a name for a type, everywhere", 5, "global using Colour = int; " + Other },
        { "a nested type of a base, which hides another", 2, Base.Replace("{ public int Size", "{ public enum Colour : long { Red } public int Size") },
        { "another body of an extension that nobody names", 6, Tidying.Replace("raw.Name", "raw.Name.Trim()") },
        { "another overload of an extension, which is nearer to the row", 6, Tidying.Replace("public static string", "public static string Tidy(this Raw raw, params int[] more) => \"\"; public static string").Replace("Tidy(this Raw raw) =>", "Tidy(this object raw) => \"\" + ((Raw)raw).Id; public static string Other(this Raw raw) =>") },
        { "an extension in a nearer namespace, which hides another", 5, Other + "namespace Shop { public static class Nearer { public static string Tidy(this Rows.Raw raw) => \"near\"; } }" },
        { "an extension block in a nearer namespace, which hides another", 5, Other + "namespace Shop { public static class Nearer { extension(Rows.Raw raw) { public string Tidy() => \"near\"; } } }" },
        { "an extension that becomes a member of a base", 1, "namespace Shop.Rows { public sealed record Raw(int Id, string Name) : Shop.Loads.Tidied; } namespace Shop.Loads { public abstract record Tidied { public string Tidy() => \"member\"; } }" },
        { "a file that does not parse any more", 2, Base.Replace("record Named {", "record Named { public int Weight { get; init; } ?") },
    };

    [Theory]
    [MemberData(nameof(Edits))]
    public void A_pipeline_is_read_again_where_what_it_means_changes_elsewhere(string what, int file, string edited)
    {
        CSharpCompilation before = GeneratorRun.Compile(sqlite: true, Pipeline, Rows, Base, Lengths, Limits, Other, Tidying);
        GeneratorDriver driver = GeneratorRun.Driver().RunGenerators(before);
        string first = Sources(driver);
        SyntaxTree tree = before.SyntaxTrees[file + 1];
        CSharpCompilation after = before.ReplaceSyntaxTree(tree, CSharpSyntaxTree.ParseText(edited, GeneratorRun.ParseOptions, tree.FilePath));

        driver = driver.RunGenerators(after);

        string fresh = Sources(GeneratorRun.Driver().RunGenerators(after));
        (Sources(driver) == fresh).ShouldBeTrue(what);
        (first == fresh).ShouldBeFalse($"{what} is to matter");
        (Sources(driver.RunGenerators(before)) == first).ShouldBeTrue("and back again");
    }

    private static string Sources(GeneratorDriver driver) => string.Join(
        "\n", driver.GetRunResult().Results.Single().GeneratedSources.Select(source => source.HintName + "\n" + source.SourceText).Order(StringComparer.Ordinal));
}
