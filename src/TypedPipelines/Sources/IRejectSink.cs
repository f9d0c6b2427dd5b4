namespace TypedPipelines;

/// <summary>Takes the rows that a source cannot parse.</summary>
public interface IRejectSink
{
    /// <summary>Puts a row into quarantine.</summary>
    /// <param name="reject">The row and the reason.</param>
    void Add(Reject reject);
}
