using System.Globalization;
using BenchmarkDotNet.Attributes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using TypedPipelines.Compilation;
using TypedPipelines.Generators.Tests.Harness;

namespace TypedPipelines.Benchmarks.Generator;

/// <summary>
/// What the generator costs an editor: a project of pipelines and ten times as many files, generated for the first time and after one edit. The edited file is parsed
/// anew in it, too.
/// </summary>
[MemoryDiagnoser]
public class GeneratorBenchmarks
{
    private GeneratorDriver _driver = null!;
    private LargeSolution _solution = null!;
    private int _edits;

    [Params(20, 100, 300)]
    public int Pipelines { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _solution = new LargeSolution(Pipelines, 10 * Pipelines, References());
        _driver = Driver().RunGenerators(_solution.Compilation);
        int sources = _driver.GetRunResult().Results.Single().GeneratedSources.Length;
        if (sources < 3 * Pipelines)
        {
            throw new InvalidOperationException($"The generator gave {sources} files for {Pipelines} pipelines.");
        }
    }

    /// <summary>In a compilation of which nothing is known yet.</summary>
    [Benchmark]
    public GeneratorDriver FirstRun() => Driver().RunGenerators(_solution.Edit(LargeSolution.OtherFile(1), "left, int right)", "left, int right)"));

    [Benchmark(Baseline = true)]
    public GeneratorDriver EditInABody() => _driver = _driver.RunGenerators(_solution.Edit(LargeSolution.OtherFile(2), Sum(_edits), Sum(++_edits)));

    [Benchmark]
    public GeneratorDriver EditOfADeclaration() => _driver = _driver.RunGenerators(_solution.Edit(LargeSolution.OtherFile(3), Name(_edits), Name(++_edits)));

    /// <summary>Which is written anew.</summary>
    [Benchmark]
    public GeneratorDriver EditOfAStep() =>
        _driver = _driver.RunGenerators(_solution.Edit(LargeSolution.PipelineFile(4), $"Order4 Write{Step(_edits)}(", $"Order4 Write{Step(++_edits)}("));

    private static string Sum(int edit) => edit == 0 ? "int sum = " : $"int sum = {edit} + ";

    private static string Name(int edit) => edit == 0 ? "Compute7" : $"Other{edit}_";

    private static string Step(int edit) => edit == 0 ? "" : edit.ToString(CultureInfo.InvariantCulture);

    /// <summary>As editors do, without what is for builds alone.</summary>
    private static GeneratorDriver Driver() => CSharpGeneratorDriver.Create(
        [new PipelineGenerator().AsSourceGenerator()], driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.Implementation));

    private static IEnumerable<MetadataReference> References() =>
        from path in ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
        let name = Path.GetFileName(path)
        where name.StartsWith("System.", StringComparison.Ordinal) || name.StartsWith("TypedPipelines.", StringComparison.Ordinal) || name is "netstandard.dll"
        select MetadataReference.CreateFromFile(path);
}
