using TypedPipelines.Samples.Tests.Harness;

namespace TypedPipelines.Consumer.Tests.Harness;

/// <summary>
/// An empty folder of somebody who has the .NET SDK and a source of our packages, and nothing else of ours: no package in the cache, no template, no file of this repository.
/// </summary>
internal sealed class EmptyFolder : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("newcomer-");

    private readonly PackedFeed _feed;

    internal EmptyFolder(PackedFeed feed)
    {
        _feed = feed;
        Directory.CreateDirectory(Folder);
        // Beside what the machine is configured with; a folder above the empty one, so that it is empty.
        File.WriteAllText(Path.Combine(_root.FullName, "nuget.config"), $"""
            <configuration>
              <packageSources>
                <add key="typed-pipelines" value="{feed.Folder}" />
              </packageSources>
              <fallbackPackageFolders>
                <add key="machine" value="{feed.MachinesPackages}" />
              </fallbackPackageFolders>
            </configuration>
            """);
    }

    internal string Folder => Path.Combine(_root.FullName, "empty");

    /// <summary>The cache of packages, which holds what is restored here.</summary>
    internal string Cache => Path.Combine(_root.FullName, "cache");

    /// <summary>The folder that the commands are typed in; <c>cd</c> is one of them.</summary>
    internal string Current { get; private set; } = ".";

    /// <summary>Types a command, as a page or a file of the project shows it, and waits for its end.</summary>
    internal ProgramResult Type(string line, params (string Name, string Value)[] environment)
    {
        string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words[0] == "cd")
        {
            Current = Path.Combine(Current, words[1]);
            return new ProgramResult(Directory.Exists(PathOf()) ? 0 : 1, "", "");
        }

        // Templates are kept apart from those of the machine's user.
        string[] apart = words is ["dotnet", "new", ..] ? ["--debug:custom-hive", Path.Combine(_root.FullName, "templates")] : [];
        return new RunningProgram(
            words[0],
            PathOf(),
            [.. words[1..], .. apart],
            [("NUGET_PACKAGES", Cache), ("MSBUILDDISABLENODEREUSE", "1"), ("DOTNET_CLI_TELEMETRY_OPTOUT", "1"), ("DOTNET_CLI_UI_LANGUAGE", "en"), ("CI", "false"), .. environment]).Wait(Patience);
    }

    /// <summary>Another folder with the sources of the project that is here, and nothing that was built or loaded.</summary>
    internal EmptyFolder Copy()
    {
        var copy = new EmptyFolder(_feed);
        foreach (string file in Directory.GetFiles(PathOf(), "*", SearchOption.AllDirectories))
        {
            string relative = Path.GetRelativePath(PathOf(), file);
            if (!relative.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj" or "app" or "native") && Path.GetExtension(file) != ".db")
            {
                Directory.CreateDirectory(Path.GetDirectoryName(copy.PathOf(relative))!);
                File.Copy(file, copy.PathOf(relative));
            }
        }

        return copy;
    }

    /// <summary>A file or folder below the one that the commands are typed in.</summary>
    internal string PathOf(params string[] parts) => Path.Combine([Path.GetFullPath(Path.Combine(Folder, Current)), .. parts]);

    internal string Read(params string[] parts) => File.ReadAllText(PathOf(parts));

    internal void Change(string file, string what, string into)
    {
        string text = Read(file);
        text.ShouldContain(what);
        File.WriteAllText(PathOf(file), text.Replace(what, into, StringComparison.Ordinal));
    }

    public void Dispose() => _root.Delete(recursive: true);
}
