namespace TypedPipelines.Alerts;

/// <summary>
/// Remembers which alerts were sent, in the destination, so that no other process sends them again. Its table is no part of the ledger's versions: it is made when the first
/// alert is sent, and where that may not be, each process remembers its own.
/// </summary>
internal interface IAlertMemory
{
    /// <summary>The alerts of a pipeline that were sent and have not been resolved.</summary>
    Task<IReadOnlyList<AlertNote>> ReadAsync(string pipeline, CancellationToken cancellationToken);

    /// <summary>Notes an alert as sent.</summary>
    /// <returns>Whether it is new, or another than the one that was sent.</returns>
    Task<bool> NoteAsync(AlertNote note, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>Forgets an alert: it is resolved, or could not be sent.</summary>
    Task ForgetAsync(AlertNote note, CancellationToken cancellationToken);
}

/// <summary>An alert that was sent.</summary>
/// <param name="Pipeline">The pipeline's name.</param>
/// <param name="Partition">The partition's key; empty for the pipeline as a whole.</param>
/// <param name="Reason">The name of its <see cref="AlertReason"/>.</param>
/// <param name="State">A digest of what it is about: another one is another alert.</param>
internal sealed record AlertNote(string Pipeline, string Partition, string Reason, string State);
