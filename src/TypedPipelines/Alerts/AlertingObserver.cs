using TypedPipelines.Running;

namespace TypedPipelines.Alerts;

/// <summary>Hands what it hears to whoever else watches, and results to the alerts.</summary>
internal sealed class AlertingObserver(IRunObserver observer, AlertSending alerts) : IRunObserver
{
    public void Started(PlannedPartition planned) => observer.Started(planned);

    public void RowsRead(PlannedPartition planned, long rows) => observer.RowsRead(planned, rows);

    public void Finished(PartitionResult result)
    {
        alerts.Take(result);
        observer.Finished(result);
    }
}
