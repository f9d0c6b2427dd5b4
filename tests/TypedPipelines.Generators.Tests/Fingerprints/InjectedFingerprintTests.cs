using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using TypedPipelines.Generators.Tests.Harness;

namespace TypedPipelines.Generators.Tests.Fingerprints;

/// <summary>Code that nobody calls by name: constructors of a pipeline's object, of its services, and of base classes.</summary>
public partial class InjectedFingerprintTests
{
    private const string Code = """
        using System.Collections.Generic;
        using TypedPipelines;

        namespace Shop;

        public sealed record Raw(int Id, string Name);

        [Merge]
        public sealed record Priced([property: System.ComponentModel.DataAnnotations.Key] int Id, int Price);

        public interface ITax { int Of(int id); }

        public abstract class TaxBase { protected TaxBase() { Rate = 19; } protected int Rate; }

        public sealed class Tax(Settings settings) : TaxBase, ITax
        {
            private readonly int _more = settings.More;
            public int Of(int id) => id * Rate + _more;
        }

        public sealed class Settings { public Settings() { More = 3; } public int More { get; set; } }

        public sealed class ByLength : IComparer<string>
        {
            public int Compare(string? left, string? right) => left!.Length - right!.Length;
        }

        public sealed class Unrelated { public Unrelated() { Value = 11; } public int Value { get; } }

        [Pipeline("priced")]
        public sealed partial class PricedPipeline
        {
            private readonly ITax _tax;
            private readonly int _start;
            private readonly IComparer<string> _order;

            public PricedPipeline(ITax tax, IComparer<string> order)
            {
                _tax = tax;
                _order = order;
                _start = 5;
            }

            [Source] static IEnumerable<Raw> Read() => [];

            [Step] Priced Price(Raw raw) => new(raw.Id, _start + _tax.Of(raw.Id) + _order.Compare(raw.Name, "x"));

            static int Price(string other) => 42;
        }
        """;

    [Theory]
    [InlineData("_start = 5", "_start = 6")]
    [InlineData("Rate = 19", "Rate = 7")]
    [InlineData("More = 3", "More = 4")]
    [InlineData("_more = settings.More", "_more = settings.More + 1")]
    [InlineData("id * Rate", "id + Rate")]
    [InlineData("left!.Length - right!.Length", "right!.Length - left!.Length")]
    public void Their_code_is_part_of_the_logic(string before, string after) => Fingerprint(Code.Replace(before, after, StringComparison.Ordinal)).ShouldNotBe(Fingerprint(Code));

    [Theory]
    [InlineData("Value = 11", "Value = 12")]
    [InlineData("=> 42", "=> 43")]
    public void What_nobody_reaches_is_none(string before, string after) => Fingerprint(Code.Replace(before, after, StringComparison.Ordinal)).ShouldBe(Fingerprint(Code));

    [Fact]
    public void A_delegate_that_is_injected_is_told() => Logic(Code.Replace("ITax tax, IComparer<string> order)", "ITax tax, IComparer<string> order, System.Func<int, int> rate)", StringComparison.Ordinal))
        .ShouldContain("Shop.PricedPipeline is given rate, of which only what it takes and returns is known");

    private static string Fingerprint(string code) => First().Match(Logic(code)).Value;

    private static string Logic(string code)
    {
        CSharpCompilation input = GeneratorRun.Compile(sqlite: true, code);
        GeneratorDriver driver = GeneratorRun.Driver().RunGeneratorsAndUpdateCompilation(input, out Microsoft.CodeAnalysis.Compilation output, out _);
        output.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Select(diagnostic => diagnostic.ToString()).ShouldBeEmpty();
        return driver.GetRunResult().Results.Single().GeneratedSources.Single(file => file.HintName == "Shop.PricedPipeline-Logic.g.cs").SourceText.ToString();
    }

    [GeneratedRegex("Fingerprint = \"[0-9a-f]+\"")]
    private static partial Regex First();
}
