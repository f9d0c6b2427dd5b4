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
    public string Read => $"ReadTypedPipeline{name}";

    /// <summary>What the file begins the body with.</summary>
    public string Head => $"static partial void {Describe}(ref {type}? value) => value = ";

    private string Describe => $"DescribeTypedPipeline{name}";

    public void EmitDeclaration(SourceWriter writer)
    {
        writer.Line($"static partial void {Describe}(ref {type}? value);").Line();
        using (writer.Braces($"private static {type}? {Read}()"))
        {
            writer.Line($"{type}? value = null;");
            writer.Line($"{Describe}(ref value);");
            writer.Line("return value;");
        }
    }
}
