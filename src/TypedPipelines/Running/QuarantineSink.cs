namespace TypedPipelines.Running;

/// <summary>The quarantine of a run, for rows that a contract rejects: how many it may take is not the source's to say.</summary>
internal sealed class QuarantineSink(List<Reject> rejects) : IRejectSink
{
    public void Add(Reject reject)
    {
        if (rejects.Count >= RejectSink.Most)
        {
            throw new PipelineException(
                FailureKind.RejectLimit,
                $"the run put more than {RejectSink.Most} rows into quarantine",
                "Nothing was changed. So many bad rows are a defect of the data or of a step; `rejects` shows them.");
        }

        rejects.Add(reject.Abridged());
    }
}
