using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using TypedPipelines.Generators.Tests.Harness;

namespace TypedPipelines.Generators.Tests.Fingerprints;

/// <summary>The matrix of edits, continued by those that need a project of their own.</summary>
public sealed partial class SmallEditTests
{
    private const string Usings = """
        global using System.ComponentModel.DataAnnotations;
        global using System.ComponentModel.DataAnnotations.Schema;
        global using TypedPipelines;
        """;

    [Theory]
    [MemberData(nameof(SmallEdits.ThatChangeLogic), MemberType = typeof(SmallEdits))]
    public void A_change_of_logic_changes_the_fingerprint(string edit)
    {
        SmallEdit found = SmallEdits.Find(edit);
        Fingerprint(found.After).ShouldNotBe(Fingerprint(found.Before));
    }

    [Theory]
    [MemberData(nameof(SmallEdits.ThatDoNot), MemberType = typeof(SmallEdits))]
    public void A_change_of_anything_else_does_not(string edit)
    {
        SmallEdit found = SmallEdits.Find(edit);
        Fingerprint(found.After).ShouldBe(Fingerprint(found.Before));
    }

    [Fact]
    public void Whether_numbers_may_overflow_is_a_part_of_code_that_reckons_with_them()
    {
        const string reckons = "public static class Logic { public static decimal Of(decimal value) { int whole = (int)value; return whole * 7; } }";
        Of(reckons, checkOverflow: true).ShouldNotBe(Of(reckons, checkOverflow: false));
        const string says = "public static class Logic { public static decimal Of(decimal value) { int whole = (int)value; return checked(whole * 7); } }";
        Of(says, checkOverflow: true).ShouldBe(Of(says, checkOverflow: false));
        const string none = "public static class Logic { public static decimal Of(decimal value) => value * 7; }";
        Of(none, checkOverflow: true).ShouldBe(Of(none, checkOverflow: false));

        static string Of(string code, bool checkOverflow) => Fingerprint(new SmallEdit("", code, "", "").Before, checkOverflow: checkOverflow);
    }

    [Fact]
    public void A_conditional_call_that_is_compiled_is_another_one_than_one_that_is_not()
    {
        const string fix = "public static class Logic { static decimal _more; [System.Diagnostics.Conditional(\"FIX\")] static void Fix() => _more = 1; public static decimal Of(decimal value) { Fix(); return value + _more; } }";
        Of(fix, "FIX").ShouldNotBe(Of(fix));
        Of("#define FIX\n", fix).ShouldBe(Of(fix, "FIX"));
        const string watches = "public static class Logic { public static decimal Of(decimal value) { System.Diagnostics.Debug.Assert(value > 0); return value; } }";
        Of(watches, "DEBUG").ShouldBe(Of(watches));

        static string Of(string code, string symbol = "OTHER") => code.StartsWith('#')
            ? Fingerprint([.. new SmallEdit("", symbol, "", "").Before.Select(file => file.Contains("class Logic", StringComparison.Ordinal) ? code + file : file)])
            : Fingerprint(new SmallEdit("", code, "", "").Before, symbol);
    }

    [Fact]
    public void Helpers_that_are_local_to_files_of_one_name_are_told_apart()
    {
        const string first = "namespace Small; public static class Logic { public static decimal Of(decimal value) => Hidden.Of(value) + Other.Of(value); } file static class Hidden { public static decimal Of(decimal value) => value * 2; }";
        const string second = "namespace Small; public static class Other { public static decimal Of(decimal value) => Hidden.Of(value) * 10; } file static class Hidden { public static decimal Of(decimal value) => value * 5; }";
        string before = Of("/one/a/Code.cs", "/one/b/Code.cs", first, second);
        Of("/one/a/Code.cs", "/one/b/Code.cs", first.Replace("* 2", "* 5", StringComparison.Ordinal), second.Replace("* 5", "* 2", StringComparison.Ordinal)).ShouldNotBe(before);
        Of("C:\\other\\a\\Code.cs", "C:\\other\\b\\Code.cs", first, second).ShouldBe(before);

        static string Of(string onePath, string otherPath, string one, string other)
        {
            CSharpCompilation compilation = GeneratorRun.Compile(sqlite: true, [Usings, new SmallEdit("", "", "", "").Before[0]]);
            return Fingerprint(compilation.AddSyntaxTrees(CSharpSyntaxTree.ParseText(one, GeneratorRun.ParseOptions, onePath), CSharpSyntaxTree.ParseText(other, GeneratorRun.ParseOptions, otherPath)));
        }
    }

    [Fact]
    public void A_program_of_statements_counts_where_it_sets_what_a_step_reads()
    {
        const string logic = "namespace Small; public static class Logic { public static decimal Rate; public static decimal Of(decimal value) => value * Rate; }";
        string before = Of("Small.Logic.Rate = 2m;");
        Of("Small.Logic.Rate = 3m;").ShouldNotBe(before);
        Of("decimal more = 1m; Small.Logic.Rate = 2m + more;").ShouldNotBe(before);
        Of("System.Console.WriteLine(1);").ShouldBe(Of("System.Console.WriteLine(2);"));

        static string Of(string program)
        {
            CSharpCompilation compilation = GeneratorRun.Compile(sqlite: true, [Usings, new SmallEdit("", "", "", "").Before[0], logic, program]);
            return Fingerprint(compilation.WithOptions(compilation.Options.WithOutputKind(OutputKind.ConsoleApplication)));
        }
    }

    [Theory]
    [InlineData("public interface IRate { decimal Rate { get; } } public static class Logic { static IRate _rate = null!; public static decimal Of(decimal value) => value * _rate.Rate; }", "Small.IRate.Rate has no implementation in this project")]
    [InlineData(Given + "public sealed record Options(decimal Rate);", "Small.SmallPipeline is given options, whose Rate is said by whoever makes it")]
    [InlineData(Given + "public sealed class Options { public decimal Rate { get; set; } }", "Small.SmallPipeline is given options, whose Rate is said by whoever makes it")]
    public void What_nobody_can_follow_is_told(string code, string told) => Logic(Compile(new SmallEdit("", code, "", "").Before)).ShouldContain(told);

    [Fact]
    public void A_service_that_makes_all_of_its_values_is_not_told() =>
        Logic(Compile(new SmallEdit("", Given + "public sealed class Options { public decimal Rate { get; } = 2m; }", "", "").Before)).ShouldNotContain("Opaque");

    private const string Given = """
        public sealed record Raw(int Id, decimal Amount); [ReplaceTable] public sealed record Row([property: Key] int Id, [Precision(12, 4)] decimal Amount);
        [Pipeline("small")] public sealed partial class SmallPipeline(Options options) { [Source] static IEnumerable<Raw> Read() => []; [Step] Row Make(Raw raw) => new(raw.Id, raw.Amount * options.Rate); }
        """;

    private static string Fingerprint(string[] sources, string symbol = "OTHER", bool checkOverflow = false) => Fingerprint(Compile(sources, symbol, checkOverflow));

    private static string Fingerprint(CSharpCompilation input) => FingerprintText().Match(Logic(input)).Groups[1].Value;

    private static CSharpCompilation Compile(string[] sources, string symbol = "OTHER", bool checkOverflow = false)
    {
        CSharpCompilation input = GeneratorRun.Compile(sqlite: true, [Usings, .. sources]);
        CSharpParseOptions options = GeneratorRun.ParseOptions.WithLanguageVersion(LanguageVersion.Preview).WithPreprocessorSymbols(symbol);
        return input
            .RemoveAllSyntaxTrees()
            .AddSyntaxTrees(input.SyntaxTrees.Select(tree => CSharpSyntaxTree.ParseText(tree.GetText(), options, tree.FilePath)))
            .WithOptions(input.Options.WithOverflowChecks(checkOverflow));
    }

    private static string Logic(CSharpCompilation input)
    {
        GeneratorDriver driver = GeneratorRun.Driver((CSharpParseOptions)input.SyntaxTrees[0].Options).RunGeneratorsAndUpdateCompilation(input, out Microsoft.CodeAnalysis.Compilation output, out _);
        output.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Select(diagnostic => diagnostic.ToString()).ShouldBeEmpty();
        return driver.GetRunResult().Results.Single().GeneratedSources.Single(file => file.HintName == "Small.SmallPipeline-Logic.g.cs").SourceText.ToString();
    }

    [GeneratedRegex("Fingerprint = \"(\\w{32})\"")]
    private static partial Regex FingerprintText();
}
