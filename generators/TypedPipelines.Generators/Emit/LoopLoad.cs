using System.Collections.Generic;
using System.Linq;
using TypedPipelines.Compilation.Model;

namespace TypedPipelines.Compilation.Emit;

/// <summary>A table that a loop fills. Where of each row one or none is made, those of which none is are noted; where any number, each row's origin.</summary>
internal sealed class LoopLoad
{
    private readonly HashSet<string> _path = [];
    private readonly bool _expanded;

    public LoopLoad(LoadModel model, string rows, Stage stage)
    {
        Model = model;
        Rows = rows;
        for (NodeModel? step = StepOf(stage, model.From); step is not null; step = StepOf(stage, step.From!))
        {
            _path.Add(step.Name);
            _expanded |= step.Form == NodeForm.Expand;
        }
    }

    public LoadModel Model { get; }

    /// <summary>The variable that takes its rows.</summary>
    public string Rows { get; }

    public string Begin(string load) => _expanded
        ? $"global::TypedPipelines.Running.ExpandedRows<{Model.RowType}> {Rows} = {load}.BeginExpanded();"
        : $"global::TypedPipelines.Running.LoadRows<{Model.RowType}> {Rows} = {load}.Begin();";

    public string Add(string row) => _expanded ? $"{Rows}.Add({row}, i);" : $"{Rows}.Add({row});";

    public string End() => _expanded ? $"{Rows}.End();" : $"{Rows}.End(of: rows.Length);";

    /// <summary>Whether there is no row for the table where a step drops one, and that is noted.</summary>
    public bool Misses(NodeModel step) => !_expanded && _path.Contains(step.Name);

    private static NodeModel? StepOf(Stage stage, string name) => stage.Steps.FirstOrDefault(step => step.Name == name);
}
