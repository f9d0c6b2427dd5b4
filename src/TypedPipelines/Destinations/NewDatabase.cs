namespace TypedPipelines.Destinations;

/// <summary>An empty database that was created for a test.</summary>
/// <param name="ConnectionString">Connects to it.</param>
/// <param name="DropAsync">Takes it away, whoever is connected.</param>
internal sealed record NewDatabase(string ConnectionString, Func<Task> DropAsync)
{
    /// <summary>A name that no database has, and by which one that was left behind is known.</summary>
    internal static string NewName() => $"typed_pipelines_test_{Guid.NewGuid():N}";
}
