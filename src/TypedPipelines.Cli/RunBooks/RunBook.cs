using System.Text;
using TypedPipelines.Alerts;
using TypedPipelines.Cli.Rendering;
using TypedPipelines.Running;

namespace TypedPipelines.Cli.RunBooks;

/// <summary>
/// The run book of a pipeline, for someone in a hurry, at night, who did not write it: all that the code says of it, what a re-run does, what to type, and what
/// each failure means. It has nothing in it that differs from one machine or one day to the next.
/// </summary>
/// <param name="catalog">The pipelines of the program.</param>
/// <param name="pipeline">The one that it is about.</param>
internal sealed class RunBook(PipelineCatalog catalog, PipelineRegistration pipeline)
{
    /// <summary>The beginning of its first line, by which a file is known to be one.</summary>
    internal const string Mark = "<!-- A run book, written by `";

    private readonly PipelineDescriptor _descriptor = pipeline.Descriptor;
    private readonly StringBuilder _text = new();

    /// <summary>The page, its lines ended as in the repository, whatever the machine does.</summary>
    internal string Write()
    {
        Line($"{Mark}{ShellText.Command("runbook")}` from the code: change that, and not this. -->");
        Line($"# Run book: {Markdown.Text(_descriptor.Name)}");
        Line();
        foreach (string said in new[] { _descriptor.Description, _descriptor.Summary }.OfType<string>().Distinct())
        {
            Line(Markdown.Text(said));
            Line();
        }

        WriteFacts();
        Line(string.Join(" · ", Sections().Select(section => $"[{section.Title}](#{section.Place})")));
        Line();
        foreach ((string place, string title, Action write) in Sections())
        {
            _text.Append(Markdown.Heading(2, place, title));
            write();
        }

        return _text.ToString().TrimEnd('\n') + "\n";
    }

    private IEnumerable<(string Place, string Title, Action Write)> Sections()
    {
        yield return ("what", "What it does", WriteWhat);
        yield return ("rerun", "What a re-run does", WriteRerun);
        yield return ("commands", "What to type", () => _text.Append(RunBookCommands.Of(_descriptor, catalog.ReadersOf(pipeline).Any())));
        if (_descriptor.Partitions.DueWithin is not null)
        {
            yield return (RunBookPage.Late, "When a partition is late", WriteLate);
        }

        if (_descriptor.Loads.Any(load => load.Contract.Checks.Count > 0))
        {
            yield return ("checks", "Checks", WriteChecks);
        }

        yield return (RunBookPage.Rejects, "Rows in quarantine", WriteRejects);
        yield return ("failures", "Failures", () => _text.Append(FailureGuide.Of(_descriptor)));
        yield return ("downstream", "Who reads it", WriteDownstream);
    }

    private void WriteFacts()
    {
        PartitionScheme partitions = _descriptor.Partitions;
        Line("| | |");
        Line("|---|---|");
        Line($"| owner | {(_descriptor.Owner is null ? "nobody is named: set `Owner` on `[Pipeline]`" : Markdown.Text(_descriptor.Owner))} |");
        Line($"| partitions | {Markdown.Text(PipelineText.PartitionsOf(partitions))} |");
        if (_descriptor.Schedule is { } schedule)
        {
            Line($"| schedule | {Markdown.Code(schedule.Cron)} by the clock of {Markdown.Text(schedule.Zone.Id)}, where {Markdown.Code(ShellText.Command("serve"))} is running |");
        }

        if (partitions.HasWindows)
        {
            Line($"| due | {(partitions.DueWithin is { } due ? $"{Length(due)} after the end of its window" : "nothing is declared: set `DueWithin` beside its start")} |");
            if (partitions.LookBack > 0)
            {
                Line($"| looks back | the last {Invariant.Count(partitions.LookBack, "window")} are loaded again with each new one |");
            }
        }

        Line($"| loads | {string.Join(", ", _descriptor.Loads.Select(load => Markdown.Code(load.Contract.DisplayName)))} |");
        if (_descriptor.Reads.Count > 0)
        {
            Line($"| reads | {string.Join(", ", _descriptor.Reads.Select(Reading))} |");
        }

        Line();
    }

    private string Reading(TableContract table)
    {
        string loader = catalog.LoaderOf(table) is { } by ? $"loaded by {LinkTo(by)}" : "which no pipeline of this program loads";
        return $"{Markdown.Code(table.DisplayName)} ({loader})";
    }

    private void WriteWhat()
    {
        Line("| source or step | takes | gives | what it does |");
        Line("|---|---|---|---|");
        foreach (NodeDescriptor node in _descriptor.Nodes)
        {
            string takes = node.From is { } from ? Markdown.Code(from)
                : string.Join(", ", _descriptor.SqlSteps.Where(sql => sql.Name == node.Name).SelectMany(sql => sql.Reads).Select(table => Markdown.Code(table.DisplayName)));
            string share = node.MaxRejectedShare > 0 ? $" Up to {Invariant.Percent(node.MaxRejectedShare)} of its rows may be rejected." : "";
            Line($"| {Markdown.Code(node.Name)} | {takes} | {Markdown.Code(node.Row)} | {(node.Description is null ? $"({PipelineText.WordOf(node.Kind)})" : Markdown.Text(node.Description))}{share} |");
        }

        Line();
    }

    private void WriteRerun()
    {
        Line("A run that fails, is stopped or is killed changes nothing; a run that succeeds changes all its tables and the ledger at once. The same command, typed again, goes on from there.");
        Line();
        foreach (LoadDescriptor load in _descriptor.Loads)
        {
            Line($"**{Markdown.Text(load.Contract.DisplayName)}** ({PipelineText.WordOf(load.Contract.Strategy)}, from {Markdown.Code(load.From)})");
            Line();
            foreach (string sentence in RerunGuide.Of(load.Contract))
            {
                Line($"- {sentence}");
            }

            Line();
        }
    }

    private void WriteLate()
    {
        Line($"A partition is late where it is not complete {Length(_descriptor.Partitions.DueWithin!.Value)} after the end of its window. See why, then do what that says:");
        Line();
        Block(ShellText.Command("plan", _descriptor.Name, "--explain", RunBookCommands.ExampleOf(_descriptor.Partitions)), ShellText.Command("status", _descriptor.Name, "--partitions"));
        Line("- *missing*: nothing has run it. See whether whatever starts this program does; then load it, with `backfill`.");
        Line("- *failed*: its last run did. The message is in the explanation, and what to do is [below](#failures).");
        Line("- *stale* or *partial*: it is loaded, and what it was made from has changed or was not complete: `backfill` loads it again.");
        if (_descriptor.Reads.Count > 0)
        {
            Line("- It reads what other pipelines load: where one of those is late, begin there.");
        }

        Line();
    }

    private void WriteChecks()
    {
        Line("Made before anything is published, of what a run is about to load. What each found, with some of the rows:");
        Line();
        Block(ShellText.Command("checks", _descriptor.Name));
        foreach (TableContract table in _descriptor.Loads.Select(load => load.Contract))
        {
            foreach (TableCheck check in table.Checks)
            {
                _text.Append(Markdown.Heading(3, RunBookPage.PlaceOf(table.DisplayName, check.Name), $"{Markdown.Text(check.Name)} of {Markdown.Text(table.DisplayName)}"));
                if (check.Description is { } description)
                {
                    Line(Markdown.Text(description));
                    Line();
                }

                Line($"- Expected: {Markdown.Text(check.Expected)}.");
                Line($"- Where it is not passed: {CheckGuide.Consequence(check.Severity)}");
                Line($"- What to do: {(check.Remedy is { } remedy ? Markdown.Text(remedy) : CheckGuide.Remedy(check))}");
                Line();
            }
        }
    }

    private void WriteRejects()
    {
        Line("A row that cannot be read, or that breaks what its contract keeps out, is put into quarantine with its file, line, column, value and reason; the others are loaded.");
        Line();
        Block(ShellText.Command("rejects", "list", _descriptor.Name), ShellText.Command("rejects", _descriptor.Name), ShellText.Command("rejects", "export", _descriptor.Name, "--output", "rejects.csv"));
        Line("Mend the source, or the code, then run their partitions again. That doubles nothing, and the source must still be there:");
        Line();
        Block(ShellText.Command("rejects", "replay", _descriptor.Name));
    }

    private void WriteDownstream()
    {
        List<PipelineRegistration> readers = [.. catalog.ReadersOf(pipeline).OrderBy(reader => reader.Descriptor.Name, StringComparer.Ordinal)];
        if (readers.Count == 0)
        {
            Line("No pipeline of this program reads what it loads. Who else does, the database knows.");
            return;
        }

        Line("What these have made of a partition becomes stale when it is loaded again with other rows, and the next `backfill` loads it again. They are blocked where it is missing.");
        Line();
        Line("| pipeline | owner | reads |");
        Line("|---|---|---|");
        foreach (PipelineDescriptor reader in readers.Select(reader => reader.Descriptor))
        {
            IEnumerable<string> tables = reader.Reads.Where(read => _descriptor.Loads.Any(load => load.Contract.DisplayName == read.DisplayName)).Select(read => Markdown.Code(read.DisplayName));
            Line($"| [{Markdown.Text(reader.Name)}]({RunBookPage.FileOf(reader.Name)}) | {Markdown.Text(reader.Owner ?? "nobody is named")} | {string.Join(", ", tables)} |");
        }

        Line();
        Line("To load a mended partition and all that was made from it:");
        Line();
        Block(RunBookCommands.WithDownstream(_descriptor));
    }

    private static string LinkTo(PipelineRegistration other) => $"[{Markdown.Text(other.Descriptor.Name)}]({RunBookPage.FileOf(other.Descriptor.Name)})";

    private static string Length(TimeSpan time) => Markdown.Code(time.ToString("c"));

    private void Block(params string[] commands) => _text.Append(RunBookCommands.Block(commands));

    private void Line(string text = "") => _text.Append(text).Append('\n');
}
