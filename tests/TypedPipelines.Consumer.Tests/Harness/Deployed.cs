using TypedPipelines.Samples.Tests.Harness;

namespace TypedPipelines.Consumer.Tests.Harness;

/// <summary>A folder as a server has it: the new project, published as its Dockerfile does unless a test has another program, and files in landing.</summary>
internal sealed class Deployed : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("deployed-");

    internal Deployed(NewProject project, string? program = null)
    {
        Copy(program ?? project.Published, Folder);
        Copy(project.Place.PathOf("Orders", "landing"), Path.Combine(Folder, "landing"));
    }

    internal string Folder => _folder.FullName;

    internal string Database => Path.Combine(Folder, "loaded.db");

    internal ProgramResult Run(string program, params string[] arguments) =>
        new RunningProgram(program, Folder, arguments, ("TYPEDPIPELINES__CONNECTION", $"Data Source={Database}")).Wait();

    public void Dispose() => _folder.Delete(recursive: true);

    private static void Copy(string from, string to)
    {
        foreach (string file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }
}
