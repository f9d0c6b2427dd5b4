using System.Collections.Generic;
using System.Linq;
using TypedPipelines.Compilation.Lineage;
using TypedPipelines.Compilation.Model;

namespace TypedPipelines.Compilation.Emit;

/// <summary>Writes where the members of a pipeline's rows come from.</summary>
internal static class LineageEmitter
{
    public static readonly BuildOnlyValue Value = new("Lineage", "global::TypedPipelines.PipelineLineage");

    private const string Kind = "global::TypedPipelines.OriginKind.";

    public static string Emit(PipelineModel pipeline, IReadOnlyList<StepLineageModel> steps)
    {
        SourceWriter writer = SourceWriter.ForFile(pipeline.Namespace);
        using (writer.Braces($"partial class {Text.Identifier(pipeline.ClassName)}"))
        {
            writer.Line($"{Value.Head(pipeline)}new(").Line("[");
            using (writer.Indent())
            {
                foreach (StepLineageModel step in steps)
                {
                    writer.Line("new(").Line($"    {Text.Literal(step.Name)},").Line("    [");
                    foreach ((string member, IReadOnlyList<Origin> origins) in step.Members)
                    {
                        writer.Line($"        new({Text.Literal(member)}, [{List(origins)}]),");
                    }

                    string[] more =
                    [
                        .. step.Filters.Count == 0 ? Enumerable.Empty<string>() : [$"Filters = [{List(step.Filters)}]"],
                        .. step.Opaque.Count == 0 ? Enumerable.Empty<string>() : [$"Opaque = [{string.Join(", ", step.Opaque.Select(Text.Literal))}]"],
                    ];
                    writer.Line(more.Length == 0 ? "    ])," : $"    ]) {{ {string.Join(", ", more)} }},");
                }
            }

            writer.Line("]);");
        }

        return writer.ToString();
    }

    private static string List(IEnumerable<Origin> origins) => string.Join(", ", origins.Select(static origin =>
        $"new({Text.Literal(origin.From)}, {Text.Literal(origin.Path)}, {Kind}{origin.Kind})" + (origin.IsTable ? " { IsTable = true }" : "")));
}
