using TypedPipelines.Cli.Hosting;
using TypedPipelines.Cli.Json;
using TypedPipelines.Cli.Rendering;
using TypedPipelines.Running;

namespace TypedPipelines.Cli.Commands;

/// <summary>Shows a plan, why each partition stands in it, and what it is likely to take: the common part of <c>plan</c> and dry runs.</summary>
/// <param name="Session">The session.</param>
/// <param name="Json">Whether it is told as JSON.</param>
internal sealed record PlanView(CliSession Session, bool Json)
{
    internal async Task ShowAsync(IReadOnlyList<PlannedPartition> plan)
    {
        IReadOnlyList<PlanEstimate> estimates = await EstimateAsync(plan).ConfigureAwait(false);
        TextWriter output = Session.Screen.Output;
        if (Json)
        {
            CliJson.Write(output, PlanDocument.Of(Session.DestinationName, plan, estimates), CliJson.Readable.PlanDocument);
            return;
        }

        foreach (PlannedPartition planned in plan.Where(planned => planned.Runs))
        {
            output.WriteLine(PlanText.Line(planned));
        }

        if (plan.Any(planned => planned.Runs))
        {
            output.WriteLine();
            SummaryText.WritePlan(output, plan);
            PlanText.WriteEstimate(output, estimates);
            if (plan.Any(planned => planned.Runs && Session.Catalog.ReadersOf(planned.Pipeline).Any()))
            {
                output.WriteLine("What was made from rows that these change becomes stale by it, and is to be loaded after them.");
            }

            output.WriteLine($"Nothing was changed in {Session.DestinationName}, and whether its tables have their contracts' shape was not looked at.");
        }
    }

    private async Task<IReadOnlyList<PlanEstimate>> EstimateAsync(IReadOnlyList<PlannedPartition> plan)
    {
        var estimates = new List<PlanEstimate>();
        foreach (IGrouping<string, PlannedPartition> pipeline in plan.Where(planned => planned.Runs).GroupBy(planned => planned.Pipeline.Descriptor.Name, StringComparer.Ordinal))
        {
            estimates.Add(new PlanEstimate(pipeline.Key, pipeline.Count(), await Session.Planner.EstimateAsync(pipeline.Key, Session.Stop).ConfigureAwait(false)));
        }

        return estimates;
    }
}
