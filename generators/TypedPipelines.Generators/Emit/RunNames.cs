using System.Collections.Generic;
using System.Linq;
using TypedPipelines.Compilation.Model;

namespace TypedPipelines.Compilation.Emit;

/// <summary>A parameter of a generated loop, with what the run method passes for it.</summary>
/// <param name="Type">Its type.</param>
/// <param name="Name">Its name, in the loop and in the run method.</param>
/// <param name="FromReader">The member of the stage's reader that is passed; null where it is the local variable of the same name.</param>
internal sealed record LoopParameter(string Type, string Name, string? FromReader = null)
{
    public string Argument(string reader) => FromReader is null ? Name : $"{reader}.{FromReader}";
}

/// <summary>The names of the run method's local variables, each once.</summary>
internal sealed class RunNames
{
    private const string Runtime = "global::TypedPipelines.";
    private const string Running = "global::TypedPipelines.Running.";

    /// <summary>The local variables that every pipeline has.</summary>
    private static readonly string[] Fixed = ["run", "cancellationToken", "at", "exception", "batch", "rows", "i", "row", "token"];

    private readonly PipelineModel _pipeline;
    private readonly MemberNames _members;
    private readonly Dictionary<string, string> _readers = [];
    private readonly Dictionary<LookupModel, string> _lookups = [];
    private readonly Dictionary<LoadModel, string> _loads = [];
    private readonly Dictionary<string, string> _collectors = [];
    private readonly List<(string Name, string Type)> _collectorTypes = [];
    private readonly Dictionary<string, (string Input, string Function)> _inputs = [];

    public RunNames(PipelineModel pipeline)
    {
        _pipeline = pipeline;
        _members = new MemberNames(pipeline);
        // A local variable must not hide a method that is called.
        var scope = new NameScope([.. Fixed, .. pipeline.Nodes.Select(node => node.Name)]);
        Self = scope.Take("pipeline");
        Partition = scope.Take(Text.Camel(pipeline.Partitions.PartitionType.Replace("Partition", "")));
        foreach (LookupModel lookup in pipeline.Lookups)
        {
            _lookups[lookup] = scope.Take(Text.Camel(lookup.RowName) + "Lookup");
            if (lookup.From is not null)
            {
                Collect(CollectorKey(lookup), scope.Take(Text.Camel(lookup.RowName) + "LookupRows"), lookup.RowType);
            }
        }

        foreach (LoadModel load in pipeline.Loads)
        {
            _loads[load] = scope.Take(Text.Camel(pipeline.Table(load.RowType).Row.Name) + "Load");
        }

        foreach (NodeModel node in pipeline.Nodes)
        {
            if (node.IsWholeSet)
            {
                Collect("step " + node.Name, scope.Take(Text.Camel(node.Name) + "Rows"), node.InputType!);
                _inputs[node.Name] = (scope.Take(Text.Camel(node.Name) + "Input"), scope.Take("Give" + node.Name));
            }

            if (node.IsSource || node.IsWholeSet || node.IsAsync)
            {
                _readers[node.Name] = scope.Take(Text.Camel(node.Name) + (node.IsAsync ? "Step" : "Reader"));
            }
        }
    }

    /// <summary>The object whose methods are the steps that are not static.</summary>
    public string Self { get; }

    public string SelfType => $"global::{(_pipeline.Namespace.Length == 0 ? "" : _pipeline.Namespace + ".")}{Text.Identifier(_pipeline.ClassName)}";

    public string Partition { get; }

    /// <summary>The lists in which rows wait for the end of a stage.</summary>
    public IReadOnlyList<(string Name, string Type)> Collectors => _collectorTypes;

    public string Reader(Stage stage) => _readers[stage.Root.Name];

    public string Loop(Stage stage) => _members.Loop(stage.Root.Name);

    public string Load(LoadModel load) => _loads[load];

    public string Lookup(LookupModel lookup) => _lookups[lookup];

    public string LookupType(LookupModel lookup) => $"{Runtime}RowLookup<{lookup.KeyType}, {lookup.RowType}>";

    public string Collector(LookupModel lookup) => _collectors[CollectorKey(lookup)];

    public string Collector(NodeModel wholeSet) => _collectors["step " + wholeSet.Name];

    /// <summary>The rows that a step pulls from the stage before it.</summary>
    public string Input(NodeModel wholeSet) => _inputs[wholeSet.Name].Input;

    public string InputType(NodeModel wholeSet) => $"{Running}StepInput<{wholeSet.InputType}>";

    /// <summary>The local function that gives a step its rows.</summary>
    public string Giving(NodeModel wholeSet) => _inputs[wholeSet.Name].Function;

    /// <summary>The call of a source or step: by its bare name, unless a local variable has that name.</summary>
    public string Call(NodeModel node, string? row, string cancellation = "cancellationToken")
    {
        string on = node.IsInstance ? Self + "." : node.Owner is { } owner ? owner + "." : Fixed.Contains(node.Name) ? SelfType + "." : "";
        return $"{on}{Text.Identifier(node.Name)}({string.Join(", ", node.Parameters.Select(parameter => Argument(node, parameter, row, cancellation)))})";
    }

    /// <summary>The type of what calls an asynchronous step.</summary>
    public string AsyncType(NodeModel step) => step.Form switch
    {
        NodeForm.AsyncFilter => $"{Running}AsyncFilter<{step.OutputType}>",
        NodeForm.AsyncExpand => $"{Running}AsyncExpand<{step.InputType}, {step.OutputType}>",
        _ => $"{Running}AsyncStep<{step.InputType}, {step.OutputType}>",
    };

    public string Async(NodeModel step) => _readers[step.Name];

    /// <summary>What is passed for a parameter of a source or step.</summary>
    private string Argument(NodeModel node, ParameterModel parameter, string? row, string cancellation) => parameter.Form switch
    {
        ParameterForm.Rows when parameter.Exactly => $"(global::System.Collections.Generic.IEnumerable<{node.InputType}>){row}",
        ParameterForm.Row or ParameterForm.Rows or ParameterForm.AsyncRows => row!,
        ParameterForm.Partition => parameter is { Exactly: true, AsAnyPartition: true } ? $"({Runtime}Partition){Partition}" : Partition,
        ParameterForm.RunContext => "run.Context",
        ParameterForm.CancellationToken => cancellation,
        _ => LookupArgument(_pipeline.Lookups.First(lookup => lookup.Serves(parameter))),
    };

    private static string CollectorKey(LookupModel lookup) => $"lookup {lookup.RowType} of {lookup.From}";

    // Steps may differ in which parts of the key they take for null.
    private string LookupArgument(LookupModel lookup) => _lookups[lookup] + (lookup.KeyType.Contains("?") ? "!" : "");

    /// <summary>What the rows that a node gives go into, besides other steps: a table, a whole-set step, a lookup.</summary>
    public IEnumerable<string> SinksOf(NodeModel node, string row, string from)
    {
        foreach (NodeModel step in _pipeline.ConsumersOf(node.Name).Where(step => step.IsWholeSet))
        {
            yield return $"{Collector(step)}.Add({row});";
        }

        foreach (NodeModel step in _pipeline.ConsumersOf(node.Name).Where(step => step.IsAsync))
        {
            yield return $"{Async(step)}.Add({row}, {from});";
        }

        foreach (LookupModel lookup in _pipeline.Lookups.Where(lookup => lookup.From == node.Name))
        {
            yield return $"{Collector(lookup)}.Add({row});";
        }
    }

    /// <summary>The parameters of a stage's loop: what its steps ask for, and what takes its rows.</summary>
    public IReadOnlyList<LoopParameter> LoopParameters(Stage stage)
    {
        var parameters = new List<LoopParameter> { new($"{Runtime}RowBatch<{stage.Root.OutputType}>", "batch", "Batch") };
        if (stage.Steps.Count > 0)
        {
            parameters.Add(new LoopParameter(Running + "PartitionRun", "run"));
        }

        if (stage.Steps.Any(step => step.IsInstance))
        {
            parameters.Add(new LoopParameter(SelfType, Self));
        }

        ParameterModel[] asked = [.. stage.Steps.SelectMany(step => step.Parameters)];
        if (asked.Any(parameter => parameter.Form == ParameterForm.Partition))
        {
            parameters.Add(new LoopParameter(Runtime + _pipeline.Partitions.PartitionType, Partition));
        }

        foreach (LookupModel lookup in _pipeline.Lookups.Where(lookup => asked.Any(lookup.Serves)))
        {
            parameters.Add(new LoopParameter(LookupType(lookup), Lookup(lookup)));
        }

        foreach (LoadModel load in _pipeline.Loads.Where(load => stage.Gives(load.From)))
        {
            parameters.Add(new LoopParameter($"{Running}LoadInput<{load.RowType}>", Load(load)));
        }

        foreach (NodeModel step in _pipeline.Nodes.Where(node => node.IsWholeSet && stage.Gives(node.From!)))
        {
            parameters.Add(new LoopParameter($"global::System.Collections.Generic.List<{step.InputType}>", Collector(step)));
        }

        foreach (Stage inner in stage.Inner)
        {
            parameters.Add(new LoopParameter(AsyncType(inner.Root), Async(inner.Root)));
        }

        foreach (LookupModel lookup in _pipeline.Lookups.Where(lookup => lookup.From is { } from && stage.Gives(from)))
        {
            parameters.Add(new LoopParameter($"global::System.Collections.Generic.List<{lookup.RowType}>", Collector(lookup)));
        }

        if (asked.Any(parameter => parameter.Form == ParameterForm.CancellationToken))
        {
            parameters.Add(new LoopParameter("global::System.Threading.CancellationToken", "cancellationToken"));
        }

        return parameters;
    }

    private void Collect(string key, string name, string type)
    {
        _collectors[key] = name;
        _collectorTypes.Add((name, type));
    }
}
