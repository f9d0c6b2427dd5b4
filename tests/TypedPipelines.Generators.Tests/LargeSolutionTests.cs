using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using TypedPipelines.Compilation;
using TypedPipelines.Generators.Tests.Harness;

namespace TypedPipelines.Generators.Tests;

/// <summary>What typing costs in a project of 100 pipelines and 1,000 files: the editor runs the generator after every pause.</summary>
public sealed class LargeSolutionTests
{
    private const int Pipelines = 100;

    /// <summary>Of an edit inside a method's body: what the compiler asks of each marked class, and nothing of its rows.</summary>
    private const int MostInBody = 40 * 1024;

    /// <summary>Of an edit that declares something in a file which pipelines have nothing to do with: the same.</summary>
    private const int MostInDeclaration = 40 * 1024;

    private readonly LargeSolution _solution = new(Pipelines, 1_000, GeneratorRun.Compile(sqlite: true, postgreSql: true).References);

    /// <summary>As editors do, without what is for builds alone.</summary>
    private GeneratorDriver _driver = CSharpGeneratorDriver.Create(
        [new PipelineGenerator().AsSourceGenerator()],
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.Implementation, trackIncrementalGeneratorSteps: true));

    [Fact]
    public void An_unrelated_edit_emits_nothing_and_allocates_little_and_an_edit_that_matters_emits_what_it_touches()
    {
        _driver = _driver.RunGenerators(_solution.Compilation);
        GeneratorRunResult first = _driver.GetRunResult().Results.Single();
        first.Exception.ShouldBeNull();
        first.GeneratedSources.Length.ShouldBeGreaterThan(3 * Pipelines);

        LeastPerPipeline("int sum = ", edit => $"int more = {edit}; int sum = more + ").ShouldBeLessThanOrEqualTo(MostInBody, "bytes for each pipeline");
        LeastPerPipeline("public static string Normal(", edit => $"public static int Other{edit}; public static string Normal(")
            .ShouldBeLessThanOrEqualTo(MostInDeclaration, "bytes for each pipeline");

        // The other direction: what is never run again would be cheap, too.
        _driver = _driver.RunGenerators(_solution.Edit(LargeSolution.PipelineFile(7), "static Order7 Write(", "static Order7 Put("));
        StepReasons.Of(_driver).Emitted.ShouldBe(1);
        _driver = _driver.RunGenerators(_solution.Edit(LargeSolution.PipelineFile(8), "decimal Amount);\n", "decimal Total);\n"));
        StepReasons.Of(_driver).Emitted.ShouldBe(1);
    }

    /// <summary>What the cheapest of five unrelated edits allocates, none of which emits anything.</summary>
    private long LeastPerPipeline(string from, Func<int, FormattableString> to)
    {
        long least = long.MaxValue;
        for (int edit = 0; edit < 5; edit++)
        {
            CSharpCompilation edited = _solution.Edit(LargeSolution.OtherFile(edit * 100), from, FormattableString.Invariant(to(edit)));
            long before = GC.GetAllocatedBytesForCurrentThread();
            _driver = _driver.RunGenerators(edited);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
            StepReasons.Of(_driver).Emitted.ShouldBe(0);
        }

        return least / Pipelines;
    }
}
