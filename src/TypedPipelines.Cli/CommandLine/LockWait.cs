using System.CommandLine;

namespace TypedPipelines.Cli.CommandLine;

/// <summary>The option of commands that load: how long to wait for another run of the same partition.</summary>
internal static class LockWait
{
    private const string Name = "--lock-wait";

    internal static Option<int?> Create() => NumberOption.Create(Name, "seconds", 0, "How long to wait for another run of the same partition; 0 fails at once. [default: 30]");

    internal static int? Of(ParseResult parsed) => parsed.CommandResult.Command.Options.OfType<Option<int?>>().FirstOrDefault(option => option.Name == Name) is { } option
        ? parsed.GetValue(option)
        : null;
}
