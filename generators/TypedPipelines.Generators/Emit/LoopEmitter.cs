using System.Collections.Generic;
using System.Linq;
using TypedPipelines.Compilation.Model;

namespace TypedPipelines.Compilation.Emit;

/// <summary>
/// Writes the fused loop of a stage: one pass over a batch, with direct calls of the user's methods. The last branch of
/// each row drops it with <c>continue</c>; branches before it, and those inside an expanded row, nest. Where a row comes from and which
/// step has it is not noted on the way, which would cost as much as a cheap step: each call has a handler of its own, which knows.
/// </summary>
internal sealed class LoopEmitter
{
    private readonly SourceWriter _writer;
    private readonly PipelineModel _pipeline;
    private readonly Stage _stage;
    private readonly RunNames _names;
    private readonly NameScope _scope;
    private readonly Dictionary<string, string> _counters = [];
    private readonly List<LoopLoad> _loads = [];

    public LoopEmitter(SourceWriter writer, PipelineModel pipeline, Stage stage, RunNames names)
    {
        _writer = writer;
        _pipeline = pipeline;
        _stage = stage;
        _names = names;
        _scope = new NameScope([.. names.LoopParameters(stage).Select(parameter => parameter.Name), .. pipeline.Nodes.Select(node => node.Name), "rows", "i", "at", "exception"]);
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
            _loads.Add(new LoopLoad(load, _scope.Take(names.Load(load) + "Rows"), stage));
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

            foreach (LoopLoad load in _loads)
            {
                _writer.Line(load.Begin(_names.Load(load.Model)));
            }

            using (_writer.Braces("for (int i = 0; i < rows.Length; i++)"))
            {
                string row = _scope.Take(Text.Camel(_stage.Root.OutputName));
                if (_stage.Steps.Count > 0)
                {
                    _writer.Line("int at = i; // For the handlers: what they read is kept in memory, and the loop's own counter need not be.");
                }

                // A copy: a step that does nothing which can fail but read from its row needs no handler, and the compiler leaves it out.
                _writer.Line($"{_stage.Root.OutputType} {row} = rows[i];");
                EmitConsumers(_stage.Root, row, mayContinue: true);
            }

            foreach (LoopLoad load in _loads)
            {
                _writer.Line(load.End());
            }

            EmitCounts();
        }
    }

    /// <summary>Writes what a row goes into; <paramref name="apart"/> from what is above it.</summary>
    private void EmitConsumers(NodeModel node, string row, bool mayContinue, bool apart = false)
    {
        string[] sinks = [.. _loads.Where(load => load.Model.From == node.Name).Select(load => load.Add(row)), .. _names.SinksOf(node, row, "i")];
        if (apart && sinks.Length > 0)
        {
            _writer.Line();
        }

        foreach (string sink in sinks)
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
        _writer.Line().Line("// " + step.Name);
        switch (step.Form)
        {
            case NodeForm.Map:
                string mapped = EmitCall(step, step.OutputType, Text.Camel(step.OutputName), call);
                EmitConsumers(step, mapped, mayContinue, apart: true);
                break;
            case NodeForm.Filter:
                string keeps = EmitCall(step, "bool", Text.Camel(step.Name) + "Kept", call);
                EmitDropping(step, row, keeps, $"!{keeps}", mayContinue);
                break;
            case NodeForm.FilterMap:
                string given = EmitCall(step, step.OutputType + "?", Text.Camel(step.OutputName) + "OrNull", call);
                string kept = Variable(step);
                EmitDropping(step, kept, $"{given} is {{ }} {kept}", $"{given} is not {{ }} {kept}", mayContinue);
                break;
            case NodeForm.Expand:
                // A lazy sequence runs on when the next row is asked for: what it throws then is this step's.
                using (_writer.Braces("try"))
                {
                    EmitExpanded(step, call);
                }

                _writer.Line(Handler(step));
                break;
        }
    }

    /// <summary>Writes the call of a step; what it throws is told with the step and the row.</summary>
    /// <returns>The variable that has what it gave.</returns>
    private string EmitCall(NodeModel step, string type, string name, string call)
    {
        string given = _scope.Take(name);
        _writer.Line($"{type} {given};").Line($"try {{ {given} = {call}; }}").Line(Handler(step));
        return given;
    }

    private static string Handler(NodeModel step) =>
        $"catch (global::System.Exception exception) when (run.IsFailure(exception)) {{ throw run.StepFailed(exception, {Text.Literal(step.Name)}, batch, at); }}";

    private void EmitExpanded(NodeModel step, string call)
    {
        string each = Variable(step);
        using (_writer.Braces($"foreach ({step.OutputType} {each} in global::TypedPipelines.Running.StepRows.Given({call}))"))
        {
            _writer.Line($"{_counters[step.Name]}++;");
            EmitConsumers(step, each, mayContinue: false);
        }
    }

    private void EmitDropping(NodeModel step, string row, string keeps, string drops, bool mayContinue)
    {
        _writer.Line();
        if (mayContinue)
        {
            using (_writer.Braces($"if ({drops})"))
            {
                EmitDropped(step);
                _writer.Line("continue;");
            }

            EmitConsumers(step, row, mayContinue: true, apart: true);
            return;
        }

        using (_writer.Braces($"if ({keeps})"))
        {
            EmitConsumers(step, row, mayContinue: false);
        }

        using (_writer.Braces("else"))
        {
            EmitDropped(step);
        }
    }

    private void EmitDropped(NodeModel step)
    {
        _writer.Line($"{_counters[step.Name]}++;");
        foreach (LoopLoad load in _loads.Where(load => load.Misses(step)))
        {
            _writer.Line($"{load.Rows}.Skip(i);");
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
}
