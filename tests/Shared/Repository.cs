using System.Reflection;

namespace TypedPipelines.Tests;

/// <summary>Files of this repository that tests read or run.</summary>
internal static class Repository
{
    private static string Root { get; } = typeof(Repository).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "RepositoryRoot").Value!;

    internal static string Path(params string[] parts) => System.IO.Path.Combine([Root, .. parts]);
}
