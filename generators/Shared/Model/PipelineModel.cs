using System.Collections.Generic;
using System.Linq;

namespace TypedPipelines.Compilation.Model;

/// <summary>
/// What is generated for one class: the pipeline's own file, and beside it a file for each contract, each CSV row and each row of a result. They are
/// apart, so that an edit of a column leaves the pipeline equal.
/// </summary>
internal sealed record ParsedPipeline(PipelineModel Pipeline, EquatableArray<ContractModel> Contracts, EquatableArray<CsvModel> CsvRows)
{
    /// <summary>The rows of SQL steps that have no table.</summary>
    public EquatableArray<ResultModel> Results { get; init; } = EquatableArray<ResultModel>.Empty;
}

/// <summary>A pipeline, as its own file needs it: plain values, so that an edit elsewhere leaves it equal.</summary>
internal sealed record PipelineModel(
    string Namespace,
    string ClassName,
    string Name,
    string? Owner,
    string? Description,
    PartitionsModel Partitions,
    EquatableArray<NodeModel> Nodes,
    EquatableArray<LookupModel> Lookups,
    EquatableArray<LoadModel> Loads,
    EquatableArray<TableModel> Tables)
{
    /// <summary>When it is run; null where nothing is declared.</summary>
    public ScheduleModel? Schedule { get; init; }

    /// <summary>The summary of the class; null where it has none.</summary>
    public string? Summary { get; init; }

    /// <summary>The services that the constructor takes, in order; null where every source and step is static.</summary>
    public EquatableArray<ServiceModel>? Constructor { get; init; }

    /// <summary>The names that generated members cannot have, of those that they would: members of the class have them.</summary>
    public EquatableArray<string> TakenNames { get; init; } = EquatableArray<string>.Empty;

    /// <summary>Whether the class is marked as another tool's work already, which it can be once.</summary>
    public bool IsMarkedGenerated { get; init; }

    /// <summary>What the compiler says of whoever uses what the pipeline uses.</summary>
    public ObsoleteModel Obsolete { get; init; } = ObsoleteModel.None;

    /// <summary>What the compiler says of whoever uses the pipeline's class.</summary>
    public ObsoleteModel ClassObsolete { get; init; } = ObsoleteModel.None;

    public NodeModel Node(string name) => Nodes.First(node => node.Name == name);

    public TableModel Table(string rowType) => Tables.First(table => table.Row.Type == rowType);

    /// <summary>Whether the table of a row type is read whole, whatever the partition: in a lookup, or by a source that asks for no partition.</summary>
    public bool ReadsWhole(string rowType) =>
        Lookups.Any(lookup => lookup.From is null && lookup.RowType == rowType)
        || Nodes.Any(node => node.Form == NodeForm.TableSource && node.OutputType == rowType && node.Parameters.All(parameter => parameter.Form != ParameterForm.Partition));

    public IEnumerable<NodeModel> ConsumersOf(string producer) => Nodes.Where(node => node.From == producer);
}

/// <summary>When a pipeline is run.</summary>
/// <param name="Cron">Cron's five fields.</param>
/// <param name="TimeZone">The time zone whose clock is meant.</param>
internal sealed record ScheduleModel(string Cron, string TimeZone);

/// <summary>A service that a pipeline's constructor takes.</summary>
/// <param name="Type">Its type, fully qualified, without null-ness.</param>
/// <param name="Optional">Whether null is taken where there is none.</param>
/// <param name="Parameter">The parameter's name, where one before it is left out; null where its place says which it is.</param>
internal sealed record ServiceModel(string Type, bool Optional, string? Parameter = null);

/// <summary>How a pipeline's work is cut into partitions.</summary>
/// <param name="Scheme">The factory on the runtime's <c>PartitionScheme</c>: <c>Daily</c>, <c>Hourly</c>, <c>Monthly</c>, <c>Quarterly</c>, <c>Yearly</c>; null for no partitions.</param>
/// <param name="PartitionType">The type of the partition that steps get.</param>
/// <param name="Start">The first partition.</param>
/// <param name="End">The first no longer planned.</param>
/// <param name="TimeZone">The time zone.</param>
/// <param name="AllowPartial">Whether a window that has not ended may be loaded.</param>
/// <param name="LookBack">How many of the last complete windows are loaded again when a new one is.</param>
internal sealed record PartitionsModel(string? Scheme, string PartitionType, string Start, string? End, string TimeZone, bool AllowPartial, int LookBack)
{
    /// <summary>How long after the end of its window a partition is due, as the attribute says; null where nothing is.</summary>
    public string? DueWithin { get; init; }
}

/// <summary>A table that the pipeline loads or reads.</summary>
/// <param name="Row">The type of its rows.</param>
/// <param name="Name">The table's name.</param>
/// <param name="Schema">The schema's name; null for the destination's default.</param>
internal sealed record TableModel(TypeName Row, string Name, string? Schema)
{
    /// <summary>The name by which the runtime tells tables apart.</summary>
    public string DisplayName => Schema is null ? Name : $"{Schema}.{Name}";
}

/// <summary>A load: which node's rows go into the table of which row type.</summary>
internal sealed record LoadModel(string RowType, string From);

/// <summary>A lookup that steps ask for.</summary>
/// <param name="KeyType">The key's type, fully qualified.</param>
/// <param name="RowType">The row's type, fully qualified.</param>
/// <param name="RowName">The row type's own name.</param>
/// <param name="KeyMembers">The row's key members, in order; several are looked up by a tuple of them.</param>
/// <param name="From">The node of this pipeline that gives the rows; null where they are read from the row's table.</param>
internal sealed record LookupModel(string KeyType, string RowType, string RowName, EquatableArray<string> KeyMembers, string? From)
{
    /// <summary>Whether it is what a parameter asks for.</summary>
    public bool Serves(ParameterModel parameter) => parameter.Form == ParameterForm.Lookup && parameter.RowType == RowType && parameter.From == From;
}

/// <summary>A row type read from CSV.</summary>
/// <param name="Row">The row type.</param>
/// <param name="Fields">Its fields, in order.</param>
internal sealed record CsvModel(RowModel Row, EquatableArray<CsvFieldModel> Fields);

/// <summary>A field of a CSV row.</summary>
/// <param name="Column">The name looked for in the header.</param>
/// <param name="Member">The row's member.</param>
/// <param name="Type">The member's type, fully qualified, without null-ness.</param>
/// <param name="Nullable">Whether an empty field is null.</param>
/// <param name="IsEnum">Whether the type is an enum.</param>
/// <param name="TakesFormat">Whether the type is a date or time.</param>
/// <param name="Format">The exact format of a date or time.</param>
internal sealed record CsvFieldModel(string Column, string Member, string Type, bool Nullable, bool IsEnum, bool TakesFormat, string? Format)
{
    /// <summary>Whether null may be handed over where the row is made.</summary>
    public bool TakesNull { get; init; } = true;
}
