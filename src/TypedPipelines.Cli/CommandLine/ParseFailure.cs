using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using TypedPipelines.Cli.Commands;
using TypedPipelines.Cli.Rendering;
using TypedPipelines.Hosting;

namespace TypedPipelines.Cli.CommandLine;

/// <summary>What is wrong with a command line, with a guess at what was meant.</summary>
internal static class ParseFailure
{
    /// <summary>Looks for what is wrong.</summary>
    /// <returns>Sentences, each with a space after it; null where nothing is.</returns>
    internal static string? Find(ParseResult parsed)
    {
        if (parsed.Action is HelpWithExamples or VersionText or not (ParseErrorAction or null) and not AsynchronousCommandLineAction)
        {
            return null; // Help, version and completion answer whatever else is there.
        }

        Command command = parsed.CommandResult.Command;
        if (UnknownOption(parsed) is { } option)
        {
            return $"there is no option {option}. {NearestName.Question(option, OptionsOf(parsed.CommandResult))}";
        }

        if (command is not CliCommand)
        {
            return parsed.UnmatchedTokens is [{ } name, ..]
                ? $"there is no command '{name}'. {NearestName.Question(name, command.Subcommands.Select(sub => sub.Name))}"
                : $"name a command: {string.Join(", ", command.Subcommands.Select(sub => sub.Name))}. ";
        }

        if (parsed.UnmatchedTokens is [{ } extra, ..])
        {
            string partition = OptionsOf(parsed.CommandResult).Contains("--partition") ? "A partition is named with --partition. " : "";
            return $"'{extra}' is one argument too many for {command.Name}. {partition}";
        }

        return parsed.Errors is [{ } error, ..] ? $"{error.Message.TrimEnd('.')}. " : null;
    }

    /// <summary>Writes what is wrong and where help is.</summary>
    internal static int Write(Screen screen, string failure, ParseResult parsed)
    {
        ErrorText.Write(screen, $"error: {failure}See `{HelpOf(parsed)}`.");
        return ExitCode.Usage;
    }

    /// <summary>The help command for where the command line stands.</summary>
    internal static string HelpOf(ParseResult parsed)
    {
        string help = "--help";
        for (SymbolResult? at = parsed.CommandResult; at is CommandResult { Command: not RootCommand } command; at = command.Parent)
        {
            help = $"{command.Command.Name} {help}";
        }

        return $"{RootCommand.ExecutableName} {help}";
    }

    /// <summary>The parser takes what looks like an option for an argument where the command has room for one; a name never looks so.</summary>
    private static string? UnknownOption(ParseResult parsed) => parsed.CommandResult.Children
        .OfType<ArgumentResult>()
        .SelectMany(argument => argument.Tokens.Select(token => token.Value))
        .Concat(parsed.UnmatchedTokens)
        .FirstOrDefault(token => token.Length > 1 && token.StartsWith('-'))?
        .Split('=', ':')[0];

    private static IEnumerable<string> OptionsOf(CommandResult result) => result.Command.Options
        .Concat(result.Parent is CommandResult parent ? parent.Command.Options.Where(option => option.Recursive) : [])
        .Select(option => option.Name);
}
