using TypedPipelines.Running;

namespace TypedPipelines.Cli.CommandLine;

/// <summary>What the command line says about how to load; null where it says nothing.</summary>
/// <param name="LockWait">In seconds.</param>
/// <param name="Parallel">Partitions at the same time.</param>
/// <param name="MaxFailures">Failed partitions after which no other is begun.</param>
internal sealed record LoadValues(int? LockWait, int? Parallel, int? MaxFailures)
{
    /// <summary>The program's own options, but for what the command line says.</summary>
    internal RunOptions Over(RunOptions options) => options with
    {
        LockWait = LockWait is { } seconds ? TimeSpan.FromSeconds(seconds) : options.LockWait,
        Parallel = Parallel ?? options.Parallel,
        MaxFailures = MaxFailures ?? options.MaxFailures,
    };
}
