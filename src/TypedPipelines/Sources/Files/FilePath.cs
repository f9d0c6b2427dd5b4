using System.IO.Enumeration;

namespace TypedPipelines;

/// <summary>One file that a pipeline declares.</summary>
/// <param name="Origin">Its path as it is declared, with slashes and without "./": the same on every machine.</param>
/// <param name="FullPath">Where it is on this one.</param>
internal readonly record struct FilePath(string Origin, string FullPath)
{
    /// <summary>What its name says, where it was found by a pattern with placeholders.</summary>
    internal IReadOnlyList<NameValue>? Values { get; init; }

    /// <summary>Finds declared files, in ordinal order of their names.</summary>
    /// <param name="owner">Who declares them, for messages.</param>
    /// <param name="declared">The path or pattern.</param>
    /// <param name="optional">Whether there may be none.</param>
    /// <exception cref="PipelineException">There is none, and that is not declared to be all right.</exception>
    internal static IReadOnlyList<FilePath> Find(string owner, string declared, bool optional)
    {
        string directory = Path.GetDirectoryName(declared) ?? "";
        string name = Path.GetFileName(declared);
        if (name.Length == 0 || IsPattern(directory))
        {
            throw new PipelineException(
                FailureKind.Source,
                $"{owner} asks for {Quote.Text(declared)}, {(name.Length == 0 ? "which names no file" : "which has a star or question mark in a directory")}",
                "Name a file, or files of one directory: stars and question marks belong in the file name.");
        }

        if (IsPattern(name))
        {
            string[] names = FindMatches(owner, declared, directory, name);
            if (names.Length == 0 && !optional)
            {
                throw Missing(owner, declared, "no file that matches");
            }

            return [.. names.Select(match => Resolve(Path.Join(directory, match)))];
        }

        FilePath file = Resolve(declared);
        return File.Exists(file.FullPath) ? [file]
            : !optional ? throw Missing(owner, declared, Directory.Exists(file.FullPath) ? "a directory instead of the file" : "no file")
            : [];
    }

    private static string[] FindMatches(string owner, string declared, string directory, string pattern)
    {
        // The simple matcher reads a backslash as an escape; in a file name it is none.
        string expression = pattern.Replace("\\", "\\\\", StringComparison.Ordinal);
        return [.. List(owner, declared, directory).Where(name => FileSystemName.MatchesSimpleExpression(expression, name, ignoreCase: OperatingSystem.IsWindows()))];
    }

    /// <summary>The names of the files in a directory, in ordinal order; none where there is no such directory.</summary>
    /// <exception cref="PipelineException">It cannot be listed.</exception>
    internal static string[] List(string owner, string declared, string directory)
    {
        var there = new DirectoryInfo(Path.GetFullPath(directory.Length == 0 ? "." : directory));
        if (!there.Exists)
        {
            return [];
        }

        // Hidden files are skipped by default. A directory that may not be listed is not an empty one, least of all where
        // the files are optional.
        var options = new EnumerationOptions { IgnoreInaccessible = false };
        try
        {
            string[] names = [.. there.EnumerateFiles("*", options).Select(file => file.Name)];
            Array.Sort(names, StringComparer.Ordinal);
            return names;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PipelineException(
                FailureKind.Source,
                $"{owner} cannot look for {Slashed(declared)} in {there.FullName}: {e.Message.TrimEnd('.')}",
                "Check that this account may list the directory, and run the partition again.",
                e);
        }
    }

    internal static FilePath Resolve(string declared) => new(Named(declared), Path.GetFullPath(declared));

    /// <summary>A path as it names a file: with slashes, and without the dots that say "here". <c>./in/a.csv</c> is <c>in/a.csv</c>, and no other file.</summary>
    internal static string Named(string path)
    {
        string[] parts = Slashed(path).Split('/');
        return string.Join('/', parts.Where((part, i) => part != "." || i == parts.Length - 1));
    }

    private static bool IsPattern(string path) => path.AsSpan().ContainsAny('*', '?');

    internal static string Slashed(string path) => path.Replace(Path.DirectorySeparatorChar, '/');

    private static PipelineException Missing(string owner, string declared, string found) => new(
        FailureKind.Source,
        $"{owner} found {found} {Slashed(declared)} (looked for {Path.GetFullPath(declared)})",
        "Deliver the file and run the partition again; where a window without a file is normal, set Optional = true on the source.");
}
