using System.Globalization;
using TypedPipelines.Destinations;
using TypedPipelines.Ledger;

namespace TypedPipelines.Running;

/// <summary>Compares what is asked for with what the ledger holds.</summary>
/// <param name="catalog">The pipelines.</param>
/// <param name="destination">The destination with the ledger.</param>
/// <param name="clock">The clock: windows that have not ended are not planned.</param>
public sealed class Planner(PipelineCatalog catalog, IDestination destination, TimeProvider clock)
{
    /// <summary>Plans a backfill: the partitions of the pipelines in the span, pipeline by pipeline, in time order.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="cancellationToken">Stops the planning.</param>
    /// <exception cref="PipelineException">A pipeline or partition does not exist.</exception>
    public async Task<IReadOnlyList<PlannedPartition>> PlanAsync(BackfillRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        List<PipelineRegistration> named = [.. request.Pipelines.Select(catalog.Find).Distinct()];
        HashSet<PipelineRegistration> wanted = named.Count == 0 ? [.. catalog.Pipelines] : [.. named];
        HashSet<PipelineRegistration> downstream = request.Downstream ? [.. named.SelectMany(catalog.AllReadersOf)] : [];
        downstream.ExceptWith(wanted);
        var plan = new List<PlannedPartition>();
        foreach (PipelineRegistration pipeline in catalog.Pipelines)
        {
            if (wanted.Contains(pipeline))
            {
                plan.AddRange(Chosen(await PlanAsync(pipeline, request, named.Count == 0, cancellationToken).ConfigureAwait(false), request));
            }
            else if (downstream.Contains(pipeline))
            {
                plan.AddRange(Touched(await PlanAsync(pipeline, new BackfillRequest([]), all: true, cancellationToken).ConfigureAwait(false), TimeOf(request, named)));
            }
        }

        return plan;
    }

    /// <summary>Plans the run of one partition, whatever its state.</summary>
    /// <param name="pipeline">The pipeline's name.</param>
    /// <param name="key">The partition's key; null for the latest that can be loaded.</param>
    /// <exception cref="PipelineException">The pipeline or partition does not exist, or its window has not ended.</exception>
    public PlannedPartition PlanOne(string pipeline, string? key)
    {
        PipelineRegistration found = catalog.Find(pipeline);
        PartitionScheme scheme = found.Descriptor.Partitions;
        DateTimeOffset now = clock.GetUtcNow();
        if (key is null)
        {
            Partition latest = scheme.LoadableAt(now).LastOrDefault() ?? throw NothingYet(pipeline, scheme);
            return new PlannedPartition(found, latest, PlanReason.Asked);
        }

        Partition partition = scheme.Parse(key);
        return scheme.IsLoadable(partition, now) ? new PlannedPartition(found, partition, PlanReason.Asked) : throw TooEarly(pipeline, scheme, partition, now);
    }

    /// <summary>
    /// Plans the replay of rows in quarantine: their partitions are run again, whatever their state, in time order. A run of a partition is what takes its rows through today's code
    /// without doubling any, for every strategy alike.
    /// </summary>
    /// <param name="pipelines">The pipelines' names; none for all.</param>
    /// <param name="partition">The key of the one partition that is meant; null for all.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    /// <returns>The plan, and the partitions with rejects that their pipelines cannot load any more.</returns>
    /// <exception cref="PipelineException">A pipeline does not exist.</exception>
    public async Task<(IReadOnlyList<PlannedPartition> Plan, IReadOnlyList<RejectCount> Lost)> PlanReplayAsync(
        IReadOnlyList<string> pipelines, string? partition, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(pipelines);
        HashSet<PipelineRegistration> wanted = [.. pipelines.Select(catalog.Find)];
        var plan = new List<PlannedPartition>();
        var lost = new List<RejectCount>();
        foreach (PipelineRegistration pipeline in catalog.Pipelines.Where(pipeline => wanted.Count == 0 || wanted.Contains(pipeline)))
        {
            IReadOnlyList<RejectCount> counts = await destination.Ledger.CountRejectsAsync(pipeline.Descriptor.Name, partition, cancellationToken).ConfigureAwait(false);
            var found = new List<Partition>();
            foreach (IGrouping<string, RejectCount> of in counts.GroupBy(count => count.Partition, StringComparer.Ordinal))
            {
                if (pipeline.Descriptor.Partitions.TryParse(of.Key) is { } loadable && pipeline.Descriptor.Partitions.IsLoadable(loadable, clock.GetUtcNow()))
                {
                    found.Add(loadable);
                }
                else
                {
                    lost.AddRange(of);
                }
            }

            found.Sort(static (left, right) => left.CompareTo(right));
            plan.AddRange(found.Select(each => new PlannedPartition(pipeline, each, PlanReason.Asked)));
        }

        return (plan, lost);
    }

    /// <summary>What loading a partition of a pipeline is likely to take; null where the ledger knows of no load of it.</summary>
    /// <param name="pipeline">The pipeline's name.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    public async Task<LoadEstimate?> EstimateAsync(string pipeline, CancellationToken cancellationToken) =>
        LoadEstimate.By(await destination.Ledger.GetRunsAsync(pipeline, LoadEstimate.Recent, cancellationToken).ConfigureAwait(false));

    private static IEnumerable<PlannedPartition> Chosen(IEnumerable<PlannedPartition> partitions, BackfillRequest request)
    {
        if (!request.FailedOnly && !request.MissingOnly && !request.StaleOnly)
        {
            return partitions;
        }

        return partitions
            .Where(planned => planned.Reason switch
            {
                PlanReason.Failed => request.FailedOnly,
                PlanReason.Missing => request.MissingOnly,
                PlanReason.Stale or PlanReason.LogicChanged => request.StaleOnly,
                _ => false,
            })
            .Select(planned => planned.Reason == PlanReason.LogicChanged ? planned with { Reason = PlanReason.Stale, RunsForLogic = true } : planned);
    }

    /// <summary>Of a pipeline that reads what is loaded: what is to be done in the span, and all that is up to date, for this run may make it stale.</summary>
    private static IEnumerable<PlannedPartition> Touched(IEnumerable<PlannedPartition> partitions, (DateTimeOffset Start, DateTimeOffset End) span) => partitions.Where(
        planned => !planned.Runs || !planned.Partition.HasWindow || (planned.Partition.End > span.Start && planned.Partition.Start < span.End));

    /// <summary>The time that a request is about, by the partitions of the pipelines that it names.</summary>
    private static (DateTimeOffset Start, DateTimeOffset End) TimeOf(BackfillRequest request, IEnumerable<PipelineRegistration> named)
    {
        PartitionScheme? scheme = named.Select(pipeline => pipeline.Descriptor.Partitions).FirstOrDefault(partitions => partitions.HasWindows);
        return (
            scheme is null || request.From is null ? DateTimeOffset.MinValue : scheme.Parse(request.From).Start,
            scheme is null || request.To is null ? DateTimeOffset.MaxValue : scheme.Parse(request.To).End);
    }

    private static PipelineException NothingYet(string pipeline, PartitionScheme scheme)
    {
        if (scheme.All().FirstOrDefault() is not { } first)
        {
            return new PipelineException(FailureKind.Window, $"there are no {scheme.KeyForm} for {pipeline}", "Deliver one, and run it then.");
        }

        return new PipelineException(
            FailureKind.Window,
            scheme.AllowPartial
                ? $"no partition of {pipeline} has begun yet; the first begins at {Shown(first.Start)}"
                : $"no partition of {pipeline} has ended yet; the first ends at {Shown(first.End)}",
            "Run it then.");
    }

    /// <summary>The same on every machine: in other cultures the colon is a point, and the year that of another calendar.</summary>
    private static string Shown(DateTimeOffset instant) => instant.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    private static PipelineException TooEarly(string pipeline, PartitionScheme scheme, Partition partition, DateTimeOffset now) => scheme.AllowPartial
        ? new PipelineException(
            FailureKind.Window, $"partition {partition.Key} of {pipeline} begins at {Shown(partition.Start)}, which has not come yet", "Run it then.")
        : new PipelineException(
            FailureKind.Window,
            $"partition {partition.Key} of {pipeline} ends at {Shown(partition.End)}, which has not come yet",
            // A part of a window that has not begun is nothing: that advice is for today, not for tomorrow.
            partition.Start <= now
                ? "Run it then, or set AllowPartial on the pipeline's partitions: the ledger then calls it partial and plans it again."
                : "Run it then.");

    private async Task<IEnumerable<PlannedPartition>> PlanAsync(
        PipelineRegistration pipeline, BackfillRequest request, bool all, CancellationToken cancellationToken)
    {
        PartitionScheme scheme = pipeline.Descriptor.Partitions;
        IEnumerable<Partition> span = scheme.LoadableAt(clock.GetUtcNow());
        // A span of days says nothing about a pipeline without windows: with no name given, it is planned as a whole.
        if (scheme.HasWindows || !all)
        {
            Partition? from = request.From is null ? null : scheme.Parse(request.From);
            Partition? to = request.To is null ? null : scheme.Parse(request.To);
            if (from is not null && to is not null && from.CompareTo(to) > 0)
            {
                throw new PipelineException(FailureKind.Usage, $"--from {from.Key} comes after --to {to.Key}", "Exchange them; both are included in the span.");
            }

            span = span.Where(partition => (from is null || partition.CompareTo(from) >= 0) && (to is null || partition.CompareTo(to) <= 0));
        }

        IReadOnlyList<PartitionEntry> entries = await destination.Ledger.GetPartitionsAsync(pipeline.Descriptor.Name, cancellationToken).ConfigureAwait(false);
        Dictionary<string, PartitionEntry> ledger = entries.ToDictionary(entry => entry.Partition, StringComparer.Ordinal);
        string?[] tables = entries.Any(entry => entry.LoadedRunId is not null) ? await FindTablesAsync(pipeline, cancellationToken).ConfigureAwait(false) : [];
        bool gone = tables.Contains(null);
        var content = new ContentCheck(entries);
        PartitionEntry? recut = PartitionHistory.LastOfAnotherCut(pipeline.Descriptor, entries);
        var logic = new LogicCheck(pipeline.Descriptor.Logic, destination.Ledger);
        var planned = new List<PlannedPartition>();
        foreach (Partition partition in span)
        {
            PartitionEntry? entry = ledger.GetValueOrDefault(partition.Key);
            PlanReason reason = request.Force ? PlanReason.Asked : ReasonOf(entry, gone);
            var found = new PlannedPartition(pipeline, partition, reason) { Detail = reason == PlanReason.Stale ? entry!.Error : null };
            if (reason == PlanReason.UpToDate && PartitionHistory.WhyNotOf(partition, entry!, tables!, recut) is { } another)
            {
                found = found with { Reason = PlanReason.Stale, Detail = another, IsStaleToPlan = true };
            }

            found = await content.CheckAsync(found, cancellationToken).ConfigureAwait(false);
            planned.Add(await logic.CheckAsync(found, entry, cancellationToken).ConfigureAwait(false));
        }

        return LookBack(planned, scheme.LookBack);
    }

    /// <summary>Where a window is new, which is after all that are loaded, the last ones before it are loaded again.</summary>
    private static List<PlannedPartition> LookBack(List<PlannedPartition> planned, int windows)
    {
        int last = planned.FindLastIndex(partition => partition.Reason is not PlanReason.Missing);
        if (windows > 0 && last >= 0 && last < planned.Count - 1)
        {
            for (int i = last, left = windows; i >= 0 && left > 0; i--)
            {
                // One that was never loaded is run anyway, and is none of the last that were.
                left -= planned[i].Reason is PlanReason.Missing or PlanReason.Failed ? 0 : 1;
                planned[i] = planned[i].Runs ? planned[i] : planned[i] with { Reason = PlanReason.LookBack, Detail = null };
            }
        }

        return planned;
    }

    private async Task<string?[]> FindTablesAsync(PipelineRegistration pipeline, CancellationToken cancellationToken)
    {
        var tables = new string?[pipeline.Descriptor.Loads.Count];
        for (int i = 0; i < tables.Length; i++)
        {
            tables[i] = await destination.FindTableAsync(pipeline.Descriptor.Loads[i].Contract, cancellationToken).ConfigureAwait(false);
        }

        return tables;
    }

    private static PlanReason ReasonOf(PartitionEntry? entry, bool gone) =>
        gone && entry?.State is (PartitionState.Complete or PartitionState.Partial or PartitionState.Stale) ? PlanReason.TableGone : ReasonOf(entry);

    /// <summary>What the ledger's entry of a partition means for a plan.</summary>
    internal static PlanReason ReasonOf(PartitionEntry? entry) => entry?.State switch
    {
        null => PlanReason.Missing,
        PartitionState.Failed => PlanReason.Failed,
        PartitionState.Partial => PlanReason.Partial,
        PartitionState.Stale => PlanReason.Stale,
        _ => PlanReason.UpToDate,
    };
}
