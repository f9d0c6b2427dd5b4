using System.Text.Json;

namespace TypedPipelines;

/// <summary>A page that has arrived as a whole.</summary>
/// <param name="Requested">The address that was asked for.</param>
/// <param name="Address">The one that answered, after redirections.</param>
/// <param name="Links">Its headers <c>Link</c>.</param>
/// <param name="Content">What it says; null where it has no content.</param>
/// <param name="Hash">A hash of its bytes.</param>
internal sealed record HttpPage(Uri Requested, Uri Address, IReadOnlyList<string> Links, JsonDocument? Content, UInt128 Hash) : IDisposable
{
    /// <summary>The value that members lead to; an undefined one where there is none.</summary>
    internal JsonElement Find(string? path)
    {
        JsonElement at = Content?.RootElement ?? default;
        foreach (string name in path is null ? [] : path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (at.ValueKind != JsonValueKind.Object || !at.TryGetProperty(name, out at))
            {
                return default;
            }
        }

        return at;
    }

    public void Dispose() => Content?.Dispose();
}
