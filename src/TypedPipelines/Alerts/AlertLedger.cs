using Microsoft.Extensions.Logging;

namespace TypedPipelines.Alerts;

/// <summary>Which alerts were sent, as the destination remembers it; and as this process does, where that cannot.</summary>
internal sealed class AlertLedger(IAlertMemory? destination, IAlertMemory process, TimeProvider clock, ILogger log)
{
    private readonly Dictionary<string, Dictionary<(string Partition, string Reason), AlertNote>> _known = new(StringComparer.Ordinal);
    private IAlertMemory _memory = destination ?? process;

    /// <returns>Whether it is to be sent.</returns>
    internal async Task<bool> NoteAsync(AlertNote note, CancellationToken cancellationToken)
    {
        Dictionary<(string Partition, string Reason), AlertNote> known = await KnownAsync(note.Pipeline, cancellationToken).ConfigureAwait(false);
        bool isNew = await AskAsync(memory => memory.NoteAsync(note, clock.GetUtcNow(), cancellationToken)).ConfigureAwait(false);
        known[(note.Partition, note.Reason)] = note;
        return isNew;
    }

    /// <summary>Forgets what is known of a partition, as far as it is meant.</summary>
    internal async Task ForgetAsync(string pipeline, string partition, Func<AlertNote, bool> which, CancellationToken cancellationToken)
    {
        foreach (AlertNote note in (await KnownAsync(pipeline, cancellationToken).ConfigureAwait(false)).Values.Where(note => note.Partition == partition && which(note)).ToList())
        {
            await ForgetAsync(note, cancellationToken).ConfigureAwait(false);
        }
    }

    internal async Task ForgetAsync(AlertNote note, CancellationToken cancellationToken)
    {
        await AskAsync(async memory =>
        {
            await memory.ForgetAsync(note, cancellationToken).ConfigureAwait(false);
            return true;
        }).ConfigureAwait(false);
        _known[note.Pipeline].Remove((note.Partition, note.Reason));
    }

    /// <summary>Read once for a plan: a partition that is loaded has something to be forgotten only rarely.</summary>
    private async Task<Dictionary<(string Partition, string Reason), AlertNote>> KnownAsync(string pipeline, CancellationToken cancellationToken)
    {
        if (!_known.TryGetValue(pipeline, out Dictionary<(string Partition, string Reason), AlertNote>? known))
        {
            IReadOnlyList<AlertNote> notes = await AskAsync(memory => memory.ReadAsync(pipeline, cancellationToken)).ConfigureAwait(false);
            known = _known[pipeline] = notes.ToDictionary(note => (note.Partition, note.Reason));
        }

        return known;
    }

    private async Task<T> AskAsync<T>(Func<IAlertMemory, Task<T>> ask)
    {
        try
        {
            return await ask(_memory).ConfigureAwait(false);
        }
        catch (PipelineException e) when (_memory != process)
        {
            AlertLog.NotRemembered(log, e.What);
            _memory = process;
            return await ask(_memory).ConfigureAwait(false);
        }
    }
}
