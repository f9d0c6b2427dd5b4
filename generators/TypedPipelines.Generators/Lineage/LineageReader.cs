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
    private readonly Calls _calls = new(models, cancellationToken);

    /// <summary>What the pipeline's object holds, as its steps leave it.</summary>
    private Flow _self = Flow.Nothing;

    public IReadOnlyList<StepLineageModel>? Read(PipelineModel pipeline)
    {
        if (PipelineMethods.TypeOf(models.Compilation, pipeline) is not { } type)
        {
            return null;
        }

        _self = Flow.Nothing.As(_calls.NewToken());
        _calls.Forget();
        IReadOnlyList<StepLineageModel> steps = Steps(pipeline, type);

        // What one row, or one step, leaves in a field reaches the next.
        return _calls.KeepsState || _self.Everything().Any() ? Steps(pipeline, type) : steps;
    }

    private IReadOnlyList<StepLineageModel> Steps(PipelineModel pipeline, INamedTypeSymbol type) =>
        [.. pipeline.Nodes.Select(node => Read(pipeline, type, node)).OfType<StepLineageModel>()];

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
            NodeForm.SqlStep => StatementLineage.Of(pipeline, node, method, row),
            _ => node.IsSource ? null : Step(pipeline, node, method, row),
        };
    }

    private static StepLineageModel Table(PipelineModel pipeline, NodeModel node, INamedTypeSymbol row) => new(
        node.Name,
        [.. Rows.MembersOf(row).Select(member => (member.Name, (IReadOnlyList<Origin>)[new Origin(pipeline.Table(node.OutputType).DisplayName, true, member.Name, OriginKind.Identity)]))],
        [],
        []);

    private StepLineageModel Step(PipelineModel pipeline, NodeModel node, IMethodSymbol method, INamedTypeSymbol row)
    {
        _calls.Begin();
        Flow[] arguments = [.. node.Parameters.Select(parameter => Argument(pipeline, node, parameter))];
        Flow result = Follow(method, arguments);
        Flow rows = node.Form switch
        {
            NodeForm.Filter or NodeForm.AsyncFilter => arguments.First(static argument => !argument.Origins.IsEmpty).WithConditions(result),
            NodeForm.Expand or NodeForm.AsyncExpand or NodeForm.WholeSet or NodeForm.AsyncWholeSet => Sequences.ElementOf(result),
            _ => result,
        };
        System.Collections.Immutable.ImmutableHashSet<Origin> filters = node.Form switch
        {
            NodeForm.Filter or NodeForm.AsyncFilter => rows.Conditions,
            NodeForm.Expand or NodeForm.AsyncExpand or NodeForm.WholeSet or NodeForm.AsyncWholeSet => result.Conditions,
            NodeForm.FilterMap or NodeForm.AsyncFilterMap => rows.Existence.Union(Unfollowed(rows)),
            _ => [], // Where there is always a row, what decides decides about its values.
        };
        return new(
            node.Name,
            [.. Rows.Describe(row, rows.WithOnly(rows.Conditions.Except(filters)))],
            Rows.Ordered(filters),
            [.. _calls.Opaque]);
    }

    /// <summary>Of a row that comes from code that nobody follows, all that went in may decide whether there is one.</summary>
    private static IEnumerable<Origin> Unfollowed(Flow rows) => rows.IsThere ? [] : rows.Origins
        .Where(static origin => origin.Kind is OriginKind.Expression or OriginKind.Aggregate)
        .Select(static origin => origin.As(OriginKind.Filter));

    private Flow Follow(IMethodSymbol method, Flow[] arguments)
    {
        try
        {
            Flow result = _calls.Call(method, method.IsStatic ? Flow.Nothing : _self, arguments, out Frame? after) ?? _calls.Unknown(method, Flow.Nothing, arguments);
            _self = method.IsStatic || after is null ? _self : _self.Join(after.This, sameValue: true);
            return result;
        }
        catch (System.InsufficientExecutionStackException)
        {
            return _calls.TooDeep(arguments);
        }
    }

    private Flow Argument(PipelineModel pipeline, NodeModel node, ParameterModel parameter) => parameter.Form switch
    {
        ParameterForm.Row => Row(node.From!),
        ParameterForm.Rows or ParameterForm.AsyncRows => Flow.Sequence(Row(node.From!)).As(_calls.NewToken()),
        ParameterForm.Lookup when pipeline.Lookups.First(lookup => lookup.Serves(parameter)) is var lookup => Flow.Sequence(
            lookup.From is { } producer ? Row(producer) : Flow.Of(new Origin(pipeline.Table(lookup.RowType).DisplayName, true, "", OriginKind.Identity))),
        _ => Flow.Nothing,
    };

    private Flow Row(string node) => Flow.Of(new Origin(node, false, "", OriginKind.Identity)).As(_calls.NewToken());
}
