using System.CommandLine;

namespace TypedPipelines.Cli.CommandLine;

/// <summary>The options that every command has.</summary>
internal sealed class GlobalOptions
{
    private readonly Option<string?> _destination = new("--destination")
    {
        Description = "Where to load: the name of a registered destination.",
        HelpName = "name",
        Recursive = true,
    };

    private readonly Option<string?> _connection = new("--connection")
    {
        Description = "The destination's connection string. An environment variable keeps a password out of the process list.",
        HelpName = "string",
        Recursive = true,
    };

    private readonly Option<bool> _verbose = new("--verbose", "-v")
    {
        Description = "Write detailed logs, with stack traces, to the error output.",
        Recursive = true,
    };

    /// <summary>Adds them to a command and to all below it.</summary>
    internal void AddTo(Command root)
    {
        root.Add(_destination);
        root.Add(_connection);
        root.Add(_verbose);
    }

    /// <summary>Their values.</summary>
    internal GlobalValues Read(ParseResult parsed) => new(
        parsed.GetValue(_destination), parsed.GetValue(_connection), parsed.GetValue(_verbose), LoadOptions.Read(parsed));
}
