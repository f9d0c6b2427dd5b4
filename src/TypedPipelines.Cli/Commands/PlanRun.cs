using TypedPipelines.Cli.Hosting;
using TypedPipelines.Cli.Json;
using TypedPipelines.Cli.Rendering;
using TypedPipelines.Running;

namespace TypedPipelines.Cli.Commands;

/// <summary>Carries out a plan under the eyes of whoever watches, and tells how it went: the common part of <c>run</c> and <c>backfill</c>.</summary>
/// <param name="Session">The session.</param>
/// <param name="Json">Whether the result is told as JSON.</param>
/// <param name="Quiet">Whether only failures are told while it runs.</param>
/// <param name="Summary">Whether a summary follows.</param>
internal sealed record PlanRun(CliSession Session, bool Json, bool Quiet, bool Summary)
{
    internal async Task<int> ExecuteAsync(IReadOnlyList<PlannedPartition> plan)
    {
        IRunView view = ChooseView();
        var record = new RunRecord(view, Session.Interruption);
        PipelineRunner runner = await Session.StartAsync().ConfigureAwait(false);
        Session.Interruption.Notice = view.Notice;
        try
        {
            await view.ShowAsync(plan, () => runner.RunAsync(plan, record, Session.Stop)).ConfigureAwait(false);
        }
        catch (Exception e) when (record.Results.Count > 0)
        {
            // The destination or the ledger gave way in between: what was done until then is still worth telling.
            return TellBroken(plan, record, e);
        }
        finally
        {
            Session.Interruption.Notice = Session.Screen.Error.WriteLine;
        }

        // Where no more was begun after too many failures, what there is says all.
        int code = ExitCode.Of(record.Results, Session.Stop.IsCancellationRequested ? plan.Count : record.Results.Count);
        Tell(plan, record, code, null);
        return code;
    }

    private int TellBroken(IReadOnlyList<PlannedPartition> plan, RunRecord record, Exception exception)
    {
        if (exception is OperationCanceledException)
        {
            Tell(plan, record, ExitCode.Cancelled, null);
            return ExitCode.Cancelled;
        }

        int code = ErrorText.Write(Session.Screen, exception, Session.Verbose, "--help");
        Tell(plan, record, code, exception.Message);
        return code;
    }

    private void Tell(IReadOnlyList<PlannedPartition> plan, RunRecord record, int code, string? error)
    {
        if (Json)
        {
            CliJson.Write(
                Session.Screen.Output, RunDocument.Of(Session.DestinationName, plan.Count, record.Results, code, error), CliJson.Readable.RunDocument);
        }
        else if (Summary)
        {
            SummaryText.Write(Session.Screen, record.Results, plan.Count, stopped: error is not null || Session.Stop.IsCancellationRequested);
        }
    }

    private IRunView ChooseView()
    {
        bool successes = !Json && !Quiet;
        // Detailed logs and a progress bar would write over each other.
        return successes && Summary && Session.Screen.Interactive && !Session.Verbose
            ? new ProgressRunView(Session.Screen)
            : new PlainRunView(Session.Screen, successes);
    }
}
