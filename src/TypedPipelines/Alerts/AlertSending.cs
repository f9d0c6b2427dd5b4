using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using TypedPipelines.Destinations;
using TypedPipelines.Running;

namespace TypedPipelines.Alerts;

/// <summary>
/// The alerts of one plan. Results are handed over without waiting, and all else happens beside the runs: whether somebody has been told already, and the sending. Only the end of the plan
/// waits for what is still on its way, and no longer than the options say.
/// </summary>
internal sealed class AlertSending
{
    private readonly AlertCentre _centre;
    private readonly IDestination _destination;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly AlertText _text;
    private readonly AlertLedger _ledger;
    private readonly Channel<Func<CancellationToken, Task>> _work = Channel.CreateUnbounded<Func<CancellationToken, Task>>(new UnboundedChannelOptions { SingleReader = true });
    private readonly CancellationTokenSource _stop = new();
    private readonly HashSet<(string Pipeline, string Partition)> _failedNow = [];
    private readonly Task _working;
    private PipelineDescriptor? _last;
    private bool _isTold;
    private int _sent;
    private int _more;

    internal AlertSending(AlertCentre centre, IDestination destination, TimeProvider clock, ILogger log)
    {
        _centre = centre;
        _destination = destination;
        _clock = clock;
        _log = log;
        _text = new AlertText(centre.Options, clock);
        _ledger = new AlertLedger(destination as IAlertMemory, centre.Memory, clock, log);
        _working = Task.Run(WorkAsync);
    }

    /// <summary>Takes in how a partition ended. Never waits.</summary>
    internal void Take(PartitionResult result) => _work.Writer.TryWrite(cancellationToken => HandleAsync(result, cancellationToken));

    /// <summary>Has partitions of pipelines looked for that are late.</summary>
    internal void TakeLate(IEnumerable<PipelineDescriptor> pipelines) => _work.Writer.TryWrite(async cancellationToken =>
    {
        foreach (PipelineDescriptor pipeline in pipelines.Distinct())
        {
            foreach (LatePartition late in await LatePartition.FindAsync(pipeline, _destination.Ledger, _clock.GetUtcNow(), cancellationToken).ConfigureAwait(false))
            {
                // Of one that has just failed somebody is told already.
                if (!_failedNow.Contains((pipeline.Name, late.Partition.Key)))
                {
                    await RaiseAsync(_text.OfLate(late), pipeline, cancellationToken).ConfigureAwait(false);
                }
            }
        }
    });

    /// <summary>Waits for what is on its way, and gives the rest up when the time is over.</summary>
    internal async Task EndAsync()
    {
        _work.Writer.TryWrite(TellMoreAsync);
        _work.Writer.Complete();
        TimeSpan limit = _centre.Options.Timeout;
        if (await Task.WhenAny(_working, Task.Delay(limit)).ConfigureAwait(false) != _working)
        {
            AlertLog.GivenUp(_log, limit.TotalSeconds);
            await _stop.CancelAsync().ConfigureAwait(false);
        }
    }

    private async Task WorkAsync()
    {
        await foreach (Func<CancellationToken, Task> each in _work.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            if (_stop.IsCancellationRequested)
            {
                return;
            }

            try
            {
                await each(_stop.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                // The time is over, which the end of the plan says.
            }
            catch (Exception e)
            {
                // Whatever it is, the alerts after this one are sent.
                AlertLog.NotMade(_log, e is PipelineException known ? known.What : e.GetType().Name);
            }
        }
    }

    private async Task HandleAsync(PartitionResult result, CancellationToken cancellationToken)
    {
        PipelineDescriptor pipeline = result.Planned.Pipeline.Descriptor;
        switch (result.Status)
        {
            case PartitionStatus.Loaded or PartitionStatus.UpToDate:
                await ResolveAsync(result, cancellationToken).ConfigureAwait(false);
                List<CheckResult> warnings = [.. result.Checks.Where(check => check.Outcome is CheckOutcome.Warned or CheckOutcome.Quarantined)];
                if (warnings.Count > 0)
                {
                    await RaiseAsync(_text.OfWarnings(result, warnings), pipeline, cancellationToken).ConfigureAwait(false);
                }

                break;
            case PartitionStatus.Failed when result.Failure is { } failure:
                _failedNow.Add((pipeline.Name, result.Planned.Partition.Key));
                (Alert alert, AlertNote note) = _text.OfFailure(result, failure);
                await _ledger.ForgetAsync(pipeline.Name, note.Partition, known => known.Reason is "failed" or "action_needed" && known.Reason != note.Reason, cancellationToken).ConfigureAwait(false);
                await RaiseAsync((alert, note), pipeline, cancellationToken).ConfigureAwait(false);
                break;
            case PartitionStatus.Blocked when result.Failure is { Kind: not FailureKind.Upstream } refusal:
                await RaiseAsync(_text.OfRefusal(pipeline, refusal), pipeline, cancellationToken).ConfigureAwait(false);
                break;
        }
    }

    /// <summary>What was told of a partition that is loaded now, and of its pipeline as a whole, is over; a warning only where there is none any more.</summary>
    private async Task ResolveAsync(PartitionResult result, CancellationToken cancellationToken)
    {
        string pipeline = result.Planned.Pipeline.Descriptor.Name;
        bool warns = result.Checks.Any(check => check.Outcome is CheckOutcome.Warned or CheckOutcome.Quarantined);
        bool ran = result.Status == PartitionStatus.Loaded;
        string warning = AlertText.NameOf(AlertReason.CheckWarning);
        await _ledger.ForgetAsync(pipeline, result.Planned.Partition.Key, note => note.Reason != warning || (ran && !warns), cancellationToken).ConfigureAwait(false);
        if (ran)
        {
            await _ledger.ForgetAsync(pipeline, "", static _ => true, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task RaiseAsync((Alert Alert, AlertNote Note) raised, PipelineDescriptor pipeline, CancellationToken cancellationToken)
    {
        if (!await _ledger.NoteAsync(raised.Note, cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        _last = pipeline;
        if (_sent == _centre.Options.Most)
        {
            _more++;
            return;
        }

        _sent++;
        if (!await SendAsync(raised.Alert, cancellationToken).ConfigureAwait(false))
        {
            await _ledger.ForgetAsync(raised.Note, CancellationToken.None).ConfigureAwait(false);
        }
    }

    private async Task TellMoreAsync(CancellationToken cancellationToken)
    {
        if (_more > 0)
        {
            await SendAsync(_text.OfMore(_last!, _more), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <returns>Whether anybody got it.</returns>
    private async Task<bool> SendAsync(Alert alert, CancellationToken cancellationToken)
    {
        bool sent = false;
        foreach (IAlertSink sink in _centre.Sinks)
        {
            try
            {
                await sink.SendAsync(alert, cancellationToken).ConfigureAwait(false);
                sent = true;
            }
            catch (Exception e)
            {
                string what = e is PipelineException known ? known.What : e.GetType().Name;
                if (_isTold)
                {
                    AlertLog.NotSentEither(_log, alert.Pipeline, alert.Partition, sink.Name, what);
                }
                else
                {
                    AlertLog.NotSent(_log, alert.Pipeline, alert.Partition, sink.Name, what);
                }

                _isTold = true;
            }
        }

        return sent;
    }
}
