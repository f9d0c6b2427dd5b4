using TypedPipelines.Compilation.Model;

namespace TypedPipelines.Compilation.Emit;

/// <summary>
/// A value of a pipeline's descriptor that only builds find out. It stands in a file of its own, as the body of a partial method: where the
/// compiler only helps with typing, that file is missing, and so is the call.
/// </summary>
/// <param name="name">The property of the descriptor.</param>
/// <param name="type">Its type, fully qualified.</param>
internal sealed class BuildOnlyValue(string name, string type)
{
    /// <summary>The method that gives the value, or null.</summary>
    public string Read(PipelineModel pipeline) => new MemberNames(pipeline).Read(name);

    /// <summary>What the file begins the body with.</summary>
    public string Head(PipelineModel pipeline) => $"static partial void {new MemberNames(pipeline).Describe(name)}(ref {type}? value) => value = ";

    public void EmitDeclaration(SourceWriter writer, PipelineModel pipeline)
    {
        string describe = new MemberNames(pipeline).Describe(name);
        writer.Line($"static partial void {describe}(ref {type}? value);").Line();
        using (writer.Braces($"private static {type}? {Read(pipeline)}()"))
        {
            writer.Line($"{type}? value = null;");
            writer.Line($"{describe}(ref value);");
            writer.Line("return value;");
        }
    }
}
