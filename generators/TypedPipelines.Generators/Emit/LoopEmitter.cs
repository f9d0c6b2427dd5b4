using System.Collections.Generic;
using System.Linq;
using TypedPipelines.Compilation.Model;

namespace TypedPipelines.Compilation.Emit;

/// <summary>
/// Writes the fused loop of a stage: one pass over a batch, with direct calls of the user's methods. The last branch of
/// each row drops it with <c>continue</c>; branches before it, and those inside an expanded row, nest.
/// </summary>
internal sealed class LoopEmitter
{
    private readonly SourceWriter _writer;
    private readonly PipelineModel _pipeline;
    private readonly Stage _stage;
    private readonly RunNames _names;
    private readonly NameScope _scope;
    private readonly Dictionary<string, string> _counters = [];
    private readonly List<(LoadModel Load, string Rows)> _loads = [];

    public LoopEmitter(SourceWriter writer, PipelineModel pipeline, Stage stage, RunNames names)
    {
        _writer = writer;
        _pipeline = pipeline;
        _stage = stage;
        _names = names;
        _scope = new NameScope([.. names.LoopParameters(stage).Select(parameter => parameter.Name), .. pipeline.Nodes.Select(node => node.Name), "rows", "i"]);
        foreach (NodeModel step in stage.Steps)
        {
            if (step.Form is NodeForm.Filter or NodeForm.FilterMap)
            {
                _counters[step.Name] = _scope.Take(Text.Camel(step.Name).TrimStart('@') + "Dropped");
            }
            else if (step.Form == NodeForm.Expand)
            {
                _counters[step.Name] = _scope.Take(Text.Camel(step.Name).TrimStart('@') + "Given");
            }
        }

        foreach (LoadModel load in pipeline.Loads.Where(load => stage.Gives(load.From)))
        {
            _loads.Add((load, _scope.Take(names.Load(load) + "Rows")));
        }
    }

    public void Emit()
    {
        _writer.Line($"/// <summary>{Text.Xml(StageText.Describe(_pipeline, _stage))}</summary>").Obsolete(_pipeline.Obsolete);
        _writer.Line($"private static void {_names.Loop(_stage)}(");
        using (_writer.Indent())
        {
            _writer.Line(string.Join(",\n", _names.LoopParameters(_stage).Select(parameter => $"{parameter.Type} {parameter.Name}")) + ")");
        }

        using (_writer.Braces(""))
        {
            _writer.Line($"global::System.ReadOnlySpan<{_stage.Root.OutputType}> rows = batch.Rows;");
            foreach (NodeModel step in _stage.Steps.Where(step => _counters.ContainsKey(step.Name)))
            {
                _writer.Line($"long {_counters[step.Name]} = 0;");
            }

            foreach ((LoadModel load, string into) in _loads)
            {
                _writer.Line($"global::TypedPipelines.Running.LoadRows<{load.RowType}> {into} = {_names.Load(load)}.Begin();");
            }

            using (_writer.Braces("for (int i = 0; i < rows.Length; i++)"))
            {
                string row = _scope.Take(Text.Camel(_stage.Root.OutputName));
                string reference = _stage.Root.OutputIsStruct ? "ref readonly " : "";
                string value = _stage.Root.OutputIsStruct ? "ref rows[i]" : "rows[i]";
                if (_stage.Steps.Count > 0)
                {
                    _writer.Line("at.Row = i;");
                }

                _writer.Line($"{reference}{_stage.Root.OutputType} {row} = {value};");
                EmitConsumers(_stage.Root, row, mayContinue: true);
            }

            foreach ((_, string into) in _loads)
            {
                _writer.Line($"{into}.End();");
            }

            EmitCounts();
        }
    }

    private void EmitConsumers(NodeModel node, string row, bool mayContinue)
    {
        foreach ((_, string into) in _loads.Where(each => each.Load.From == node.Name))
        {
            _writer.Line($"{into}.Add({row}, i);");
        }

        foreach (string sink in _names.SinksOf(node, row, "i"))
        {
            _writer.Line(sink);
        }

        NodeModel[] steps = [.. _stage.Steps.Where(step => step.From == node.Name)];
        for (int i = 0; i < steps.Length; i++)
        {
            EmitStep(steps[i], row, mayContinue && i == steps.Length - 1);
        }
    }

    private void EmitStep(NodeModel step, string row, bool mayContinue)
    {
        string call = _names.Call(step, row);
        _writer.Line().Line($"at.Step = {Text.Literal(IndexOf(step))}; // {step.Name}");
        switch (step.Form)
        {
            case NodeForm.Map:
                string mapped = Variable(step);
                _writer.Line($"{step.OutputType} {mapped} = {call};");
                EmitConsumers(step, mapped, mayContinue);
                break;
            case NodeForm.Filter:
                EmitDropping(step, row, call, $"!{call}", mayContinue);
                break;
            case NodeForm.FilterMap:
                string kept = Variable(step);
                EmitDropping(step, kept, $"{call} is {{ }} {kept}", $"{call} is not {{ }} {kept}", mayContinue);
                break;
            case NodeForm.Expand:
                string each = Variable(step);
                using (_writer.Braces($"foreach ({step.OutputType} {each} in at.Given({call}))"))
                {
                    _writer.Line($"{_counters[step.Name]}++;");
                    EmitConsumers(step, each, mayContinue: false);
                    if (_stage.Steps.Any(next => next.From == step.Name))
                    {
                        // A lazy sequence runs on when the next row is asked for: what it throws then is this step's.
                        _writer.Line().Line($"at.Step = {Text.Literal(IndexOf(step))};");
                    }
                }

                break;
        }
    }

    private void EmitDropping(NodeModel step, string row, string keeps, string drops, bool mayContinue)
    {
        if (mayContinue)
        {
            using (_writer.Braces($"if ({drops})"))
            {
                _writer.Line($"{_counters[step.Name]}++;").Line("continue;");
            }

            EmitConsumers(step, row, mayContinue: true);
            return;
        }

        using (_writer.Braces($"if ({keeps})"))
        {
            EmitConsumers(step, row, mayContinue: false);
        }

        using (_writer.Braces("else"))
        {
            _writer.Line($"{_counters[step.Name]}++;");
        }
    }

    private void EmitCounts()
    {
        var given = new Dictionary<string, string> { [_stage.Root.Name] = "rows.Length" };
        if (_stage.Steps.Count > 0)
        {
            _writer.Line();
        }

        foreach (NodeModel step in _stage.Steps)
        {
            string came = given[step.From!];
            string went = step.Form switch
            {
                NodeForm.Filter or NodeForm.FilterMap => $"{came} - {_counters[step.Name]}",
                NodeForm.Expand => _counters[step.Name],
                _ => came,
            };
            _writer.Line($"run.Count({Text.Literal(step.Name)}).Add({came}, {went});");
            given[step.Name] = went;
        }
    }

    private string Variable(NodeModel step) => _scope.Take(Text.Camel(step.OutputName));

    private int IndexOf(NodeModel step)
    {
        int index = 0;
        while (_stage.Steps[index].Name != step.Name)
        {
            index++;
        }

        return index;
    }
}
