using System.Collections.Generic;
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
        (string Row, int Earlier)[] tables = [.. step.Parameters
            .Where(parameter => parameter.Form == ParameterForm.Table)
            .GroupBy(parameter => parameter.RowType!)
            .Select(group => (group.Key, group.Max(parameter => parameter.EarlierWindows)))];
        string reads = string.Join(", ", tables.Select(table => ContractEmitter.QualifiedName(pipeline.Table(table.Row).Row) + ".Instance"));
        string[] more =
        [
            .. Numbers("Filled", step.Sql!.Filled),
            .. tables.Any(table => table.Earlier > 0) ? Numbers("EarlierWindows", tables.Select(table => table.Earlier)) : [],
        ];
        string initialiser = more.Length == 0 ? "" : $" {{ {string.Join(", ", more)} }}";
        return $"new({Text.Literal(step.Name)}, static partition => {call}, {Reader(step)}.Instance, [{reads}]){initialiser}";
    }

    /// <summary>The class that reads a step's rows.</summary>
    public static string Reader(NodeModel step) => step.Output.QualifiedGeneratedClass(step.Sql!.ReadBy);

    private static IEnumerable<string> Numbers(string name, IEnumerable<int> numbers)
    {
        string list = string.Join(", ", numbers.Select(Text.Literal));
        return list.Length == 0 ? [] : [$"{name} = [{list}]"];
    }

    private static string Argument(PipelineModel pipeline, ParameterModel parameter) => parameter.Form == ParameterForm.Table
        ? $"{Runtime}Table<{parameter.RowType}>.All"
        : parameter.AsAnyPartition ? "partition" : $"({Runtime}{pipeline.Partitions.PartitionType})partition";

    private static string SelfType(PipelineModel pipeline) =>
        $"global::{(pipeline.Namespace.Length == 0 ? "" : pipeline.Namespace + ".")}{Text.Identifier(pipeline.ClassName)}";
}
