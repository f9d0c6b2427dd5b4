namespace TypedPipelines.Running;

/// <summary>A partition in a plan.</summary>
/// <param name="Pipeline">The pipeline.</param>
/// <param name="Partition">The partition.</param>
/// <param name="Reason">Why it stands in the plan.</param>
public sealed record PlannedPartition(PipelineRegistration Pipeline, Partition Partition, PlanReason Reason)
{
    /// <summary>What the ledger says of the reason, as the end of a sentence that begins with the partition; null for nothing.</summary>
    public string? Detail { get; init; }

    /// <summary>Of a file: another one that is loaded with the same content; null for none.</summary>
    public string? SameContentAs { get; init; }

    /// <summary>Whether the plan runs it.</summary>
    public bool Runs => Reason is not (PlanReason.UpToDate or PlanReason.LogicChanged);

    /// <summary>Whether it runs for the logic that it was loaded with, unless it has been loaded with today's by the time its turn comes.</summary>
    internal bool RunsForLogic { get; init; }

    /// <summary>Whether it is still to be run where the ledger calls it complete by the time its turn comes.</summary>
    internal bool RunsWhenComplete => Reason is PlanReason.Asked or PlanReason.TableGone or PlanReason.LookBack || IsStaleToPlan;

    /// <summary>Whether it is the plan that finds it stale, and not the ledger: its entry is of another cut or another table, or was overtaken by one.</summary>
    internal bool IsStaleToPlan { get; init; }
}
