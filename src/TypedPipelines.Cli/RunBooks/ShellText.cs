using System.Reflection;

namespace TypedPipelines.Cli.RunBooks;

/// <summary>Commands as they are typed into a shell.</summary>
internal static class ShellText
{
    /// <summary>The program's name: that of its assembly, which is the same however it is started.</summary>
    internal static string Program { get; } = Assembly.GetEntryAssembly()?.GetName().Name ?? "pipelines";

    /// <summary>The command line of a command of this program.</summary>
    internal static string Command(params string[] arguments) => string.Join(' ', arguments.Prepend(Program).Select(Quote));

    private static string Quote(string argument) => argument.Length > 0 && argument.All(static c => char.IsAsciiLetterOrDigit(c) || "-_./:,=@%+".Contains(c, StringComparison.Ordinal))
        ? argument
        : $"'{argument.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
