using System.Collections.Generic;

namespace TypedPipelines.Compilation.Emit;

/// <summary>Writes <c>AddPipelines()</c>, which registers every pipeline of the project.</summary>
internal static class RegistrationEmitter
{
    public static string Emit(IEnumerable<string> pipelineTypes)
    {
        SourceWriter writer = SourceWriter.ForFile("TypedPipelines");
        writer.Line("/// <summary>The pipelines of this project, found at compile time.</summary>").Line(Text.GeneratedCode).Line(Text.Embedded);
        using (writer.Braces("internal static class ProjectPipelines"))
        {
            writer.Line("/// <summary>Registers every pipeline of this project.</summary>");
            writer.Line("/// <param name=\"builder\">Where to register them.</param>");
            writer.Line("/// <returns>The same builder.</returns>");
            using (writer.Braces("public static global::TypedPipelines.IPipelineBuilder AddPipelines(this global::TypedPipelines.IPipelineBuilder builder)"))
            {
                foreach (string type in pipelineTypes)
                {
                    writer.Line($"global::TypedPipelines.PipelineBuilderExtensions.AddPipeline<{type}>(builder);");
                }

                writer.Line("return builder;");
            }
        }

        return writer.ToString();
    }
}
