using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.Configuration;
using TypedPipelines.Cli.Hosting;
using TypedPipelines.Cli.Rendering;
using TypedPipelines.Running;

namespace TypedPipelines.Cli.Commands;

/// <summary>
/// Asks before work that is seldom meant: more partitions than usual, or most of what a pipeline has loaded, again. Somebody at a terminal answers; anybody else has to say <c>--yes</c>.
/// What is merely missing is never destructive, and asks only by its number.
/// </summary>
internal static class LargeWork
{
    internal const string PartitionsKey = "TypedPipelines:AskAbove:Partitions";
    internal const string ShareKey = "TypedPipelines:AskAbove:Share";

    private const int DefaultPartitions = 1000;
    private const double DefaultShare = 0.5;

    /// <summary>So few partitions of a pipeline are loaded again without being asked for, whatever their share.</summary>
    private const int Few = 100;

    internal static Option<bool> Yes() => new("--yes", "-y") { Description = $"Do not ask, however much is to be loaded. [default: ask above {DefaultPartitions} partitions, and above half of a pipeline by --force or --stale]" };

    /// <summary>Whether somebody has to agree to a plan and does not; it is said why.</summary>
    /// <param name="session">The session.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="reloads">Whether what is loaded is asked to be loaded again.</param>
    /// <param name="yes">Whether somebody has agreed already.</param>
    /// <param name="unattended">Whether nobody is there to be asked.</param>
    internal static async Task<bool> IsRefusedAsync(CliSession session, IReadOnlyList<PlannedPartition> plan, bool reloads, bool yes, bool unattended = false)
    {
        if (yes || await WhyAsync(session, plan, reloads).ConfigureAwait(false) is not { } why)
        {
            return false;
        }

        return !await Agreement.IsGivenAsync(
            session, why, "Load them?", $"See what they are with --dry-run; then add --yes, or set the configuration key {PartitionsKey} or {ShareKey}", unattended).ConfigureAwait(false);
    }

    private static async Task<string?> WhyAsync(CliSession session, IReadOnlyList<PlannedPartition> plan, bool reloads)
    {
        List<PlannedPartition> runs = [.. plan.Where(planned => planned.Runs)];
        int most = (int)Number(session.Configuration, PartitionsKey, DefaultPartitions, int.MaxValue, wholeOnly: true);
        if (runs.Count > most)
        {
            return $"{Invariant.Text(runs.Count)} partitions are to be loaded, more than {Invariant.Text(most)}";
        }

        double share = Number(session.Configuration, ShareKey, DefaultShare, 1, wholeOnly: false);
        foreach (IGrouping<string, PlannedPartition> pipeline in reloads ? runs.Where(IsLoaded).GroupBy(planned => planned.Pipeline.Descriptor.Name, StringComparer.Ordinal) : [])
        {
            int again = pipeline.Count();
            if (again <= Few)
            {
                continue;
            }

            int loaded = (await session.Destination.Ledger.GetPartitionsAsync(pipeline.Key, session.Stop).ConfigureAwait(false)).Count(entry => entry.LoadedRunId is not null);
            if (again > share * loaded)
            {
                return $"{Invariant.Text(again)} of the {Invariant.Text(loaded)} loaded partitions of {Visible.Of(pipeline.Key)} are to be loaded again, more than {Invariant.Percent(share)}";
            }
        }

        return null;
    }

    private static bool IsLoaded(PlannedPartition planned) => planned.Reason is PlanReason.Asked or PlanReason.Stale;

    private static double Number(IConfiguration configuration, string key, double otherwise, double most, bool wholeOnly)
    {
        string? text = configuration[key];
        return string.IsNullOrWhiteSpace(text) ? otherwise
            : double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number) && number <= most && (!wholeOnly || number == Math.Floor(number)) ? number
            : throw new PipelineException(
                FailureKind.Usage,
                $"the configuration key {key} holds '{text}'",
                wholeOnly ? "It is a number of partitions, such as 1000." : "It is a share, from 0 to 1, such as 0.5.");
    }
}
