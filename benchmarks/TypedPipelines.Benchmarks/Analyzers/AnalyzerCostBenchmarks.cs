using System.Collections.Immutable;
using BenchmarkDotNet.Attributes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using TypedPipelines.Analyzers.Reruns;

namespace TypedPipelines.Benchmarks.Analyzers;

/// <summary>
/// What the analyzers cost a compiler: 1,000 files are bound and analyzed, with all diagnostics of the compiler, as in a build on all cores. The
/// files are parsed before, and nothing is emitted, so that the ratio is that of a build's worst part.
/// </summary>
[MemoryDiagnoser]
[SimpleJob(warmupCount: 3, iterationCount: 15, invocationCount: 1)]
public class AnalyzerCostBenchmarks
{
    private const int Files = 1000;

    private ImmutableArray<SyntaxTree> _trees;
    private ImmutableArray<DiagnosticAnalyzer> _all;

    /// <summary>Whether each file that writes to the database does so in a way that a rule marks.</summary>
    [Params(false, true)]
    public bool AreWrong { get; set; }

    /// <summary>Parses the files, and sees that they are what they are called.</summary>
    [GlobalSetup]
    public void Setup()
    {
        _trees = ServiceProject.Parse(Files, AreWrong);
        _all = ServiceProject.AllAnalyzers;
        ServiceProject.ShouldHave(AreWrong ? 1 : 0, All());
    }

    /// <summary>The compiler and an analyzer that does nothing.</summary>
    [Benchmark(Baseline = true, Description = "empty analyzer")]
    public ImmutableArray<Diagnostic> Empty() => ServiceProject.Analyze(_trees, [new EmptyAnalyzer()]);

    /// <summary>The compiler and an analyzer that asks for the operations of the code and does nothing with them.</summary>
    [Benchmark(Description = "empty analyzer of operations")]
    public ImmutableArray<Diagnostic> EmptyOfOperations() => ServiceProject.Analyze(_trees, [new EmptyOperationAnalyzer()]);

    /// <summary>The compiler and all analyzers.</summary>
    [Benchmark(Description = "all analyzers")]
    public ImmutableArray<Diagnostic> All() => ServiceProject.Analyze(_trees, _all);
}

/// <summary>The same for each analyzer apart, on code that they all leave alone.</summary>
[MemoryDiagnoser]
[SimpleJob(warmupCount: 2, iterationCount: 7, invocationCount: 1)]
public class EachAnalyzerBenchmarks
{
    private ImmutableArray<SyntaxTree> _trees;
    private DiagnosticAnalyzer _analyzer = new EmptyAnalyzer();

    /// <summary>The names of all analyzers, and of two that do nothing.</summary>
    public static IEnumerable<string> Names => ServiceProject.AllAnalyzers.Select(analyzer => analyzer.GetType().Name).Prepend(nameof(EmptyOperationAnalyzer)).Prepend(nameof(EmptyAnalyzer));

    /// <summary>The analyzer.</summary>
    [ParamsSource(nameof(Names))]
    public string Analyzer { get; set; } = "";

    /// <summary>Parses the files and finds the analyzer.</summary>
    [GlobalSetup]
    public void Setup()
    {
        _trees = ServiceProject.Parse(1000, areWrong: false);
        _analyzer = ServiceProject.AllAnalyzers.Append(new EmptyOperationAnalyzer()).Append(new EmptyAnalyzer()).Single(analyzer => analyzer.GetType().Name == Analyzer);
    }

    /// <summary>The compiler and this analyzer.</summary>
    [Benchmark]
    public ImmutableArray<Diagnostic> One() => ServiceProject.Analyze(_trees, [_analyzer]);
}
