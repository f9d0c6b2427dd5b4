using System.CommandLine;

namespace TypedPipelines.Cli.CommandLine;

/// <summary>The list of commands on the root's help page, which shows an argument that may be left out as if it had to be there.</summary>
internal static class CommandList
{
    /// <summary>By how many characters the list becomes wider.</summary>
    internal const int Wider = 5;

    /// <summary>Writes such arguments as <c>[&lt;name&gt;...]</c>, as the commands' own pages do.</summary>
    internal static string ShowOptional(string page, RootCommand root)
    {
        string[] lines = page.ReplaceLineEndings("\n").Split('\n');
        int start = Array.IndexOf(lines, "Commands:");
        int column = 0;
        for (int i = start + 1; start >= 0 && i < lines.Length && lines[i].Length > 0; i++)
        {
            Command? command = root.Subcommands.FirstOrDefault(command => lines[i].StartsWith($"  {command.Name} ", StringComparison.Ordinal));
            string label = command?.Arguments.FirstOrDefault() is { } argument ? $"  {command.Name} <{argument.Name}>" : $"  {command?.Name}";
            if (command is not null && lines[i].StartsWith(label, StringComparison.Ordinal))
            {
                column = label.Length + lines[i][label.Length..].TakeWhile(char.IsWhiteSpace).Count();
            }

            lines[i] = command?.Arguments.FirstOrDefault() is { Arity: { MinimumNumberOfValues: 0, MaximumNumberOfValues: > 1 } } optional
                ? lines[i].Replace($"<{optional.Name}>", $"[<{optional.Name}>...]", StringComparison.Ordinal)
                : lines[i].Insert(Math.Min(column, lines[i].Length), new string(' ', Wider));
        }

        return string.Join(Environment.NewLine, lines);
    }
}
