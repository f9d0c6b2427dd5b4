using TypedPipelines.Cli.Rendering;
using TypedPipelines.Ledger;

namespace TypedPipelines.Cli.Reports;

/// <summary>What a report says of a pipeline.</summary>
/// <param name="State">Its partitions.</param>
/// <param name="Runs">Its latest runs, newest first.</param>
/// <param name="Rejects">Its rows in quarantine, by partition and reason.</param>
/// <param name="Checks">The checks that were not passed.</param>
/// <param name="Made">The checks that were made last, also those that were passed.</param>
internal sealed record PipelineReport(
    PipelineState State, IReadOnlyList<RunEntry> Runs, IReadOnlyList<RejectCount> Rejects, IReadOnlyList<CheckEntry> Checks, IReadOnlyList<CheckEntry> Made)
{
    private const int MostRuns = 200;
    private const int MostChecks = 50;
    private const int MostMade = 500;

    internal static async Task<PipelineReport> ReadAsync(PipelineDescriptor pipeline, ILedger ledger, DateTimeOffset now, CancellationToken cancellationToken) => new(
        await PipelineState.ReadAsync(pipeline, ledger, now, cancellationToken).ConfigureAwait(false),
        await ledger.GetRunsAsync(pipeline.Name, MostRuns, cancellationToken).ConfigureAwait(false),
        await ledger.CountRejectsAsync(pipeline.Name, null, cancellationToken).ConfigureAwait(false),
        await ledger.GetChecksAsync(pipeline.Name, null, passed: false, MostChecks, cancellationToken).ConfigureAwait(false),
        pipeline.Loads.Any(load => load.Contract.Checks.Count > 0)
            ? await ledger.GetChecksAsync(pipeline.Name, null, passed: true, MostMade, cancellationToken).ConfigureAwait(false)
            : []);
}
