using TypedPipelines.Cli.Hosting;
using TypedPipelines.Cli.Json;
using TypedPipelines.Cli.Rendering;
using TypedPipelines.Ledger;
using TypedPipelines.Running;

namespace TypedPipelines.Cli.Commands;

/// <summary>Plans and loads many partitions: the common part of <c>backfill</c> and <c>retry</c>.</summary>
/// <param name="Session">The session.</param>
/// <param name="DryRun">Whether the plan is only shown.</param>
/// <param name="Json">Whether the result is told as JSON.</param>
/// <param name="Quiet">Whether only failures are told while it runs.</param>
internal sealed record Backfill(CliSession Session, bool DryRun, bool Json, bool Quiet)
{
    /// <summary>Whether somebody has agreed to whatever it is.</summary>
    internal bool Yes { get; init; }

    /// <summary>Whether nobody is there to be asked, whatever the screen says.</summary>
    internal bool Unattended { get; init; }

    /// <summary>Who plans.</summary>
    internal Planner Planner { get; init; } = Session.Planner;

    /// <summary>What is said where the plan has nothing to do.</summary>
    internal required Func<IReadOnlyList<PlannedPartition>, string> Nothing { get; init; }

    /// <summary>What is said where no partition is to be loaded.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="some">Which partitions were asked for alone, in words; empty for all.</param>
    internal static string NothingOf(IReadOnlyList<PlannedPartition> plan, string some) =>
        some.Length > 0 ? $"No partition is {some}." : plan.Count == 0 ? "There is no partition to load yet." : "Every partition is up to date.";

    internal async Task<int> ExecuteAsync(BackfillRequest request)
    {
        IReadOnlyList<PlannedPartition> plan = await Planner.PlanAsync(request, Session.Stop).ConfigureAwait(false);
        if (!DryRun && (plan.Count > 0 || request.StaleOnly))
        {
            // What is up to date as far as the ledger knows may be stale: whether the tables still have their contracts' shape, the destination knows.
            IReadOnlyDictionary<string, PipelineException> refused = await Session.PrepareAsync(Session.Select(request.Pipelines)).ConfigureAwait(false);
            plan = await Planner.PlanAsync(request, Session.Stop).ConfigureAwait(false);
            Tell(refused, plan);
        }

        await TellLostAsync(request).ConfigureAwait(false);
        bool nothing = !plan.Any(planned => planned.Runs);
        TextWriter output = Session.Screen.Output;
        if (DryRun)
        {
            await new PlanView(Session, Json).ShowAsync(plan).ConfigureAwait(false);
        }
        else if (nothing && Json)
        {
            List<PartitionResult> results = [.. plan.Select(planned => new PartitionResult(planned, PartitionStatus.UpToDate, null, default, [], TimeSpan.Zero, null))];
            CliJson.Write(output, RunDocument.Of(Session.DestinationName, plan.Count, results, ExitCode.Done, null), CliJson.Readable.RunDocument);
        }

        if (nothing && !Json)
        {
            output.WriteLine(Nothing(plan));
            SummaryText.WriteLogic(output, plan);
        }

        if (nothing || DryRun)
        {
            return ExitCode.Done;
        }

        if (await LargeWork.IsRefusedAsync(Session, plan, request.Force || request.StaleOnly, Yes, Unattended).ConfigureAwait(false))
        {
            return ExitCode.NotAgreed;
        }

        if (!Json && !Quiet)
        {
            output.WriteLine($"Loading into {Session.DestinationName}");
            SummaryText.WritePlan(output, plan);
            output.WriteLine();
        }

        return await new PlanRun(Session, Json, Quiet, Summary: true).ExecuteAsync(plan).ConfigureAwait(false);
    }

    /// <summary>What failed and can no longer be loaded is in no plan, and must not be forgotten for that.</summary>
    private async Task TellLostAsync(BackfillRequest request)
    {
        foreach (PipelineDescriptor pipeline in Session.Select(request.Pipelines))
        {
            PipelineState state = await PipelineState.ReadAsync(pipeline, Session.Destination.Ledger, Session.Clock.GetUtcNow(), Session.Stop).ConfigureAwait(false);
            foreach (PartitionEntry lost in state.Lost)
            {
                Session.Screen.Error.WriteLine(
                    $"warning: {pipeline.Name} {Visible.Of(lost.Partition)} has failed, and is no partition any more that {pipeline.Name} can load: its file is gone, or its window lies outside the pipeline's range. It is not tried again.");
            }
        }
    }

    /// <summary>What is refused of a pipeline that has something to load, its run tells.</summary>
    private void Tell(IReadOnlyDictionary<string, PipelineException> refused, IReadOnlyList<PlannedPartition> plan)
    {
        HashSet<string> running = [.. plan.Where(planned => planned.Runs).Select(planned => planned.Pipeline.Descriptor.Name)];
        if (running.Count == 0 && refused.Count > 0)
        {
            throw refused.Values.First();
        }

        foreach ((string pipeline, PipelineException refusal) in refused.Where(each => !running.Contains(each.Key)))
        {
            Session.Screen.Error.WriteLine($"warning: {pipeline} could not be loaded now: {Visible.Of(refusal.Message)}");
        }
    }
}
