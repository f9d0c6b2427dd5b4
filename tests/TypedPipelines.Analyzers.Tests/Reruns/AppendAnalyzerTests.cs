using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace TypedPipelines.Analyzers.Tests.Reruns;

public class AppendAnalyzerTests
{
    [Fact]
    public Task A_contract_declared_append() => Expect.OnlyAsync("TP1001", """
        [[|Append|]] public sealed record Event(int Id);
        """, "Event is loaded with [Append], so a second run inserts its rows a second time; use [Merge] (needs [Key]), [ReplacePartition] or [ReplaceTable]");

    [Fact]
    public Task Other_strategies_and_other_attributes_of_that_name() => Expect.NothingAsync("""
        [Merge] public sealed record A([property: Key] int Id);
        [ReplaceTable] public sealed record B(int Id);
        [Mine.Append] public sealed record C(int Id);
        namespace Mine { public sealed class AppendAttribute : Attribute; }
        """);

    [Fact]
    public async Task A_contract_of_another_assembly_is_reported_where_it_is_loaded()
    {
        using var image = new MemoryStream();
        Analysis.Compile("[Append] public sealed record Event(int Id);").Emit(image).Success.ShouldBeTrue();
        MarkedCode code = MarkedCode.Parse("""
            [Pipeline("p")] public partial class P
            {
                [Source] static IEnumerable<Event> [|Read|]() => [];
            }
            """);
        CSharpCompilation compilation = Analysis.Compile(code.Text).AddReferences(MetadataReference.CreateFromImage(image.ToArray())).WithAssemblyName("Other");

        Diagnostic found = (await Analysis.RunAsync(compilation, Analysis.AllAnalyzers)).ShouldHaveSingleItem();

        found.Id.ShouldBe("TP1001");
        found.Location.SourceSpan.ShouldBe(code.Spans[0]);
    }
}
