using TypedPipelines.Samples.Tests.Harness;

namespace TypedPipelines.Consumer.Tests.Harness;

/// <summary>A project made by typing what the README tells, in an empty folder.</summary>
public sealed class NewProject : IDisposable
{
    private const string Heading = "## A project of your own";

    private string? _published;

    public NewProject(PackedFeed feed)
    {
        Place = new EmptyFolder(feed);
        Commands = CommandsOfReadme();
        var typed = new List<(string, ProgramResult)>();
        foreach (string command in Commands)
        {
            typed.Add((command, Place.Type(command)));
            if (typed[^1].Item2.ExitCode != 0)
            {
                break;
            }
        }

        Typed = typed;
    }

    internal IReadOnlyList<string> Commands { get; }

    /// <summary>What came of each command, up to the first that failed.</summary>
    internal IReadOnlyList<(string Command, ProgramResult Result)> Typed { get; }

    internal EmptyFolder Place { get; }

    /// <summary>The folder that the command of the project's Dockerfile has published the program into.</summary>
    internal string Published => _published ??= Publish();

    /// <inheritdoc/>
    public void Dispose() => Place.Dispose();

    private string Publish()
    {
        string command = Place.Read("Dockerfile").Split('\n').Single(line => line.Contains("dotnet publish", StringComparison.Ordinal))["RUN ".Length..];
        command.ShouldEndWith(" -o /app");
        ProgramResult published = Place.Type(command.Replace("/app", "app", StringComparison.Ordinal));
        published.ExitCode.ShouldBe(0, published.ToString());
        return Place.PathOf("app");
    }

    private static IReadOnlyList<string> CommandsOfReadme()
    {
        string readme = File.ReadAllText(Repository.Path("README.md"));
        string section = readme[readme.IndexOf(Heading, StringComparison.Ordinal)..];
        return section.Split("```")[1].Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }
}
