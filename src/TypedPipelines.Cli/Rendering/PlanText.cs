using TypedPipelines.Cli.Commands;
using TypedPipelines.Running;

namespace TypedPipelines.Cli.Rendering;

/// <summary>Why partitions stand in a plan, in words.</summary>
internal static class PlanText
{
    internal static string WordOf(PlanReason reason) => reason switch
    {
        PlanReason.UpToDate => "up to date",
        PlanReason.Missing => "missing",
        PlanReason.Failed => "failed",
        PlanReason.Partial => "partial",
        PlanReason.Stale => "stale",
        PlanReason.LookBack => "look-back",
        PlanReason.Changed => "changed",
        PlanReason.TableGone => "table gone",
        PlanReason.LogicChanged => "logic changed",
        _ => "asked for",
    };

    /// <summary>What the plan is likely to take, as far as its pipelines have been run before.</summary>
    internal static void WriteEstimate(TextWriter writer, IReadOnlyList<PlanEstimate> estimates)
    {
        List<PlanEstimate> known = [.. estimates.Where(estimate => estimate.Each is not null)];
        if (known.Count == 0)
        {
            return;
        }

        TimeSpan time = known.Aggregate(TimeSpan.Zero, (sum, estimate) => sum + estimate.Time!.Value);
        string[] unknown = [.. estimates.Where(estimate => estimate.Each is null).Select(estimate => estimate.Pipeline)];
        writer.WriteLine(
            $"By the last runs: about {Invariant.Text(known.Sum(estimate => estimate.Rows!.Value))} rows to read, {Invariant.Duration(time)} one after the other"
            + (unknown.Length == 0 ? "." : $", and what {string.Join(" and ", unknown)} {(unknown.Length == 1 ? "takes" : "take")}, which {(unknown.Length == 1 ? "was" : "were")} never loaded."));
    }

    /// <summary>The line of a dry run.</summary>
    internal static string Line(PlannedPartition planned) => $"{ResultText.NameOf(planned)}  {WordOf(planned.Reason)}: {Why(planned)}";

    /// <summary>Why a partition is loaded, as the end of a sentence.</summary>
    internal static string Why(PlannedPartition planned) => planned.Reason switch
    {
        PlanReason.Missing => "it was never loaded",
        PlanReason.Failed => "its last run failed",
        PlanReason.Partial => "it was loaded before its window had ended",
        PlanReason.Stale or PlanReason.LogicChanged => planned.Detail is { } detail ? Visible.Of(detail) : "what it was made from has changed since",
        PlanReason.LookBack => "a new window is to be loaded, and its pipeline looks back",
        PlanReason.Changed => "its content is not what was loaded",
        PlanReason.TableGone => "it was loaded, and a table that it was loaded into is no longer there",
        _ => "it is loaded whatever its state",
    };
}
