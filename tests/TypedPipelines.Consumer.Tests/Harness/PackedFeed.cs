using System.Runtime.CompilerServices;
using TypedPipelines.Consumer.Tests.Harness;
using TypedPipelines.Samples.Tests.Harness;

[assembly: AssemblyFixture(typeof(PackedFeed))]

namespace TypedPipelines.Consumer.Tests.Harness;

/// <summary>The packages of this repository, packed once of what was built, in a folder that is a source of packages.</summary>
public sealed class PackedFeed : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("consumer-");

    public PackedFeed()
    {
        string configuration = Path.GetFileName(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        ProgramResult packed = new RunningProgram(
            "dotnet", Repository.Path(), ["pack", "TypedPipelines.sln", "--no-build", "-c", configuration, "-o", Folder, "-nodeReuse:false"], ("MSBUILDDISABLENODEREUSE", "1")).Wait(Patience);
        if (packed.ExitCode != 0)
        {
            throw new InvalidOperationException($"dotnet pack failed: {packed}");
        }

        LinkMachinesPackages();
    }

    /// <summary>The folder of the packages.</summary>
    internal string Folder => Path.Combine(_root.FullName, "feed");

    /// <summary>What the machine has of other people's packages already, so that they are not fetched again; none of ours is among them.</summary>
    internal string MachinesPackages => Path.Combine(_root.FullName, "machine");

    /// <summary>The file of a package.</summary>
    internal string FileOf(string package, string extension = "nupkg") =>
        Directory.GetFiles(Folder, $"{package}.*.{extension}").Single(file => char.IsAsciiDigit(Path.GetFileName(file)[package.Length + 1]));

    /// <inheritdoc/>
    public void Dispose() => _root.Delete(recursive: true);

    private void LinkMachinesPackages()
    {
        Directory.CreateDirectory(MachinesPackages);
        string packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        foreach (string package in Directory.Exists(packages) ? Directory.GetDirectories(packages) : [])
        {
            if (!Path.GetFileName(package).StartsWith("typedpipelines", StringComparison.OrdinalIgnoreCase))
            {
                Directory.CreateSymbolicLink(Path.Combine(MachinesPackages, Path.GetFileName(package)), package);
            }
        }
    }
}
