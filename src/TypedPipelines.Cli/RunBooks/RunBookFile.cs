using System.Text;
using TypedPipelines.Cli.Rendering;

namespace TypedPipelines.Cli.RunBooks;

/// <summary>The file of a run book, as it is and as it should be.</summary>
/// <param name="Path">The file.</param>
/// <param name="Text">What it should hold.</param>
internal sealed record RunBookFile(string Path, string Text)
{
    /// <summary>So many lines of each are shown from the first that differs.</summary>
    private const int Shown = 3;

    /// <summary>Writes it, unless it is so already.</summary>
    /// <returns>Whether anything was written.</returns>
    /// <exception cref="PipelineException">Another file stands there, or it cannot be written.</exception>
    internal bool Write()
    {
        string? found = Read();
        if (found == Text)
        {
            return false;
        }

        if (found is { Length: > 0 } && !found.StartsWith(RunBook.Mark, StringComparison.Ordinal))
        {
            throw new PipelineException(FailureKind.Usage, $"{Path} is there, and is no run book that this command has written", "Move it away, or name another folder with --output.");
        }

        try
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(Path))!);
            File.WriteAllText(Path, Text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PipelineException(FailureKind.Usage, $"{Path} cannot be written: {e.Message.TrimEnd('.')}", "Name a folder that this account may write with --output.", e);
        }
    }

    /// <summary>What differs from what it should hold: the first lines that do; nothing where it is as it should be.</summary>
    internal IReadOnlyList<string> Differences()
    {
        if (Read() is not { } found)
        {
            return [$"{Visible.Of(Path)} is not there"];
        }

        if (found == Text)
        {
            return [];
        }

        string[] was = found.Split('\n');
        string[] should = Text.Split('\n');
        int line = 0;
        while (line < was.Length && line < should.Length && was[line] == should[line])
        {
            line++;
        }

        return
        [
            $"{Visible.Of(Path)} is not what the code says, from line {Invariant.Text(line + 1)} on:",
            .. was.Skip(line).Take(Shown).Select(text => $"  - {Visible.Of(text)}"),
            .. should.Skip(line).Take(Shown).Select(text => $"  + {Visible.Of(text)}"),
        ];
    }

    /// <summary>Its text, whatever a checkout has made of its line ends; null where it is not there.</summary>
    private string? Read()
    {
        try
        {
            return File.Exists(Path) ? File.ReadAllText(Path).Replace("\r\n", "\n", StringComparison.Ordinal) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PipelineException(FailureKind.Usage, $"{Path} cannot be read: {e.Message.TrimEnd('.')}", "Name a folder that this account may read with --output.", e);
        }
    }
}
