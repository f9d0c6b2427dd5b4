using TypedPipelines.Cli.Graphs;
using TypedPipelines.Cli.Rendering;
using TypedPipelines.Ledger;

namespace TypedPipelines.Cli.Reports;

/// <summary>
/// The state of pipelines as one file that needs nothing else: no network, no script. What comes from data is text in it, and the page's own policy would not let it be
/// anything else.
/// </summary>
internal static class ReportPage
{
    private const int MostSlow = 10;
    private const int MostReasons = 50;

    private static readonly string[] States = ["complete", "partial", "stale", "failed", "missing"];

    internal static string Of(string destination, DateTimeOffset now, IReadOnlyList<PipelineReport> reports)
    {
        var page = new Html();
        page.Markup("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
            .Markup("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n<title>Pipelines</title>\n<style>\n")
            .Markup(ReportStyle.Css)
            .Markup("\n</style></head><body>\n")
            .Element("h1", "Pipelines")
            .Element("p", $"{destination}, {Invariant.Text(now)}", "soft");
        WriteOverview(page, reports);
        for (int i = 0; i < reports.Count; i++)
        {
            WritePipeline(page, reports[i], i, now);
        }

        return page.Markup("</body></html>\n").ToString();
    }

    private static void WriteOverview(Html page, IReadOnlyList<PipelineReport> reports)
    {
        page.Markup("<div class=\"wide\"><table><thead><tr><th>pipeline</th><th>owner</th>");
        foreach (string state in States)
        {
            page.Markup($"<th class=\"n\">{state}</th>");
        }

        page.Markup("<th class=\"n\">rows</th><th>last run</th></tr></thead><tbody>\n");
        for (int i = 0; i < reports.Count; i++)
        {
            PipelineState state = reports[i].State;
            page.Markup($"<tr><td><a href=\"#p{Invariant.Text(i)}\">{Html.Text(state.Pipeline.Name)}</a></td><td>{Html.Text(state.Pipeline.Owner)}</td>");
            foreach (long count in (long[])[state.Count(PartitionState.Complete), state.Count(PartitionState.Partial), state.Count(PartitionState.Stale), state.Count(PartitionState.Failed), state.Missing, state.Rows])
            {
                page.Markup($"<td class=\"n\">{Invariant.Text(count)}</td>");
            }

            page.Markup($"<td>{(state.LastRun is { } run ? Html.Text($"{run.Partition} {CheckText.OutcomeOf(run)} {Invariant.Text(run.FinishedAt ?? run.StartedAt)}") : "never")}</td></tr>\n");
        }

        page.Markup("</tbody></table></div>\n");
    }

    private static void WritePipeline(Html page, PipelineReport report, int number, DateTimeOffset now)
    {
        PipelineDescriptor pipeline = report.State.Pipeline;
        page.Markup($"<section id=\"p{Invariant.Text(number)}\">\n").Element("h2", pipeline.Name);
        foreach (string said in new[] { pipeline.Description, pipeline.Summary }.OfType<string>().Distinct())
        {
            page.Element("p", said);
        }

        page.Element("p", $"{(pipeline.Owner is null ? "no owner" : $"owner: {pipeline.Owner}")}; partitions: {PipelineText.PartitionsOf(pipeline.Partitions)}", "soft");
        WriteCalendar(page, report.State);
        WriteRuns(page, report, now);
        if (report.Checks.Count > 0)
        {
            page.Element("h3", "Checks that were not passed").Table(
                ["partition", "check", "table", "outcome", "found", "expected"],
                report.Checks.Select(check => (IReadOnlyList<string?>)[check.Partition, check.Result.Check, check.Result.Table, check.Result.Outcome.ToString(), check.Result.Finding, check.Result.Expected]));
        }

        WriteTimings(page, report);
        if (report.Rejects.Count > 0)
        {
            page.Element("h3", "Rows in quarantine").Table(
                ["partition", ">rows", "rejected by", "column", "reason"],
                report.Rejects.Take(MostReasons).Select(count => (IReadOnlyList<string?>)[count.Partition, Invariant.Text(count.Rows), count.Source, count.Column, count.Reason]));
        }

        page.Element("h3", "Where its rows come from").Markup("<div class=\"wide\">").Markup(GraphSvg.Of(PipelineGraph.Of([pipeline]), $"The steps of {pipeline.Name}")).Markup("</div>\n");
        WriteLineage(page, pipeline);
        page.Markup("</section>\n");
    }

    private static void WriteCalendar(Html page, PipelineState state)
    {
        if (state.Partitions.Count == 0)
        {
            page.Element("p", "No partition can be loaded yet.");
            return;
        }

        page.Markup("<h3>Partitions</h3>\n<p class=\"legend\">");
        foreach (string word in States)
        {
            page.Markup($"<span><i class=\"{word}\"></i>{word}</span>");
        }

        page.Markup("</p>\n");
        foreach (IGrouping<string, (Partition Partition, PartitionEntry? Entry)> span in state.Partitions.GroupBy(one => SpanOf(one.Partition, state.Pipeline.Partitions)))
        {
            page.Markup($"<div class=\"span\"><b>{Html.Text(span.Key)}</b><div class=\"cells\">");
            foreach ((Partition partition, PartitionEntry? entry) in span)
            {
                string word = PipelineState.WordOf(entry);
                string more = entry is null ? "" : entry.Error is { } error ? $": {error}" : $", {Invariant.Text(entry.Counts.Loaded)} rows";
                page.Markup($"<i class=\"{word}\" title=\"{Html.Text($"{partition.Key} {word}{more}")}\"></i>");
            }

            page.Markup("</div></div>\n");
        }

        foreach (PartitionEntry entry in state.Partitions.Select(one => one.Entry).OfType<PartitionEntry>().Where(entry => entry.State is PartitionState.Failed or PartitionState.Stale).Concat(state.Lost).Take(MostSlow))
        {
            page.Element("p", $"{entry.Partition} {PipelineState.WordOf(entry)}: {entry.Error}");
        }
    }

    /// <summary>What a line of the calendar is: a month of days, a day of hours, a decade of the longer ones.</summary>
    private static string SpanOf(Partition partition, PartitionScheme scheme) => scheme.Kind switch
    {
        "daily" => partition.ToString("yyyy-MM", null),
        "hourly" => partition.ToString("yyyy-MM-dd", null),
        "monthly" or "quarterly" => partition.ToString("yyyy", null),
        "yearly" => partition.ToString("yyyy", null)[..3] + "0s",
        _ => "",
    };

    private static void WriteRuns(Html page, PipelineReport report, DateTimeOffset now)
    {
        List<RunEntry> ended = [.. report.Runs.Where(run => run is { FinishedAt: not null, Outcome: RunOutcome.Succeeded or RunOutcome.Failed })];
        if (ended.Count == 0)
        {
            return;
        }

        page.Element("h3", "Runs").Markup("<div class=\"charts\">\n")
            .Markup(RunChart.Of(ended, "duration", Seconds, static seconds => $"{Invariant.Seconds(seconds)} s"))
            .Markup(RunChart.Of(ended, "rows loaded", static run => run.Counts.Loaded, static rows => $"{Invariant.Text((long)rows)} rows"))
            .Markup("</div>\n")
            .Markup("<details><summary>The slowest of the last runs</summary>")
            .Table(
                ["partition", "outcome", ">seconds", ">read", ">loaded", "began"],
                ended.OrderByDescending(Seconds).Take(MostSlow).Select(run => (IReadOnlyList<string?>)
                    [run.Partition, CheckText.OutcomeOf(run), Invariant.Seconds(Seconds(run)), Invariant.Text(run.Counts.Read), Invariant.Text(run.Counts.Loaded), Invariant.Text(run.StartedAt)]))
            .Markup("</details>\n");

        double Seconds(RunEntry run) => ((run.FinishedAt ?? now) - run.StartedAt).TotalSeconds;
    }

    /// <summary>A check of single rows is made while they pass, and has no time of its own; neither has a step, which runs in one loop with the others.</summary>
    private static void WriteTimings(Html page, PipelineReport report)
    {
        List<IGrouping<(string Table, string Check), CheckEntry>> timed = [.. report.Made
            .Where(check => check.Result.Duration > TimeSpan.Zero)
            .GroupBy(check => (check.Result.Table, check.Result.Check))
            .OrderByDescending(check => check.Average(made => made.Result.Duration.TotalSeconds))
            .Take(MostSlow)];
        if (timed.Count > 0)
        {
            page.Markup("<details><summary>The slowest checks of the last runs</summary>").Table(
                ["check", "table", ">made", ">seconds on average", ">at the most", "where"],
                timed.Select(check => (check, Longest: check.MaxBy(made => made.Result.Duration)!)).Select(each => (IReadOnlyList<string?>)
                    [
                        each.check.Key.Check, each.check.Key.Table, Invariant.Text(each.check.Count()), Invariant.Seconds(each.check.Average(made => made.Result.Duration.TotalSeconds)),
                        Invariant.Seconds(each.Longest.Result.Duration.TotalSeconds), each.Longest.Partition,
                    ]))
                .Markup("</details>\n");
        }
    }

    private static void WriteLineage(Html page, PipelineDescriptor pipeline)
    {
        foreach (TableLineage table in TableLineage.Of(pipeline))
        {
            page.Markup($"<details><summary>{Html.Text(table.Table)}: where each column comes from</summary>").Table(
                ["column", "comes from"],
                table.Columns.Select(column => (IReadOnlyList<string?>)[column.Member, OriginsOf(column.Origins)])
                    .Concat(table.Filters.Count == 0 ? [] : [["(which rows there are)", OriginsOf(table.Filters)]]))
                .Markup("</details>\n");
        }
    }

    private static string OriginsOf(IReadOnlyList<ColumnOrigin> origins) => origins.Count == 0 ? "a constant" : string.Join(", ", origins.Select(origin =>
        $"{origin.From}{(origin.Member.Length == 0 ? "" : "." + origin.Member)}{(origin.Kind == OriginKind.Identity ? "" : $" ({origin.Kind.ToString().ToLowerInvariant()})")}"));
}
