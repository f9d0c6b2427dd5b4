using System.Runtime.InteropServices;

namespace TypedPipelines.Samples.Tests.Harness;

/// <summary>A sample published as machine code, by the command that its users type; every warning of the trimmer is an error.</summary>
internal sealed class NativeProgram : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("native-").FullName;

    internal NativeProgram(string sample)
    {
        // Files of its own, so that no build beside it is disturbed; what the generator writes is kept by the usual one.
        Published = new RunningProgram(
            "dotnet",
            Repository.Path("samples", sample),
            ["publish", "-r", RuntimeInformation.RuntimeIdentifier, "-p:Native=true", $"-p:CppCompilerAndLinker={Compiler}", "-p:EmitCompilerGeneratedFiles=false",
                "--artifacts-path", Path.Combine(_folder, "artifacts"), "-o", Path.Combine(_folder, "program"), "-nodeReuse:false"]).Wait(TimeSpan.FromMinutes(20));
        Executable = Path.Combine(_folder, "program", sample);
    }

    /// <summary>The C compiler whose linker makes the program; null where there is none.</summary>
    internal static string? Compiler { get; } = Array.Find(
        ["clang", "gcc"],
        name => Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, name))));

    internal string Executable { get; }

    internal ProgramResult Published { get; }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
