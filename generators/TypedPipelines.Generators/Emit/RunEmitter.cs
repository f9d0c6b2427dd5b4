using System.Collections.Generic;
using System.Linq;
using TypedPipelines.Compilation.Model;

namespace TypedPipelines.Compilation.Emit;

/// <summary>
/// Writes the run method of a pipeline: lookups and tables are opened, then stage after stage reads its rows in batches, sends
/// each batch through one loop, and flushes what that made. A stage whose rows the next one pulls is a local function of it.
/// </summary>
internal sealed class RunEmitter
{
    private const string Runtime = "global::TypedPipelines.";
    private const string Running = "global::TypedPipelines.Running.";
    private const string Await = ".ConfigureAwait(false)";

    private readonly SourceWriter _writer;
    private readonly PipelineModel _pipeline;
    private readonly IReadOnlyList<Stage> _stages;
    private readonly RunNames _names;

    public RunEmitter(SourceWriter writer, PipelineModel pipeline)
    {
        _writer = writer;
        _pipeline = pipeline;
        _stages = Stages.Plan(pipeline.Nodes, pipeline.Lookups).Ordered;
        _names = new RunNames(pipeline);
    }

    public void Emit()
    {
        _writer.Line("/// <inheritdoc/>").Obsolete(_pipeline.Obsolete);
        using (_writer.Braces($"static async global::System.Threading.Tasks.Task {Runtime}IPipeline.RunAsync({Running}PartitionRun run, global::System.Threading.CancellationToken cancellationToken)"))
        {
            EmitPartition();
            EmitObject();
            EmitTables();
            foreach (IReadOnlyList<Stage> chain in StageChains.Of(_stages, _pipeline.Lookups))
            {
                EmitChain(chain);
            }
        }

        foreach (Stage stage in _stages.SelectMany(stage => stage.All))
        {
            _writer.Line();
            new LoopEmitter(_writer, _pipeline, stage, _names).Emit();
        }
    }

    private void EmitPartition()
    {
        if (_pipeline.Nodes.Any(node => node.Form != NodeForm.SqlStep && node.Parameters.Any(parameter => parameter.Form == ParameterForm.Partition)))
        {
            _writer.Line($"var {_names.Partition} = ({Runtime}{_pipeline.Partitions.PartitionType})run.Partition;");
        }
    }

    private void EmitObject()
    {
        if (_pipeline.Constructor is { } services)
        {
            string arguments = string.Join(", ", services.Select(service => $"{(service.Parameter is { } name ? Text.Identifier(name) + ": " : "")}run.{(service.Optional ? "OptionalService" : "Service")}<{service.Type}>()"));
            _writer.Line($"var {_names.Self} = run.Own(new {_names.SelfType}({arguments}));");
        }
    }

    private void EmitTables()
    {
        foreach (LookupModel lookup in _pipeline.Lookups.Where(lookup => lookup.From is null))
        {
            string table = ContractEmitter.QualifiedName(_pipeline.Table(lookup.RowType).Row);
            _writer.Line($"{_names.LookupType(lookup)} {_names.Lookup(lookup)} = await run.LookupAsync({table}.Instance, {Key(lookup)}, cancellationToken){Await};");
        }

        foreach (LoadModel load in _pipeline.Loads)
        {
            string table = ContractEmitter.QualifiedName(_pipeline.Table(load.RowType).Row);
            _writer.Line($"{Running}LoadInput<{load.RowType}> {_names.Load(load)} = await run.OpenLoadAsync({table}.Instance, cancellationToken){Await};");
        }

        foreach (NodeModel step in _pipeline.Nodes.Where(node => node.IsAsync))
        {
            string made = step.Form switch
            {
                NodeForm.AsyncFilter => $"AsyncFilter<{step.OutputType}>",
                NodeForm.AsyncExpand => $"AsyncExpand<{step.InputType}, {step.OutputType}>",
                _ => $"Async<{step.InputType}, {step.OutputType}>",
            };
            string drops = step.Form switch
            {
                NodeForm.AsyncFilterMap => ", drops: true",
                NodeForm.AsyncMap => ", drops: false",
                _ => "",
            };
            string retries = step.Async!.Retries == 0 ? "" : $", retries: {Text.Literal(step.Async.Retries)}, delayMilliseconds: {Text.Literal(step.Async.DelayMilliseconds)}";
            _writer.Line($"{_names.AsyncType(step)} {_names.Async(step)} = run.{made}({Text.Literal(step.Name)}, concurrency: {Text.Literal(step.Async.MaxConcurrency)}{drops}{retries});");
        }

        foreach ((string name, string type) in _names.Collectors)
        {
            _writer.Line($"var {name} = new global::System.Collections.Generic.List<{type}>();");
        }
    }

    private static string Key(LookupModel lookup)
    {
        string[] members = [.. lookup.KeyMembers.Select(member => "row." + Text.Identifier(member))];
        return "static row => " + (members.Length == 1 ? members[0] : $"({string.Join(", ", members)})");
    }

    private void EmitChain(IReadOnlyList<Stage> chain)
    {
        for (int i = 0; i < chain.Count; i++)
        {
            NodeModel? pulledBy = i + 1 < chain.Count ? chain[i + 1].Root : null;
            _writer.Line().Line("// " + Text.Comment(StageText.Describe(_pipeline, chain[i])));
            if (pulledBy is null)
            {
                EmitStage(chain[i], null, pulls: i > 0);
                continue;
            }

            string giving = _names.Giving(pulledBy);
            using (_writer.Braces($"async global::System.Collections.Generic.IAsyncEnumerable<{pulledBy.InputType}> {giving}()"))
            {
                EmitStage(chain[i], pulledBy, pulls: i > 0);
            }

            _writer.Line().Line($"{_names.InputType(pulledBy)} {_names.Input(pulledBy)} = run.Stream({Text.Literal(pulledBy.Name)}, {giving}());");
        }

        foreach (LookupModel lookup in _pipeline.Lookups.Where(lookup => lookup.From is { } from && chain.SelectMany(stage => stage.All).Any(part => part.Gives(from))))
        {
            _writer.Line($"{_names.LookupType(lookup)} {_names.Lookup(lookup)} = {_names.LookupType(lookup)}.From({_names.Collector(lookup)}, {Key(lookup)});");
        }
    }

    private void EmitStage(Stage stage, NodeModel? pulledBy, bool pulls)
    {
        string reader = _names.Reader(stage);
        string type = $"{Running}SourceReader<{stage.Root.OutputType}>";
        if (stage.Root.IsWholeSet && !pulls)
        {
            _writer.Line($"run.Count({Text.Literal(stage.Root.Name)}).Add({_names.Collector(stage.Root)}.Count, 0);");
        }

        _writer.Line($"{type} {reader} = {Open(stage.Root, pulls)};");
        _writer.Line($"await using (global::System.Runtime.CompilerServices.ConfiguredAsyncDisposable _ = {reader}{Await})");
        using (_writer.Braces(""))
        {
            using (_writer.Braces($"while (await {reader}.ReadAsync(cancellationToken){Await})"))
            {
                EmitPass(stage, reader);
                if (pulledBy is not null)
                {
                    EmitHandOver(pulledBy);
                }
            }
        }
    }

    private void EmitHandOver(NodeModel pulledBy)
    {
        string rows = _names.Collector(pulledBy);
        using (_writer.Line().Braces($"foreach ({pulledBy.InputType} row in {rows})"))
        {
            _writer.Line("yield return row;");
        }

        _writer.Line().Line($"{rows}.Clear();");
    }

    /// <summary>What is done with a batch: its loop, its tables, and then the rows that it gave to asynchronous steps.</summary>
    private void EmitPass(Stage stage, string reader)
    {
        EmitLoopCall(stage, reader);
        foreach (LoadModel load in _pipeline.Loads.Where(load => stage.Gives(load.From)))
        {
            _writer.Line($"await {_names.Load(load)}.FlushAsync({reader}.Batch, cancellationToken){Await};");
        }

        foreach (Stage inner in stage.Inner)
        {
            string step = _names.Async(inner.Root);
            _writer.Line().Line("// " + Text.Comment(StageText.Describe(_pipeline, inner)));
            using (_writer.Braces($"while (await {step}.NextAsync({reader}.Batch, {Called(inner.Root)}, cancellationToken){Await})"))
            {
                EmitPass(inner, step);
            }
        }
    }

    /// <summary>The call of an asynchronous step for a row.</summary>
    private string Called(NodeModel step)
    {
        string call = _names.Call(step, "row", "token");
        return step switch
        {
            { Form: NodeForm.AsyncExpand, Async.Streams: true } => $"(row, token) => {_names.AsyncType(step)}.AllAsync({call}, token)",
            { Form: NodeForm.AsyncExpand } => $"async (row, token) => {_names.AsyncType(step)}.All(await {call}{Await})",
            _ => $"async (row, token) => await {call}{Await}",
        };
    }

    private void EmitLoopCall(Stage stage, string reader)
    {
        string arguments = string.Join(", ", _names.LoopParameters(stage).Select(parameter => parameter.Argument(reader)));
        _writer.Line($"{_names.Loop(stage)}({arguments});");
    }

    private string Open(NodeModel root, bool pulls)
    {
        string name = Text.Literal(root.Name);
        if (root.Form == NodeForm.SqlStep)
        {
            return $"await run.QueryAsync({name}, {SqlStepEmitter.Reader(root)}.Instance, cancellationToken){Await}";
        }

        string mutable = root.OutputIsMutable ? ", mutableRows: true" : "";
        string? rows = pulls ? _names.Input(root) : root.Form == NodeForm.AsyncWholeSet ? $"run.Stream({_names.Collector(root)})" : root.IsWholeSet ? _names.Collector(root) : null;
        string call = $"() => {_names.Call(root, rows)}";
        return root.Form switch
        {
            NodeForm.CsvSource => $"run.Open({name}, {call}, {CsvEmitter.QualifiedName(root.Output)}.Instance)",
            NodeForm.JsonSource or NodeForm.OpenedSource => $"run.Open({name}, {call})",
            NodeForm.TableSource => $"await run.OpenAsync({name}, {call}, {ContractEmitter.QualifiedName(root.Output)}.Instance, cancellationToken){Await}",
            NodeForm.AsyncWholeSet when pulls => $"run.Open({name}, {call}, {rows}, cancellationToken{mutable})",
            NodeForm.AsyncSequenceSource or NodeForm.AsyncWholeSet => $"run.Open({name}, {call}, cancellationToken{mutable})",
            _ => $"run.Open({name}, {call}{mutable})",
        };
    }
}
