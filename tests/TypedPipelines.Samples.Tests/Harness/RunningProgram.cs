using System.Diagnostics;
using System.Text;

namespace TypedPipelines.Samples.Tests.Harness;

/// <summary>How a program ended and what it wrote.</summary>
internal sealed record ProgramResult(int ExitCode, string Output, string Errors)
{
    public override string ToString() => $"exit code {ExitCode}\n{Output}\n{Errors}";
}

/// <summary>A program that runs as a process of its own.</summary>
internal sealed class RunningProgram
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _errors = new();

    internal RunningProgram(string program, string folder, string[] arguments, params (string Name, string Value)[] environment)
    {
        string[] command = program.EndsWith(".dll", StringComparison.Ordinal) ? ["dotnet", program, .. arguments] : [program, .. arguments];
        if (OperatingSystem.IsLinux())
        {
            // What a shell starts in the background ignores interrupts, and so would this program of a test that it runs.
            command = ["env", "--default-signal=INT", .. command];
        }

        var start = new ProcessStartInfo(command[0], command[1..])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        _process = Process.Start(start)!;
        _process.StandardInput.Close();
        _process.OutputDataReceived += (_, line) => Append(_output, line.Data);
        _process.ErrorDataReceived += (_, line) => Append(_errors, line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    internal int Id => _process.Id;

    /// <summary>Waits until the program has written something; a program that ended without, or never does, fails the test.</summary>
    internal void WaitForOutput(string text)
    {
        bool Written()
        {
            lock (_output)
            {
                lock (_errors)
                {
                    return _output.ToString().Contains(text, StringComparison.Ordinal) || _errors.ToString().Contains(text, StringComparison.Ordinal);
                }
            }
        }

        if (!SpinWait.SpinUntil(() => Written() || _process.HasExited, Patience) || !Written())
        {
            throw new TimeoutException($"the program never wrote '{text}':\n{Wait()}");
        }
    }

    /// <summary>Waits for the program's end; one that takes longer than is patience for fails the test.</summary>
    internal ProgramResult Wait(TimeSpan? patience = null)
    {
        if (!_process.WaitForExit(patience ?? Patience))
        {
            _process.Kill(entireProcessTree: true);
            throw new TimeoutException($"the program did not end; so far it wrote:\n{_output}\n{_errors}");
        }

        _process.WaitForExit(); // Until its output is read to the end.
        return new ProgramResult(_process.ExitCode, _output.ToString(), _errors.ToString());
    }

    private static void Append(StringBuilder text, string? line)
    {
        if (line is not null)
        {
            lock (text)
            {
                text.Append(line).Append('\n');
            }
        }
    }
}
