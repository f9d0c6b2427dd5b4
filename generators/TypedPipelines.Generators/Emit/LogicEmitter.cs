using System.Linq;
using TypedPipelines.Compilation.Logic;
using TypedPipelines.Compilation.Model;

namespace TypedPipelines.Compilation.Emit;

/// <summary>Writes the fingerprints of a pipeline's logic.</summary>
internal static class LogicEmitter
{
    public static readonly BuildOnlyValue Value = new("Logic", "global::TypedPipelines.PipelineLogic");

    public static string Emit(PipelineModel pipeline, LogicModel logic)
    {
        SourceWriter writer = SourceWriter.ForFile(pipeline.Namespace);
        using (writer.Braces($"partial class {Text.Identifier(pipeline.ClassName)}"))
        using (writer.Braces($"{Value.Head(pipeline)}new()", "};"))
        {
            writer.Line($"Fingerprint = {Text.Literal(logic.Fingerprint)},").Line("Parts =").Line("[");
            using (writer.Indent())
            {
                foreach ((string name, string hash) in logic.Parts)
                {
                    writer.Line($"new({Text.Literal(name)}, {Text.Literal(hash)}),");
                }
            }

            writer.Line("],").Line("Steps =").Line("[");
            using (writer.Indent())
            {
                foreach (StepLogicModel step in logic.Steps)
                {
                    string opaque = step.Opaque.Count == 0 ? "" : $" {{ Opaque = [{string.Join(", ", step.Opaque.Select(static what => Text.Literal(what)))}] }}";
                    writer.Line($"new({Text.Literal(step.Name)}, {Text.Literal(step.Fingerprint)}, [{string.Join(", ", step.Parts.Select(static place => Text.Literal(place)))}]){opaque},");
                }
            }

            writer.Line("],");
        }

        return writer.ToString();
    }
}
