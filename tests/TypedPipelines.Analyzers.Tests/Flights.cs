namespace TypedPipelines.Analyzers.Tests;

/// <summary>The sample that the README shows.</summary>
internal static class Flights
{
    internal static IReadOnlyList<string> Sources { get; } =
        [.. Directory.GetFiles(Repository.Path("samples", "Flights"), "*.cs").Order(StringComparer.Ordinal).Select(File.ReadAllText)];
}
