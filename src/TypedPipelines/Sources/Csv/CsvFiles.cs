using System.Text;

namespace TypedPipelines;

/// <summary>
/// CSV files as a source (RFC 4180, UTF-8 unless declared or marked otherwise, plain or gzip, a header row; lines end in CRLF, LF or CR). Columns are found by name, whatever
/// their order, ignoring case, underscores, spaces and hyphens; columns that the row type does not have are passed over, as
/// are blank lines. A record that is malformed, has too few or too many fields, is not valid UTF-8, or holds a value that
/// cannot be read as its member's type is rejected with its file, line, column and raw text; a rejected record of several
/// lines counts as so many rows, since an extra quote may have joined them. What makes the file as a whole
/// unreadable ends the run: no file, no header, a header without a column, a quote that is never closed, a record of more
/// than 16 MiB.
/// </summary>
/// <typeparam name="TRow">The row type: the generator writes its parser.</typeparam>
public sealed class CsvFiles<TRow>
{
    /// <summary>Names the file.</summary>
    /// <param name="path">
    /// A path, relative to the working directory unless absolute; an interpolated string is formatted with the invariant
    /// culture. Stars and question marks in the file name match several files, read in ordinal order of their names; hidden
    /// files, such as the half-written ones of many transfer tools, are not matched.
    /// </param>
    public CsvFiles(InvariantText path) => Path = path.ToTextAndClear();

    /// <summary>Names files by a pattern whose placeholders fill members of the row.</summary>
    /// <param name="names">The files.</param>
    public CsvFiles(FileNames names)
    {
        ArgumentNullException.ThrowIfNull(names);
        Path = names.Pattern;
        Names = names;
    }

    /// <summary>The pattern with placeholders; null where there are none.</summary>
    internal FileNames? Names { get; }

    /// <summary>The path or pattern.</summary>
    public string Path { get; }

    /// <summary>
    /// Whether there may be no such file. False, the default, makes a missing file an error: a window with no file is more
    /// often a late delivery than a day without rows.
    /// </summary>
    public bool Optional { get; init; }

    /// <summary>
    /// The encoding of the files; null, the default, for UTF-8, or UTF-16 or UTF-32 where a byte order mark says so. Bytes that it cannot
    /// decode end the run.
    /// </summary>
    public Encoding? Encoding { get; init; }

    /// <summary>The character between fields: a comma unless set. An ASCII character.</summary>
    public char Separator { get; init; } = ',';

    /// <summary>The same files in another place; what their names said, columns must say there.</summary>
    internal CsvFiles<TRow> At(string path) => new(path) { Optional = Optional, Encoding = Encoding, Separator = Separator };
}
