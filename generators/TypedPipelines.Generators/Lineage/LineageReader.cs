using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using TypedPipelines.Compilation.Logic;
using TypedPipelines.Compilation.Model;

namespace TypedPipelines.Compilation.Lineage;

/// <summary>Finds out where each member of the rows of a pipeline's sources and steps comes from, by following their code.</summary>
internal sealed class LineageReader(SemanticModels models, CancellationToken cancellationToken)
{
    /// <summary>What stands for the columns of a table of which nobody knows which are read.</summary>
    private const string EveryColumn = "*";

    private readonly Calls _calls = new(models, cancellationToken);

    public IReadOnlyList<StepLineageModel>? Read(PipelineModel pipeline) => PipelineMethods.TypeOf(models.Compilation, pipeline) is { } type
        ? [.. pipeline.Nodes.Select(node => Read(pipeline, type, node)).OfType<StepLineageModel>()]
        : null;

    private StepLineageModel? Read(PipelineModel pipeline, INamedTypeSymbol type, NodeModel node)
    {
        if (PipelineMethods.Of(type, node).OfType<IMethodSymbol>().FirstOrDefault(method => method.Parameters.Length == node.Parameters.Count) is not { } method
            || PipelineMethods.RowOf(models.Compilation, node.Output) is not { } row)
        {
            return null;
        }

        return node.Form switch
        {
            NodeForm.TableSource => Table(pipeline, node, row),
            NodeForm.SqlStep => Statement(pipeline, node, row),
            _ => node.IsSource ? null : Step(pipeline, node, method, row),
        };
    }

    private static StepLineageModel Table(PipelineModel pipeline, NodeModel node, INamedTypeSymbol row) => new(
        node.Name,
        [.. Rows.MembersOf(row).Select(member => (member.Name, (IReadOnlyList<Origin>)[new Origin(pipeline.Table(node.OutputType).DisplayName, true, member.Name, OriginKind.Identity)]))],
        [],
        []);

    /// <summary>A statement is text: which tables it reads is known, and not what of them goes where.</summary>
    private static StepLineageModel Statement(PipelineModel pipeline, NodeModel node, INamedTypeSymbol row)
    {
        Origin[] tables = [.. node.Parameters
            .Where(static parameter => parameter.Form == ParameterForm.Table)
            .Select(parameter => new Origin(pipeline.Table(parameter.RowType!).DisplayName, true, EveryColumn, OriginKind.Expression))
            .Distinct()];
        return new(node.Name, [.. Rows.MembersOf(row).Select(member => (member.Name, (IReadOnlyList<Origin>)tables))], [], ["its SQL is not read for columns"]);
    }

    private StepLineageModel Step(PipelineModel pipeline, NodeModel node, IMethodSymbol method, INamedTypeSymbol row)
    {
        _calls.Begin();
        Flow[] arguments = [.. node.Parameters.Select(parameter => Argument(pipeline, node, parameter))];
        Flow result = Follow(method, arguments);
        Flow rows = node.Form switch
        {
            NodeForm.Filter => arguments.First(static argument => !argument.Origins.IsEmpty).WithConditions(result),
            NodeForm.Expand or NodeForm.WholeSet or NodeForm.AsyncWholeSet => Sequences.ElementOf(result).WithConditions(result.Conditions),
            _ => result,
        };
        return new(
            node.Name,
            [.. Rows.Describe(row, rows.WithoutConditions())],
            Rows.Ordered(rows.Conditions),
            [.. _calls.Opaque]);
    }

    private Flow Follow(IMethodSymbol method, Flow[] arguments)
    {
        try
        {
            return _calls.Call(method, Flow.Nothing, arguments) ?? _calls.Unknown(method, Flow.Nothing, arguments);
        }
        catch (System.InsufficientExecutionStackException)
        {
            return _calls.TooDeep(arguments);
        }
    }

    private static Flow Argument(PipelineModel pipeline, NodeModel node, ParameterModel parameter) => parameter.Form switch
    {
        ParameterForm.Row => Row(node.From!),
        ParameterForm.Rows or ParameterForm.AsyncRows => Flow.Sequence(Row(node.From!)),
        ParameterForm.Lookup when pipeline.Lookups.First(lookup => lookup.RowType == parameter.RowType) is var lookup => Flow.Sequence(
            lookup.From is { } producer ? Row(producer) : Flow.Of(new Origin(pipeline.Table(lookup.RowType).DisplayName, true, "", OriginKind.Identity))),
        _ => Flow.Nothing,
    };

    private static Flow Row(string node) => Flow.Of(new Origin(node, false, "", OriginKind.Identity));
}
