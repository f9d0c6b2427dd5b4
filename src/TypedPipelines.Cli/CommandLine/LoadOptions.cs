using System.CommandLine;

namespace TypedPipelines.Cli.CommandLine;

/// <summary>The options of commands that load, which say how.</summary>
internal static class LoadOptions
{
    private const string LockWaitName = "--lock-wait";
    private const string ParallelName = "--parallel";
    private const string MaxFailuresName = "--max-failures";

    /// <summary>How long to wait for another run of the same partition.</summary>
    internal static Option<int?> LockWait() =>
        NumberOption.Create(LockWaitName, "seconds", 0, "How long to wait for another run of the same partition; 0 fails at once. [default: 30]");

    /// <summary>How many partitions at the same time.</summary>
    internal static Option<int?> Parallel() =>
        NumberOption.Create(ParallelName, "number", 1, "How many partitions to load at the same time, where their order does not matter. [default: 1]");

    /// <summary>After how many failures to stop.</summary>
    internal static Option<int?> MaxFailures() =>
        NumberOption.Create(MaxFailuresName, "number", 1, "After how many failed partitions to begin no other. [default: never]");

    /// <summary>Their values in a command line; null where one is not given, or the command has it not.</summary>
    internal static LoadValues Read(ParseResult parsed) => new(Of(parsed, LockWaitName), Of(parsed, ParallelName), Of(parsed, MaxFailuresName));

    private static int? Of(ParseResult parsed, string name) =>
        parsed.CommandResult.Command.Options.OfType<Option<int?>>().FirstOrDefault(option => option.Name == name) is { } option ? parsed.GetValue(option) : null;
}
