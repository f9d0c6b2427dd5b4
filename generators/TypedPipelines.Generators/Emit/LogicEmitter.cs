using System.Linq;
using TypedPipelines.Compilation.Logic;
using TypedPipelines.Compilation.Model;

namespace TypedPipelines.Compilation.Emit;

/// <summary>
/// Writes the fingerprints of a pipeline's logic into a file of their own, as the body of a partial method: where the compiler only helps with
/// typing, that file is missing, and so is the call.
/// </summary>
internal static class LogicEmitter
{
    /// <summary>The method that gives a pipeline's logic, or null.</summary>
    public const string Read = "ReadTypedPipelineLogic";

    private const string Describe = "DescribeTypedPipelineLogic";
    private const string Logic = "global::TypedPipelines.PipelineLogic";

    public static void EmitDeclaration(SourceWriter writer)
    {
        writer.Line($"static partial void {Describe}(ref {Logic}? logic);").Line();
        using (writer.Braces($"private static {Logic}? {Read}()"))
        {
            writer.Line($"{Logic}? logic = null;");
            writer.Line($"{Describe}(ref logic);");
            writer.Line("return logic;");
        }
    }

    public static string Emit(PipelineModel pipeline, LogicModel logic)
    {
        SourceWriter writer = SourceWriter.ForFile(pipeline.Namespace);
        using (writer.Braces($"partial class {Text.Identifier(pipeline.ClassName)}"))
        using (writer.Braces($"static partial void {Describe}(ref {Logic}? logic) => logic = new()", "};"))
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
