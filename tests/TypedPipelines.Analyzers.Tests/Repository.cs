using System.Reflection;

namespace TypedPipelines.Analyzers.Tests;

/// <summary>Files of this repository that tests read.</summary>
internal static class Repository
{
    public static string Root { get; } = typeof(Repository).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "RepositoryRoot").Value!;

    public static string Path(params string[] parts) => System.IO.Path.Combine([Root, .. parts]);

    public static IReadOnlyList<string> Sample { get; } =
        [.. Directory.GetFiles(Path("samples", "Flights"), "*.cs").Order(StringComparer.Ordinal).Select(File.ReadAllText)];
}
