using System.Diagnostics;

namespace TypedPipelines.Tests;

/// <summary>The flights sample as a process of its own, which can be told to kill itself.</summary>
internal static class CrashTarget
{
    /// <summary>Starts it against a server.</summary>
    internal static Process Start(string destination, string connection, (string Name, string Value)[] environment, params string[] arguments)
    {
        string configuration = Path.GetFileName(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        string program = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "TypedPipelines.CrashTarget", configuration, "TypedPipelines.CrashTarget.dll"));
        var start = new ProcessStartInfo("dotnet", [program, .. arguments, "--destination", destination, "--connection", connection])
        {
            WorkingDirectory = AppContext.BaseDirectory,
            RedirectStandardOutput = true,
        };
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        Process process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { }; // Read, so that it never waits for a reader.
        process.BeginOutputReadLine();
        return process;
    }

    /// <summary>Waits for the end of the process.</summary>
    internal static int ExitCode(this Process process)
    {
        using (process)
        {
            process.WaitForExit();
            return process.ExitCode;
        }
    }
}
