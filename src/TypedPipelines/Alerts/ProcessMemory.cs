namespace TypedPipelines.Alerts;

/// <summary>Remembers what this process has sent, where the destination does not.</summary>
internal sealed class ProcessMemory : IAlertMemory
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Pipeline, string Partition, string Reason), string> _sent = [];

    public Task<IReadOnlyList<AlertNote>> ReadAsync(string pipeline, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return Task.FromResult<IReadOnlyList<AlertNote>>(
                [.. _sent.Where(sent => sent.Key.Pipeline == pipeline).Select(sent => new AlertNote(pipeline, sent.Key.Partition, sent.Key.Reason, sent.Value))]);
        }
    }

    public Task<bool> NoteAsync(AlertNote note, DateTimeOffset at, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            bool same = _sent.TryGetValue((note.Pipeline, note.Partition, note.Reason), out string? state) && state == note.State;
            _sent[(note.Pipeline, note.Partition, note.Reason)] = note.State;
            return Task.FromResult(!same);
        }
    }

    public Task ForgetAsync(AlertNote note, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            _sent.Remove((note.Pipeline, note.Partition, note.Reason));
            return Task.CompletedTask;
        }
    }
}
