namespace TypedPipelines.Compilation.Emit.Loads;

/// <summary>Sets a statement into another so that both can be read.</summary>
internal static class Indentation
{
    /// <summary>The text with every line after its first moved to the right.</summary>
    public static string Indent(this string text, int levels = 1) => text.Replace("\n", "\n" + new string(' ', 4 * levels));
}
