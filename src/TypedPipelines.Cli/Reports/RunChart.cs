using System.Globalization;
using System.Text;
using TypedPipelines.Cli.Rendering;
using TypedPipelines.Ledger;

namespace TypedPipelines.Cli.Reports;

/// <summary>Runs as bars, the oldest on the left.</summary>
internal static class RunChart
{
    private const int Most = 60;
    private const int Bar = 8;
    private const int Height = 64;

    /// <param name="runs">Runs that have ended, newest first.</param>
    /// <param name="title">What is shown.</param>
    /// <param name="valueOf">How much.</param>
    /// <param name="show">How much in words.</param>
    internal static string Of(IEnumerable<RunEntry> runs, string title, Func<RunEntry, double> valueOf, Func<double, string> show)
    {
        List<RunEntry> shown = [.. runs.Take(Most).Reverse()];
        double most = shown.Max(valueOf);
        var svg = new StringBuilder($"<figure><figcaption>{Html.Text($"{title}: up to {show(most)}, {Invariant.Count(shown.Count, "run")}")}</figcaption><svg class=\"bars\" role=\"img\" aria-label=\"{Html.Text(title)}\" viewBox=\"0 0 {Invariant.Text(Most * Bar)} {Invariant.Text(Height)}\">");
        for (int i = 0; i < shown.Count; i++)
        {
            RunEntry run = shown[i];
            double height = most > 0 ? Math.Max(1, valueOf(run) / most * Height) : 1;
            string kind = run.Outcome == RunOutcome.Succeeded ? "complete" : run.Outcome == RunOutcome.Failed ? "failed" : "missing";
            svg.Append(CultureInfo.InvariantCulture, $"<rect class=\"{kind}\" x=\"{i * Bar}\" y=\"{Height - height:0.#}\" width=\"{Bar - 2}\" height=\"{height:0.#}\"><title>{Html.Text($"{run.Partition} {CheckText.OutcomeOf(run)} {Invariant.Text(run.StartedAt)}: {show(valueOf(run))}")}</title></rect>");
        }

        return svg.Append("</svg></figure>\n").ToString();
    }
}
