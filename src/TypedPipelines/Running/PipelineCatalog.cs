using System.Globalization;

namespace TypedPipelines.Running;

/// <summary>The pipelines that the host knows, in an order in which each follows those whose tables it reads.</summary>
public sealed class PipelineCatalog
{
    private readonly List<PipelineRegistration> _ordered;

    /// <summary>Creates the catalog.</summary>
    /// <param name="pipelines">The pipelines registered.</param>
    /// <exception cref="PipelineException">Two pipelines have one name, two load one table, a source accepts a share of rejects that is none, or they read each other's tables in a circle.</exception>
    public PipelineCatalog(IEnumerable<PipelineRegistration> pipelines)
    {
        List<PipelineRegistration> all = [.. pipelines.OrderBy(pipeline => pipeline.Descriptor.Name, StringComparer.Ordinal)];
        RefuseDoubles(all.Select(pipeline => (pipeline.Descriptor.Name, pipeline.Descriptor.Name)), "pipelines are named");
        RefuseDoubles(
            all.SelectMany(pipeline => pipeline.Descriptor.Loads.Select(load => (load.Contract.DisplayName, pipeline.Descriptor.Name))),
            "pipelines load the table");
        RefuseShares(all);
        _ordered = Order(all);
    }

    /// <summary>All pipelines, each after those it depends on.</summary>
    public IReadOnlyList<PipelineRegistration> Pipelines => _ordered;

    /// <summary>Finds a pipeline.</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="PipelineException">There is none of that name.</exception>
    public PipelineRegistration Find(string name) =>
        _ordered.Find(pipeline => pipeline.Descriptor.Name == name)
        ?? throw new PipelineException(
            FailureKind.Usage,
            $"there is no pipeline named '{name}'",
            _ordered.Count == 0
                ? "No pipeline is registered: call AddPipelines() in Program.cs."
                : $"There are: {string.Join(", ", _ordered.Select(pipeline => pipeline.Descriptor.Name))}.");

    /// <summary>The pipeline that loads a table; null where none of the catalog does.</summary>
    /// <param name="table">The table.</param>
    public PipelineRegistration? LoaderOf(TableContract table)
    {
        ArgumentNullException.ThrowIfNull(table);
        return _ordered.Find(pipeline => pipeline.Descriptor.Loads.Any(load => load.Contract.DisplayName == table.DisplayName));
    }

    /// <summary>The pipelines that read a table which a pipeline loads.</summary>
    /// <param name="pipeline">The pipeline.</param>
    public IEnumerable<PipelineRegistration> ReadersOf(PipelineRegistration pipeline)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        return _ordered.Where(other => other != pipeline && Feeds(pipeline, other));
    }

    /// <summary>The pipelines that read a table which a pipeline loads, those that read what these load, and so on.</summary>
    internal IReadOnlySet<PipelineRegistration> AllReadersOf(PipelineRegistration pipeline)
    {
        var all = new HashSet<PipelineRegistration>();
        var found = new Queue<PipelineRegistration>([pipeline]);
        while (found.TryDequeue(out PipelineRegistration? next))
        {
            foreach (PipelineRegistration reader in ReadersOf(next).Where(all.Add))
            {
                found.Enqueue(reader);
            }
        }

        return all;
    }

    /// <summary>The pipelines that begin only when a pipeline has ended: those that read its tables, and those whose rows are checked against them.</summary>
    internal IEnumerable<PipelineRegistration> WaitingFor(PipelineRegistration pipeline) =>
        AllReadersOf(pipeline).Union(_ordered.Where(other => other != pipeline && IsCheckedAgainst(pipeline, other)));

    private static void RefuseDoubles(IEnumerable<(string Name, string Pipeline)> names, string what)
    {
        if (names.GroupBy(name => name.Name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new PipelineException(
                FailureKind.Usage,
                $"{twice.Count()} {what} '{twice.Key}'{(twice.All(name => name.Pipeline == twice.Key) ? "" : $": {string.Join(", ", twice.Select(name => name.Pipeline))}")}",
                "Each must be one pipeline's own; rename or merge them.");
        }
    }

    private static void RefuseShares(List<PipelineRegistration> all)
    {
        foreach (PipelineRegistration pipeline in all)
        {
            // The other way round, so that NaN is refused too: nothing is greater than it, and it would accept everything.
            if (pipeline.Descriptor.Nodes.FirstOrDefault(node => !(node.MaxRejectedShare >= 0 && node.MaxRejectedShare <= 1)) is { } source)
            {
                throw new PipelineException(
                    FailureKind.Usage,
                    string.Create(CultureInfo.InvariantCulture, $"source {source.Name} of the pipeline {pipeline.Descriptor.Name} accepts a share of {source.MaxRejectedShare} rejected rows"),
                    "MaxRejectedShare is a share, from 0 to 1: 0.05 is 5 %.");
            }
        }
    }

    private List<PipelineRegistration> Order(List<PipelineRegistration> all)
    {
        var ordered = new List<PipelineRegistration>();
        var waiting = new List<PipelineRegistration>(all);
        while (waiting.Count > 0)
        {
            // The first by name of those that wait for nothing: the order is the same in every process.
            PipelineRegistration? next = waiting.Find(pipeline => !waiting.Exists(other => other != pipeline && (Feeds(other, pipeline) || IsCheckedAgainst(other, pipeline))))
                ?? waiting.Find(pipeline => !waiting.Exists(other => other != pipeline && Feeds(other, pipeline))); // Tables may be checked against each other.
            if (next is null)
            {
                throw new PipelineException(
                    FailureKind.Usage,
                    $"the pipelines {string.Join(", ", waiting.Select(pipeline => pipeline.Descriptor.Name))} read each other's tables in a circle",
                    "Load the shared table in a pipeline of its own.");
            }

            waiting.Remove(next);
            ordered.Add(next);
        }

        return ordered;
    }

    /// <summary>Whether rows of one pipeline are checked against a table of another: it comes first, though nothing is made of it.</summary>
    private static bool IsCheckedAgainst(PipelineRegistration upstream, PipelineRegistration downstream) => downstream.Descriptor.Loads.Any(
        load => load.Contract.Checks.Any(check => check.OtherTables.Any(other => upstream.Descriptor.Loads.Any(loaded => loaded.Contract.DisplayName == other))));

    private static bool Feeds(PipelineRegistration upstream, PipelineRegistration downstream) => downstream.Descriptor.Reads.Any(
        read => upstream.Descriptor.Loads.Any(load => load.Contract.DisplayName == read.DisplayName));
}
