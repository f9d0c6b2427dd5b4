using System.Reflection;
using System.Text;

namespace TypedPipelines.Testing;

/// <summary>
/// Tries of every pipeline of an assembly whether it can be run again, as <see cref="PipelineProof"/> does of one: with rows made up for its sources and the tables it
/// reads, or with those that are given.
/// </summary>
public sealed class PipelineProofs
{
    private readonly Dictionary<Type, Exhibit> _exhibits;

    private PipelineProofs(IEnumerable<Type> pipelines) => _exhibits = pipelines.ToDictionary(pipeline => pipeline, pipeline => new Exhibit(pipeline));

    /// <summary>Begins proofs of all pipelines of an assembly.</summary>
    /// <param name="assembly">The assembly: <c>typeof(FlightsPipeline).Assembly</c>.</param>
    public static PipelineProofs Of(Assembly assembly)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        return new PipelineProofs(assembly.GetTypes().Where(static type => type.IsAssignableTo(typeof(IPipeline)) && type is { IsInterface: false, IsAbstract: false, ContainsGenericParameters: false }));
    }

    /// <summary>Says what a pipeline is tried with, where made-up rows do not do.</summary>
    /// <typeparam name="TPipeline">The pipeline's class.</typeparam>
    /// <param name="given">Gives a test its rows, tables and services. What it does not give is not made up.</param>
    /// <param name="partitions">The keys of the partitions that are loaded, in time order; none for the first two.</param>
    /// <returns>The same proofs.</returns>
    /// <exception cref="PipelineAssertionException">There is no such pipeline in the assembly.</exception>
    public PipelineProofs Given<TPipeline>(Action<PipelineTest> given, params string[] partitions)
        where TPipeline : IPipeline
    {
        ArgumentNullException.ThrowIfNull(given);
        Exhibit exhibit = Of<TPipeline>();
        exhibit.Given = given;
        exhibit.Partitions = partitions;
        return this;
    }

    /// <summary>Leaves columns of a pipeline's tables out that are meant to be others in every run.</summary>
    /// <typeparam name="TPipeline">The pipeline's class.</typeparam>
    /// <param name="members">The names of the rows' members.</param>
    /// <returns>The same proofs.</returns>
    /// <exception cref="PipelineAssertionException">There is no such pipeline in the assembly.</exception>
    public PipelineProofs Ignoring<TPipeline>(params string[] members)
        where TPipeline : IPipeline
    {
        Of<TPipeline>().Ignored = members;
        return this;
    }

    /// <summary>Leaves a pipeline out.</summary>
    /// <typeparam name="TPipeline">The pipeline's class.</typeparam>
    /// <param name="because">Why, for those who read it.</param>
    /// <returns>The same proofs.</returns>
    /// <exception cref="PipelineAssertionException">There is no such pipeline in the assembly.</exception>
    public PipelineProofs Except<TPipeline>(string because)
        where TPipeline : IPipeline
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(because);
        Of<TPipeline>();
        _exhibits.Remove(typeof(TPipeline));
        return this;
    }

    /// <summary>Tries them all.</summary>
    /// <returns>What was tried, by the names of the pipelines.</returns>
    /// <exception cref="PipelineAssertionException">Something does not hold for one or several of them, or rows cannot be made up that one loads: the message says of each what.</exception>
    public async Task<IReadOnlyDictionary<string, IReadOnlyList<string>>> HoldAsync()
    {
        if (_exhibits.Count == 0)
        {
            throw new PipelineAssertionException("There is no pipeline in the assembly to be tried.");
        }

        var tried = new SortedDictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        var failures = new StringBuilder();
        int failed = 0;
        foreach (Exhibit exhibit in _exhibits.Values.OrderBy(exhibit => exhibit.Pipeline.Name, StringComparer.Ordinal))
        {
            try
            {
                tried[exhibit.Pipeline.Name] = await exhibit.HoldsAsync().ConfigureAwait(false);
            }
            catch (PipelineAssertionException e)
            {
                failed++;
                failures.AppendLine().AppendLine(e.Message);
            }
        }

        return failed == 0 ? tried : throw new PipelineAssertionException($"Of {_exhibits.Count} pipelines {failed} cannot be shown to survive being run again.{Environment.NewLine}{failures}".TrimEnd());
    }

    private Exhibit Of<TPipeline>() => _exhibits.GetValueOrDefault(typeof(TPipeline)) ?? throw new PipelineAssertionException(
        $"{typeof(TPipeline).Name} is none of the pipelines that are tried: {string.Join(", ", _exhibits.Keys.Select(type => type.Name).Order(StringComparer.Ordinal))}.");
}
