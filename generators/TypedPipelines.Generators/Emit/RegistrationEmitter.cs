using System.Collections.Generic;
using System.Linq;
using TypedPipelines.Compilation.Model;

namespace TypedPipelines.Compilation.Emit;

/// <summary>Writes <c>AddPipelines()</c>, which registers every pipeline of the project.</summary>
internal static class RegistrationEmitter
{
    private const string Builder = "global::TypedPipelines.IPipelineBuilder";

    public static string Emit(IReadOnlyList<RegistrationModel> pipelines)
    {
        SourceWriter writer = SourceWriter.ForFile("TypedPipelines", ObsoleteModel.Together(pipelines.Select(static pipeline => pipeline.Obsolete)));
        writer.Line("/// <summary>The pipelines of this project, found at compile time.</summary>").Line(Text.GeneratedCode).Line(Text.Embedded);
        using (writer.Braces("internal static class ProjectPipelines"))
        {
            RegistrationModel[] refused = [.. pipelines.Where(static pipeline => pipeline.Obsolete.Refused)];
            writer.Line("/// <summary>Registers every pipeline of this project.</summary>");
            writer.Line("/// <param name=\"builder\">Where to register them.</param>");
            writer.Line("/// <returns>The same builder.</returns>");
            using (writer.Braces($"public static {Builder} AddPipelines(this {Builder} builder)"))
            {
                Add(writer, pipelines.Except(refused));
                if (refused.Length > 0)
                {
                    writer.Line("AddObsolete(builder);");
                }

                writer.Line("return builder;");
            }

            if (refused.Length > 0)
            {
                writer.Line().Line("[global::System.Obsolete]");
                using (writer.Braces($"private static void AddObsolete({Builder} builder)"))
                {
                    Add(writer, refused);
                }
            }
        }

        return writer.ToString();
    }

    private static void Add(SourceWriter writer, IEnumerable<RegistrationModel> pipelines)
    {
        foreach (RegistrationModel pipeline in pipelines)
        {
            writer.Line($"global::TypedPipelines.PipelineBuilderExtensions.AddPipeline<{pipeline.Type}>(builder);");
        }
    }
}
