using Microsoft.CodeAnalysis;
using TypedPipelines.Compilation;

namespace TypedPipelines.Generators.Tests.Harness;

/// <summary>Why each of the generator's steps ran, after an edit.</summary>
internal sealed class StepReasons
{
    private static readonly string[] Expected =
    [
        TrackingNames.Environment, TrackingNames.Parsed, TrackingNames.Pipelines, TrackingNames.Contracts,
        TrackingNames.ContractsWithEnvironment, TrackingNames.CsvRows, TrackingNames.Results, TrackingNames.Names, TrackingNames.Clashes,
    ];

    private readonly Dictionary<string, List<IncrementalStepRunReason>> _reasons = [];
    private readonly List<IncrementalStepRunReason> _outputs = [];

    private StepReasons(GeneratorRunResult result)
    {
        foreach (string name in Expected)
        {
            _reasons[name] = result.TrackedSteps.TryGetValue(name, out var steps)
                ? [.. steps.SelectMany(step => step.Outputs).Select(output => output.Reason)]
                : [];
        }

        // Fingerprints are an output of builds alone, where nothing is cached.
        _outputs.AddRange(result.TrackedOutputSteps
            .Where(output => output.Key != WellKnownGeneratorOutputs.ImplementationSourceOutput)
            .SelectMany(output => output.Value).SelectMany(step => step.Outputs).Select(output => output.Reason));
    }

    internal static StepReasons Of(GeneratorDriver driver) => new(driver.GetRunResult().Results.Single());

    internal IReadOnlyList<IncrementalStepRunReason> this[string step] => _reasons[step];

    /// <summary>How many files were written anew.</summary>
    internal int Emitted => _outputs.Count(reason => reason is not (IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged));

    /// <summary>No step gave anything new, and every named step is there: one that vanished would rest too.</summary>
    internal void ShouldAllRest(string after)
    {
        foreach ((string name, List<IncrementalStepRunReason> reasons) in _reasons)
        {
            reasons.ShouldAllBe(reason => reason == IncrementalStepRunReason.Cached || reason == IncrementalStepRunReason.Unchanged, $"{name} after {after}");
        }

        _reasons[TrackingNames.Environment].ShouldNotBeEmpty("the step's name must be tracked");
        Emitted.ShouldBe(0, $"files emitted after {after}");
    }
}
