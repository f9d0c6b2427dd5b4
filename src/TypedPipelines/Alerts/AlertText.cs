using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using TypedPipelines.Running;

namespace TypedPipelines.Alerts;

/// <summary>What alerts say: what happened, what to type next, and where the run book says more.</summary>
internal sealed class AlertText(AlertOptions options, TimeProvider clock)
{
    private static readonly string Program = Assembly.GetEntryAssembly()?.GetName().Name ?? "pipelines";

    internal static bool NeedsAction(FailureKind kind) => kind is FailureKind.RejectLimit or FailureKind.Check or FailureKind.Row or FailureKind.DuplicateKey
        or FailureKind.VersionConflict or FailureKind.DeleteLimit or FailureKind.Schema or FailureKind.Usage or FailureKind.Accounting;

    /// <summary>A partition that failed.</summary>
    internal (Alert Alert, AlertNote Note) OfFailure(PartitionResult result, PipelineException failure)
    {
        PipelineDescriptor pipeline = result.Planned.Pipeline.Descriptor;
        string key = result.Planned.Partition.Key;
        List<CheckResult> broken = [.. result.Checks.Where(check => check.Outcome == CheckOutcome.Failed)];
        bool needsAction = NeedsAction(failure.Kind);
        string what = broken.Count == 0 ? "" : " " + string.Join(" ", broken.Select(Sentence));
        string next = needsAction ? "Trying again does not help." : "Trying again may help.";
        Alert alert = Of(needsAction ? AlertReason.ActionNeeded : AlertReason.Failed, pipeline, key, $"{pipeline.Name} {key} failed ({failure.Kind}), and its tables are as they were.{what} {next}") with
        {
            Command = broken.Count > 0 ? Command("checks", pipeline.Name, "--partition", key) : needsAction ? Command("plan", pipeline.Name, "--explain", key) : Command("retry", pipeline.Name),
            Message = options.IncludeMessages ? failure.Message : null,
            RunBook = Link(pipeline, broken.Count > 0 ? RunBookPage.PlaceOf(broken[0].Table, broken[0].Check) : RunBookPage.PlaceOf(failure.Kind)),
            RunId = result.RunId,
        };
        return (alert, NoteOf(alert, [failure.Kind.ToString(), .. broken.Select(check => $"{check.Table} {check.Check}").Order(StringComparer.Ordinal)]));
    }

    /// <summary>A pipeline whose table or SQL step the destination refuses: none of its partitions was tried.</summary>
    internal (Alert Alert, AlertNote Note) OfRefusal(PipelineDescriptor pipeline, PipelineException failure)
    {
        Alert alert = Of(AlertReason.ActionNeeded, pipeline, null, $"{pipeline.Name} cannot run ({failure.Kind}): the destination refuses its table or a step of it. Trying again does not help.") with
        {
            Command = Command("prepare", pipeline.Name),
            Message = options.IncludeMessages ? failure.Message : null,
            RunBook = Link(pipeline, RunBookPage.PlaceOf(failure.Kind)),
        };
        return (alert, NoteOf(alert, [failure.Kind.ToString()]));
    }

    /// <summary>A partition that is loaded, with checks that warn.</summary>
    internal (Alert Alert, AlertNote Note) OfWarnings(PartitionResult result, IReadOnlyList<CheckResult> warnings)
    {
        PipelineDescriptor pipeline = result.Planned.Pipeline.Descriptor;
        string key = result.Planned.Partition.Key;
        Alert alert = Of(AlertReason.CheckWarning, pipeline, key, $"{pipeline.Name} {key} is loaded, and is to be looked at. {string.Join(" ", warnings.Select(Sentence))}") with
        {
            Command = Command("checks", pipeline.Name, "--partition", key),
            RunBook = Link(pipeline, RunBookPage.PlaceOf(warnings[0].Table, warnings[0].Check)),
            RunId = result.RunId,
        };
        return (alert, NoteOf(alert, [.. warnings.Select(check => $"{check.Table} {check.Check}").Order(StringComparer.Ordinal)]));
    }

    /// <summary>A partition that was due.</summary>
    internal (Alert Alert, AlertNote Note) OfLate(LatePartition late)
    {
        PipelineDescriptor pipeline = late.Pipeline;
        string key = late.Partition.Key;
        string state = late.State is { } known ? known.ToString().ToLowerInvariant() : "missing";
        Alert alert = Of(AlertReason.Late, pipeline, key, string.Create(CultureInfo.InvariantCulture, $"{pipeline.Name} {key} is late: it was due {late.Due.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}, and is {state}.")) with
        {
            Command = Command("plan", pipeline.Name, "--explain", key),
            RunBook = Link(pipeline, RunBookPage.Late),
        };
        return (alert, NoteOf(alert, []));
    }

    /// <summary>What stands for those that are too many.</summary>
    internal Alert OfMore(PipelineDescriptor pipeline, int more) =>
        Of(AlertReason.Failed, pipeline, null, string.Create(CultureInfo.InvariantCulture, $"{more} more {(more == 1 ? "alert" : "alerts")} of this run {(more == 1 ? "is" : "are")} not sent one by one.")) with
        {
            Command = Command("status", "--partitions"),
        };

    private Alert Of(AlertReason reason, PipelineDescriptor pipeline, string? partition, string text) =>
        new(reason, pipeline.Name, partition, text, "") { Owner = pipeline.Owner, At = clock.GetUtcNow() };

    private static AlertNote NoteOf(Alert alert, IReadOnlyList<string> state) => new(
        alert.Pipeline, alert.Partition ?? "", NameOf(alert.Reason), Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', state))).AsSpan(0, 16)));

    /// <summary>A reason's name in the ledger and in what is sent.</summary>
    internal static string NameOf(AlertReason reason) => reason switch
    {
        AlertReason.ActionNeeded => "action_needed",
        AlertReason.CheckWarning => "check_warning",
        _ => reason.ToString().ToLowerInvariant(),
    };

    /// <summary>What a check found has counts and means in it, and no row: those are its sample.</summary>
    private static string Sentence(CheckResult check) => $"The check {check.Check} of {check.Table}: {check.Finding ?? "it is not passed"} (expected {check.Expected}).";

    private Uri? Link(PipelineDescriptor pipeline, string place) =>
        options.RunBooks is { } folder ? new Uri($"{folder.AbsoluteUri.TrimEnd('/')}/{RunBookPage.FileOf(pipeline.Name)}#{place}") : null;

    private static string Command(params string[] arguments) => string.Join(' ', arguments.Prepend(Program).Select(Quote));

    private static string Quote(string argument) => argument.Length > 0 && argument.All(static c => char.IsAsciiLetterOrDigit(c) || "-_./:,=@%+".Contains(c, StringComparison.Ordinal))
        ? argument
        : $"'{argument.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
