using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace TypedPipelines.Generators.Tests.Harness;

/// <summary>What the generator wrote, and the compilation with it.</summary>
internal sealed class GeneratedSources(ImmutableArray<GeneratedSourceResult> files, CSharpCompilation compilation)
{
    internal IReadOnlyDictionary<string, string> Files { get; } = files
        .Where(file => file.HintName != "Microsoft.CodeAnalysis.EmbeddedAttribute.cs")
        .ToDictionary(file => file.HintName, file => file.SourceText.ToString());

    internal string this[string hintName] => Files[hintName];

    /// <summary>Loads the compiled result.</summary>
    internal Assembly Load()
    {
        using var image = new MemoryStream();
        compilation.Emit(image).Success.ShouldBeTrue();
        return Assembly.Load(image.ToArray());
    }
}
