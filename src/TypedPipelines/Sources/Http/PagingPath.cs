using System.Text.Json;

namespace TypedPipelines;

/// <summary>
/// The path by which a page leads to the next. Many services leave the member out of their last page, so that a path that is misspelt looks like
/// the end after one page: what can be told apart is.
/// </summary>
/// <param name="text">The names of the members, with slashes between.</param>
/// <param name="required">Whether each page has the member; null where that is not known.</param>
internal sealed class PagingPath(string text, bool? required)
{
    private const int MostNames = 20;

    internal string Text => text;

    /// <summary>Whether each page has the member; null where that is not known.</summary>
    internal bool? Required => required;

    /// <summary>What a page has instead of the member, as it follows the page in a sentence; null where it has it, or says itself that it is the last.</summary>
    /// <param name="page">The page.</param>
    /// <param name="isWrong">Whether the path is wrong beyond doubt.</param>
    internal string? Misses(HttpPage page, out bool isWrong)
    {
        isWrong = false;
        if (page.Content is null)
        {
            return null;
        }

        JsonElement at = page.Content.RootElement;
        string passed = "";
        foreach (string name in text.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            bool isEmpty = at.ValueKind is JsonValueKind.Null or JsonValueKind.False || (at.ValueKind == JsonValueKind.String && at.GetString()!.Length == 0);
            if (isEmpty && passed.Length > 0)
            {
                return null;
            }

            // Some languages write an object without members as an array.
            bool hasNone = at.ValueKind == JsonValueKind.Array && at.GetArrayLength() == 0 && passed.Length > 0;
            if (at.ValueKind != JsonValueKind.Object && !hasNone)
            {
                isWrong = true;
                return passed.Length == 0 ? $"is {Named(at.ValueKind)}, where {Quote.Text(text)} leads on" : $"has {Named(at.ValueKind)} at {Quote.Text(passed)}, where {Quote.Text(text)} leads on";
            }

            string next = passed.Length == 0 ? name : $"{passed}/{name}";
            if (hasNone || !at.TryGetProperty(name, out JsonElement member))
            {
                string[] names = hasNone ? [] : [.. at.EnumerateObject().Select(found => found.Name)];
                if (Array.Find(names, found => CsvHeader.Key(found) == CsvHeader.Key(name)) is { } meant)
                {
                    isWrong = true;
                    return $"has no member {Quote.Text(next)}, but {Quote.Text(passed.Length == 0 ? meant : $"{passed}/{meant}")}";
                }

                string holder = passed.Length == 0 ? "its members" : $"the members of {Quote.Text(passed)}";
                return $"has no member {Quote.Text(next)}{(names.Length == 0 ? "" : $"; {holder} are {string.Join(", ", names.Take(MostNames).Select(found => Quote.Text(found)))}")}";
            }

            at = member;
            passed = next;
        }

        return null;
    }

    internal static string Named(JsonValueKind kind) => kind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "a text",
        JsonValueKind.Number => "a number",
        _ => kind.ToString().ToLowerInvariant(),
    };
}
