using TypedPipelines.Running;

namespace TypedPipelines.Cli;

/// <summary>What the process tells its caller. The numbers are a promise: schedulers act on them. Documented in docs/cli.md.</summary>
internal static class ExitCode
{
    /// <summary>All that was asked for is done, or there was nothing to do.</summary>
    internal const int Done = 0;

    /// <summary>At least one partition failed or was blocked, or something unexpected happened. Worth a retry, then a look.</summary>
    internal const int Failed = 1;

    /// <summary>The command line or the configuration asks for something that does not exist. A retry does not help.</summary>
    internal const int Usage = 2;

    /// <summary>Bad data was stopped before it was published, by a check or a contract, and nothing else went wrong. A retry does not help; the data's owner can.</summary>
    internal const int BadData = 3;

    /// <summary>The destination cannot be reached, or its tables do not have the shape of the contracts.</summary>
    internal const int Destination = 4;

    /// <summary>What was looked at is not as it should be: a run book that is not what the code says, a partition that is late. Nothing was changed.</summary>
    internal const int OutOfDate = 5;

    /// <summary>So much work is to be agreed to, and nobody has. Nothing was changed.</summary>
    internal const int NotAgreed = 6;

    /// <summary>Stopped by Ctrl-C or SIGTERM. What was loaded before stays; the rest is as it was.</summary>
    internal const int Cancelled = 130;

    /// <summary>The code for a failure before or outside the partitions.</summary>
    internal static int Of(FailureKind kind) => kind switch
    {
        FailureKind.Usage or FailureKind.Window => Usage,
        FailureKind.RejectLimit or FailureKind.Check or FailureKind.Row or FailureKind.DuplicateKey or FailureKind.VersionConflict or FailureKind.DeleteLimit => BadData,
        FailureKind.Destination or FailureKind.Schema => Destination,
        FailureKind.Cancelled => Cancelled,
        _ => Failed,
    };

    /// <summary>The code for a run. A special code is given only where it is the whole truth; a mixture is a plain failure.</summary>
    /// <param name="ends">How the partitions ended, and the kind of failure where there was one.</param>
    /// <param name="planned">How many partitions the plan had: where fewer ended, the run was stopped.</param>
    internal static int Of(IReadOnlyCollection<(PartitionStatus Status, FailureKind? Kind)> ends, int planned)
    {
        if (ends.Count < planned || ends.Any(end => end.Status == PartitionStatus.Cancelled))
        {
            return Cancelled;
        }

        List<int> codes = [.. ends
            .Where(end => end.Status is PartitionStatus.Failed or PartitionStatus.Blocked)
            .Select(end => end.Status == PartitionStatus.Blocked ? Failed : Of(end.Kind ?? FailureKind.Unexpected))
            .Distinct()];
        return codes switch
        {
            [] => Done,
            [Destination] when ends.Any(end => end.Status == PartitionStatus.Loaded) => Failed,
            [int only] => only,
            _ => Failed,
        };
    }

    /// <summary>The code for a run, from its results.</summary>
    internal static int Of(IReadOnlyCollection<PartitionResult> results, int planned) =>
        Of([.. results.Select(result => (result.Status, result.Failure?.Kind))], planned);
}
