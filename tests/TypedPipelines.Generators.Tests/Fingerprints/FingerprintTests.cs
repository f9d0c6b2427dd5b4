using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using TypedPipelines.Generators.Tests.Harness;

namespace TypedPipelines.Generators.Tests.Fingerprints;

/// <summary>
/// What changes a pipeline's fingerprint and what does not: each edit is made to the same project, which is then generated as a build does it.
/// </summary>
public sealed partial class FingerprintTests
{
    private static readonly ConcurrentDictionary<Edit, string> Known = new();

    private static readonly Lazy<string> Before = new(() => Fingerprint(Shop.Pipeline, Shop.Rules));

    [Theory]
    [MemberData(nameof(Edits.ThatChangeLogic), MemberType = typeof(Edits))]
    public void A_change_of_logic_changes_the_fingerprint(string edit) => Fingerprint(Edits.Find(edit)).ShouldNotBe(Before.Value);

    [Theory]
    [MemberData(nameof(Edits.ThatDoNot), MemberType = typeof(Edits))]
    public void A_change_of_anything_else_does_not(string edit) => Fingerprint(Edits.Find(edit)).ShouldBe(Before.Value);

    [Fact]
    public void Every_change_of_logic_has_a_fingerprint_of_its_own()
    {
        string[] fingerprints = [.. Edits.AllChanging.Select(Fingerprint)];
        fingerprints.Distinct().Count().ShouldBe(fingerprints.Length);
    }

    [Fact]
    public void The_order_of_the_files_changes_nothing() =>
        Fingerprint(Shop.Rules, Shop.Pipeline).ShouldBe(Before.Value);

    [Fact]
    public void A_step_is_as_it_was_where_only_code_of_another_step_changed()
    {
        string before = Logic(Shop.Pipeline, Shop.Rules);
        string after = Logic(Shop.Pipeline, Shop.Rules.Replace("Math.Round(value, digits) +", "Math.Round(value, digits) -"));
        Step(after, "Known").ShouldBe(Step(before, "Known"));
        Step(after, "Landing").ShouldBe(Step(before, "Landing"));
        Step(after, "Price").ShouldNotBe(Step(before, "Price"));
    }

    [Fact]
    public void The_part_that_changed_is_the_method_that_was_edited_and_no_caller_of_it()
    {
        string[] before = Parts(Logic(Shop.Pipeline, Shop.Rules));
        string[] after = Parts(Logic(Shop.Pipeline, Shop.Rules.Replace("Text.Length;", "Text.Length + 1;")));
        after.Except(before).ShouldHaveSingleItem().ShouldStartWith("\"Shop.TaxRules.Deep(int)\"");
    }

    [Fact]
    public void What_a_fixed_statement_calls_is_a_part_of_the_code()
    {
        string pinning = Shop.Rules.Replace("private static void Nothing()", "public sealed class Pinned { private readonly int[] _all = [1, 2]; public ref int GetPinnableReference() => ref _all[0]; } private static unsafe void Nothing() { fixed (int* at = new Pinned()) { Ledger.Total += *at; } } private static void Other()");
        Logic(Shop.Pipeline, pinning.Replace("ref _all[0]", "ref _all[1]")).ShouldNotBe(Logic(Shop.Pipeline, pinning));
    }

    [Fact]
    public void A_call_that_cannot_be_followed_is_told()
    {
        Logic(Shop.Pipeline.Replace("int length = order.Status.Length;", "dynamic status = order.Status; int length = status.Length;"), Shop.Rules)
            .ShouldContain("Shop.OrdersPipeline.Known(Shop.RawOrder) binds dynamically at run time");
        Logic(Shop.Pipeline, Shop.Rules.Replace("public static string Clean(string text) => text.Trim();", "public static string Clean(string text) => (string)typeof(string).GetMethod(\"Trim\")!.Invoke(text, null)!;"))
            .ShouldContain("Shop.Texts.Clean(string) uses reflection");
        Logic(Shop.Pipeline, Shop.Rules.Replace("public static string Clean(string text) => text.Trim();", "public interface ITrim { string Of(string text); } static ITrim Trim = null!; public static string Clean(string text) => Trim.Of(text);"))
            .ShouldContain("Shop.Texts.ITrim.Of(string) has no implementation in this project");
        Logic(Shop.Pipeline, Shop.Rules).ShouldNotContain("Opaque");
    }

    [Fact]
    public void Where_the_compiler_only_helps_with_typing_no_fingerprint_is_made()
    {
        GeneratorDriver driver = CSharpGeneratorDriver.Create(
            [new TypedPipelines.Compilation.PipelineGenerator().AsSourceGenerator()],
            parseOptions: GeneratorRun.ParseOptions,
            driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.Implementation, trackIncrementalGeneratorSteps: true));
        driver.RunGeneratorsAndUpdateCompilation(GeneratorRun.Compile(sqlite: true, Shop.Pipeline, Shop.Rules), out Microsoft.CodeAnalysis.Compilation output, out _);
        output.SyntaxTrees.ShouldNotContain(tree => tree.FilePath.EndsWith("-Logic.g.cs", StringComparison.Ordinal) || tree.FilePath.EndsWith("-Lineage.g.cs", StringComparison.Ordinal));
        output.GetDiagnostics().Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning && diagnostic.Id != "CS1591").Select(diagnostic => diagnostic.ToString()).ShouldBeEmpty();
    }

    private static string Fingerprint(Edit edit) => Known.GetOrAdd(edit, static edit =>
    {
        (string pipeline, string rules) = edit.Apply();
        return Fingerprint(pipeline, rules);
    });

    private static string Fingerprint(params string[] sources) => FingerprintText().Match(Logic(sources)).Groups[1].Value;

    private static string Logic(params string[] sources)
    {
        CSharpCompilation input = GeneratorRun.Compile(sqlite: true, sources);
        input = input.WithOptions(input.Options.WithAllowUnsafe(true));
        GeneratorDriver driver = GeneratorRun.Driver().RunGeneratorsAndUpdateCompilation(input, out Microsoft.CodeAnalysis.Compilation output, out _);
        output.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Select(diagnostic => diagnostic.ToString()).ShouldBeEmpty();
        return driver.GetRunResult().Results.Single().GeneratedSources.Single(file => file.HintName == "Shop.OrdersPipeline-Logic.g.cs").SourceText.ToString();
    }

    private static string Step(string logic, string name) => Regex.Match(logic, $"new\\(\"{name}\", \"(\\w+)\"").Groups[1].Value;

    private static string[] Parts(string logic) => [.. Regex.Matches(logic, "new\\((\"[^\"]+\", \"\\w{32}\")\\)").Select(match => match.Groups[1].Value)];

    [GeneratedRegex("Fingerprint = \"(\\w{32})\"")]
    private static partial Regex FingerprintText();
}
