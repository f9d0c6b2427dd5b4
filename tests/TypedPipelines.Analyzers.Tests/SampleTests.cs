namespace TypedPipelines.Analyzers.Tests;

public class SampleTests
{
    [Fact]
    public async Task The_sample_has_nothing_wrong() =>
        (await Analysis.RunAsync(Analysis.Compile(Flights.Sources), Analysis.AllAnalyzers)).ShouldBeEmpty();

    [Fact]
    public void The_sample_is_read() => Flights.Sources.Count(text => text.Contains("[Pipeline(", StringComparison.Ordinal)).ShouldBeGreaterThan(2);

    [Fact]
    public async Task Without_the_runtime_no_rule_runs()
    {
        var compilation = Microsoft.CodeAnalysis.CSharp.CSharpCompilation.Create(
            "Other",
            [Microsoft.CodeAnalysis.CSharp.CSharpSyntaxTree.ParseText("[Append] public class A; public class AppendAttribute : System.Attribute;")],
            Analysis.References.Where(reference => !reference.Display!.Contains("TypedPipelines", StringComparison.Ordinal)),
            Analysis.CompilationOptions);

        (await Analysis.RunAsync(compilation, Analysis.AllAnalyzers)).ShouldBeEmpty();
    }
}
