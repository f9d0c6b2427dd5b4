using System.Globalization;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using TypedPipelines.Alerts;
using TypedPipelines.Destinations;
using TypedPipelines.Ledger;
using TypedPipelines.Running;

namespace TypedPipelines;

/// <summary>
/// Says of pipelines whether they are well, for a host's health endpoint: unhealthy where the ledger cannot be read, degraded where partitions have failed or are late, and healthy otherwise. It asks
/// the ledger only, and says how many of each pipeline there are: no value of a row, and no message of a failure.
/// </summary>
/// <param name="catalog">The pipelines.</param>
/// <param name="destination">Where they load.</param>
/// <param name="clock">The clock.</param>
public sealed class PipelineHealthCheck(PipelineCatalog catalog, IDestination destination, TimeProvider clock) : IHealthCheck
{
    /// <inheritdoc/>
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var data = new Dictionary<string, object>(StringComparer.Ordinal);
        var complaints = new List<string>();
        try
        {
            foreach (PipelineDescriptor pipeline in catalog.Pipelines.Select(each => each.Descriptor))
            {
                IReadOnlyList<PartitionEntry> entries = await destination.Ledger.GetPartitionsAsync(pipeline.Name, cancellationToken).ConfigureAwait(false);
                IReadOnlyList<LatePartition> late = await LatePartition.FindAsync(pipeline, destination.Ledger, clock.GetUtcNow(), cancellationToken).ConfigureAwait(false);
                int failed = entries.Count(entry => entry.State == PartitionState.Failed);
                data[$"{pipeline.Name}.failed"] = failed;
                data[$"{pipeline.Name}.late"] = late.Count;
                if (failed + late.Count > 0)
                {
                    complaints.Add(string.Create(CultureInfo.InvariantCulture, $"{pipeline.Name}: {failed} failed, {late.Count} late"));
                }
            }
        }
        catch (PipelineException)
        {
            // What the destination says has its name in it, and a health endpoint is often open to anybody; the log of a run has the message.
            return HealthCheckResult.Unhealthy("the ledger cannot be read", data: data);
        }

        return complaints.Count == 0 ? HealthCheckResult.Healthy(data: data) : HealthCheckResult.Degraded(string.Join("; ", complaints), data: data);
    }
}
