using TypedPipelines.Schedules;

namespace TypedPipelines;

/// <summary>A pipeline's graph as data: what <c>list</c> shows and what the accounting of rows is checked against.</summary>
public sealed class PipelineDescriptor
{
    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>Who is called when it fails; null where nobody is named.</summary>
    public string? Owner { get; init; }

    /// <summary>What it is for; null where nothing is said.</summary>
    public string? Description { get; init; }

    /// <summary>What its class says of itself: the summary in the code. Null where there is none.</summary>
    public string? Summary { get; init; }

    /// <summary>How its work is cut into partitions.</summary>
    public required PartitionScheme Partitions { get; init; }

    /// <summary>When <c>serve</c> runs it; null where nothing is declared.</summary>
    public PipelineSchedule? Schedule { get; init; }

    /// <summary>Its sources and steps, each after all that it takes rows from.</summary>
    public required IReadOnlyList<NodeDescriptor> Nodes { get; init; }

    /// <summary>The tables it loads, in the order in which they are published.</summary>
    public required IReadOnlyList<LoadDescriptor> Loads { get; init; }

    /// <summary>Its SQL steps, which are nodes, too.</summary>
    public IReadOnlyList<SqlStepDescriptor> SqlSteps { get; init; } = [];

    /// <summary>The tables that it reads and does not load: other pipelines must have loaded them before.</summary>
    public IReadOnlyList<TableContract> Reads { get; init; } = [];

    /// <summary>Those of <see cref="Reads"/> that it reads whole, whatever its partition: lookups, and sources that ask for no partition.</summary>
    public IReadOnlyList<TableContract> WholeReads { get; init; } = [];

    /// <summary>The logic of its steps, by which a change of code is found out; null where it is not known.</summary>
    public PipelineLogic? Logic { get; init; }

    /// <summary>Where the members of its rows come from, step by step; null where it is not known. <see cref="TableLineage.Of"/> follows it from table to source.</summary>
    public PipelineLineage? Lineage { get; init; }
}
