using System.Linq;
using TypedPipelines.Compilation.Model;

namespace TypedPipelines.Compilation.Emit;

/// <summary>Writes how the runtime comes by the statement of a SQL step, which it needs before a run, too.</summary>
internal static class SqlStepEmitter
{
    private const string Runtime = "global::TypedPipelines.";

    public static string Describe(PipelineModel pipeline, NodeModel step)
    {
        string call = $"{SelfType(pipeline)}.{Text.Identifier(step.Name)}({string.Join(", ", step.Parameters.Select(parameter => Argument(pipeline, parameter)))})";
        string reads = string.Join(", ", step.Parameters
            .Where(parameter => parameter.Form == ParameterForm.Table)
            .Select(parameter => parameter.RowType!)
            .Distinct()
            .Select(row => ContractEmitter.QualifiedName(pipeline.Table(row).Row) + ".Instance"));
        string filled = step.Sql!.Filled.Count == 0 ? "" : $" {{ Filled = [{string.Join(", ", step.Sql.Filled.Select(Text.Literal))}] }}";
        return $"new({Text.Literal(step.Name)}, static partition => {call}, {ContractEmitter.QualifiedName(step.Output)}.Instance, [{reads}]){filled}";
    }

    private static string Argument(PipelineModel pipeline, ParameterModel parameter) => parameter.Form == ParameterForm.Table
        ? $"{Runtime}Table<{parameter.RowType}>.All"
        : $"({Runtime}{pipeline.Partitions.PartitionType})partition";

    private static string SelfType(PipelineModel pipeline) =>
        $"global::{(pipeline.Namespace.Length == 0 ? "" : pipeline.Namespace + ".")}{Text.Identifier(pipeline.ClassName)}";
}
