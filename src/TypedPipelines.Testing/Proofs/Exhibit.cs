using System.Reflection;

namespace TypedPipelines.Testing;

/// <summary>One of several pipelines that are tried, and what with.</summary>
internal sealed class Exhibit
{
    private static readonly MethodInfo Describe = typeof(Exhibit).GetMethod(nameof(DescriptorOf), BindingFlags.Static | BindingFlags.NonPublic)!;
    private static readonly MethodInfo Begin = typeof(PipelineTest).GetMethod(nameof(PipelineTest.For))!;

    private readonly Type _class;

    internal Exhibit(Type pipelineClass)
    {
        _class = pipelineClass;
        Pipeline = (PipelineDescriptor)Describe.MakeGenericMethod(pipelineClass).Invoke(null, null)!;
    }

    internal PipelineDescriptor Pipeline { get; }

    /// <summary>What is given; null for rows that are made up.</summary>
    internal Action<PipelineTest>? Given { get; set; }

    /// <summary>The keys of the partitions; none for the first two.</summary>
    internal string[] Partitions { get; set; } = [];

    internal string[] Ignored { get; set; } = [];

    internal async Task<IReadOnlyList<string>> HoldsAsync()
    {
        string[] keys = Partitions;
        if (keys.Length == 0 && Pipeline.Partitions.Kind != PartitionScheme.None.Kind)
        {
            keys = Pipeline.Partitions.HasWindows
                ? [.. Pipeline.Partitions.All().Take(2).Select(partition => partition.Key)]
                : throw Inconclusive("its partitions are files, which are not made up", " and its partitions' keys");
        }

        Action<PipelineTest> given = Given ?? await MadeUp.FindAsync(_class, Pipeline, keys, TestWith, reason => Inconclusive(reason)).ConfigureAwait(false);
        return await new PipelineProof(() => TestWith(given), Pipeline).Ignoring(Ignored).HoldsAsync(keys).ConfigureAwait(false);
    }

    private PipelineTest TestWith(Action<PipelineTest> given)
    {
        var test = (PipelineTest)Begin.MakeGenericMethod(_class).Invoke(null, null)!;
        given(test);
        return test;
    }

    private PipelineAssertionException Inconclusive(string reason, string besides = "") => new(
        $"{Pipeline.Name} was not tried: {reason}. Give rows{besides} that it loads: Given<{_class.Name}>(test => ...).");

    private static PipelineDescriptor DescriptorOf<TPipeline>()
        where TPipeline : IPipeline => TPipeline.Descriptor;
}
