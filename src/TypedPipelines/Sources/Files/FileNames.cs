namespace TypedPipelines;

/// <summary>
/// Files of a folder whose names say something: <c>orders-{date:yyyy-MM-dd}-{region}.csv</c>. A placeholder fills the row's member of its name
/// (case, underscores, spaces and hyphens do not matter), read as a field of a file is; one that no member asks for only has to be there. One
/// with a format is a date or a time, and a file belongs to the window that its date lies in.
/// </summary>
public sealed class FileNames
{
    private readonly Partition? _partition;
    private readonly string _pattern;

    private FileNames(Partition? partition, string pattern) => (_partition, _pattern) = (partition, pattern);

    /// <summary>The pattern.</summary>
    internal string Pattern => _pattern;

    /// <summary>
    /// The files whose date, by the clock of the pipeline's time zone, lies in a partition's window. Of a partition that is a file, that file;
    /// of one that is everything, all.
    /// </summary>
    /// <param name="partition">The partition.</param>
    /// <param name="pattern">
    /// A path, relative to the working directory unless absolute, with placeholders in its file name: <c>{region}</c> for a text,
    /// <c>{date:yyyyMMdd}</c> for a date, <c>{time:HHmm}</c> for a time beside it. A format has the parts yyyy, MM, dd, HH, mm, ss and f; the
    /// one of the date begins with the year. In an interpolated string the braces of a placeholder are doubled. Stars and question marks stand
    /// for what is not asked for.
    /// </param>
    public static FileNames In(Partition partition, InvariantText pattern)
    {
        ArgumentNullException.ThrowIfNull(partition);
        return new FileNames(partition, pattern.ToTextAndClear());
    }

    /// <summary>All files whose names fit.</summary>
    /// <param name="pattern">The pattern, as for <see cref="In"/>; it needs no date.</param>
    public static FileNames All(InvariantText pattern) => new(null, pattern.ToTextAndClear());

    /// <summary>Finds the files, in ordinal order of their names.</summary>
    /// <param name="owner">Who asks for them, for messages.</param>
    /// <param name="optional">Whether there may be none.</param>
    /// <exception cref="PipelineException">The pattern is none, a name's date is none, or there is no file and that is not declared to be all right.</exception>
    internal IReadOnlyList<FilePath> Find(string owner, bool optional)
    {
        string directory = Path.GetDirectoryName(_pattern) ?? "";
        var pattern = FileNamePattern.Parse(owner, _pattern, Path.GetFileName(_pattern));
        if (directory.AsSpan().ContainsAny("*?{}"))
        {
            throw FileNamePattern.Invalid(owner, _pattern, "has a placeholder, star or question mark in a directory", "Placeholders belong in the file name; for a directory, put the partition's date into an interpolated string.");
        }

        if (_partition is FilePartition file)
        {
            return [OnlyFile(owner, file, directory, pattern)];
        }

        bool inWindow = _partition is { HasWindow: true };
        if (inWindow && !pattern.HasDate)
        {
            throw FileNamePattern.Invalid(
                owner, _pattern, "has no placeholder with a date, so that every window would read every file", "Add one, such as {date:yyyy-MM-dd}; or use FileNames.All, with the partition's date in an interpolated string.");
        }

        var found = new List<FilePath>();
        foreach (string name in FilePath.List(owner, _pattern, directory))
        {
            if (pattern.Match(owner, name) is { } match && (!inWindow || _partition!.Covers(match.Moment)))
            {
                found.Add(FilePath.Resolve(Path.Join(directory, name)) with { Values = match.Values });
            }
        }

        return found.Count > 0 || optional ? found : throw new PipelineException(
            FailureKind.Source,
            $"{owner} found no file {FilePath.Slashed(_pattern)}{(inWindow ? $" of {_partition}" : "")} (looked in {Path.GetFullPath(directory.Length == 0 ? "." : directory)})",
            "Deliver the file and run the partition again; where a window without a file is normal, set Optional = true on the source.");
    }

    private FilePath OnlyFile(string owner, FilePartition file, string directory, FileNamePattern pattern) =>
        Path.GetDirectoryName(file.FullPath) == Path.GetFullPath(directory.Length == 0 ? "." : directory)
        && pattern.Match(owner, Path.GetFileName(file.FullPath)) is { } match
            ? new FilePath(file.Path, file.FullPath) { Values = match.Values }
            : throw new PipelineException(
                FailureKind.Source,
                $"{owner}: the file {file.Path} does not fit {FilePath.Slashed(_pattern)}",
                "Rename the file, or let [FilePartitions] and the source's pattern mean the same files.");
}
