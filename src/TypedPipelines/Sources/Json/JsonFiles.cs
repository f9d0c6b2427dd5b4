using System.Text;
using System.Text.Json.Serialization.Metadata;

namespace TypedPipelines;

/// <summary>
/// JSON files as a source: a value on each line (JSON Lines), or one array of values. UTF-8 unless declared or marked otherwise, plain or
/// gzip; which of the forms it is, each file says by its first character unless <see cref="Form"/> does. A value that is not of the row type's form, lacks one of
/// its constructor's parameters or required members, or has null where the type does not admit it, is rejected with its file, line (in an
/// array its number), path and text. What makes the file as a whole unreadable ends the run: no file, an empty one that is not called <c>.jsonl</c> or
/// <c>.ndjson</c>, an array whose syntax is broken, a line of more than 16 MiB.
/// </summary>
/// <typeparam name="TRow">The row type.</typeparam>
public sealed class JsonFiles<TRow>
{
    /// <summary>Names the file.</summary>
    /// <param name="path">
    /// A path, relative to the working directory unless absolute; an interpolated string is formatted with the invariant
    /// culture. Stars and question marks in the file name match several files, read in ordinal order of their names; hidden
    /// files, such as the half-written ones of many transfer tools, are not matched.
    /// </param>
    /// <param name="type">How the row type is read: of a <c>JsonSerializerContext</c> of yours, such as <c>OrdersJson.Default.RawOrder</c>.</param>
    public JsonFiles(InvariantText path, JsonTypeInfo<TRow> type)
    {
        ArgumentNullException.ThrowIfNull(type);
        Path = path.ToTextAndClear();
        Type = type;
    }

    /// <summary>Names files by a pattern whose placeholders fill members of the row.</summary>
    /// <param name="names">The files.</param>
    /// <param name="type">How the row type is read: of a <c>JsonSerializerContext</c> of yours, such as <c>OrdersJson.Default.RawOrder</c>.</param>
    public JsonFiles(FileNames names, JsonTypeInfo<TRow> type)
    {
        ArgumentNullException.ThrowIfNull(names);
        ArgumentNullException.ThrowIfNull(type);
        Path = names.Pattern;
        Names = names;
        Type = type;
    }

    /// <summary>The pattern with placeholders; null where there are none.</summary>
    internal FileNames? Names { get; }

    /// <summary>The path or pattern.</summary>
    public string Path { get; }

    /// <summary>How the row type is read.</summary>
    public JsonTypeInfo<TRow> Type { get; }

    /// <summary>
    /// Whether there may be no such file. False, the default, makes a missing file an error: a window with no file is more
    /// often a late delivery than a day without rows.
    /// </summary>
    public bool Optional { get; init; }

    /// <summary>
    /// The form of the files; null, the default, where each says it by its first character, <c>[</c> for an array. Set it where the lines of JSON Lines
    /// are arrays themselves, and where such files may be empty and are not called <c>.jsonl</c>, <c>.ndjson</c> or <c>.jsonlines</c>.
    /// </summary>
    public JsonForm? Form { get; init; }

    /// <summary>
    /// The encoding of the files; null, the default, for UTF-8, or UTF-16 or UTF-32 where a byte order mark says so. Bytes that it cannot
    /// decode end the run.
    /// </summary>
    public Encoding? Encoding { get; init; }

    /// <summary>The same files in another place; what their names said, the values must say there.</summary>
    internal JsonFiles<TRow> At(string path) => new(path, Type) { Optional = Optional, Encoding = Encoding, Form = Form };
}
