using System.Text;
using TypedPipelines.Alerts;

namespace TypedPipelines.Cli.RunBooks;

/// <summary>The failures that a pipeline can have, as its code lets it: what the message means, and what to do.</summary>
internal static class FailureGuide
{
    internal static string Of(PipelineDescriptor pipeline)
    {
        var text = new StringBuilder();
        text.Append("The word in brackets after `FAILED` is the kind of failure. Whatever it is, the tables are as they were before the run.\n\n");
        text.Append("| exit code | meaning |\n|---|---|\n");
        text.Append("| 0 | done, or nothing to do |\n");
        text.Append("| 1 | a partition failed or was blocked: try again once, then look |\n");
        text.Append("| 2 | the command line or the configuration is wrong: mend the call |\n");
        text.Append("| 3 | bad data was stopped before it was published: no retry helps, the owner of the data does |\n");
        text.Append("| 4 | the destination cannot be reached or refuses: try again later |\n");
        text.Append("| 6 | so much work asks for `--yes` first: see what it is with `--dry-run`, then add it |\n");
        text.Append("| 130 | stopped: type the same command again |\n\n");
        foreach ((FailureKind kind, bool _, string what, string next) in All(pipeline).Where(failure => failure.CanBe))
        {
            text.Append(Markdown.Heading(3, RunBookPage.PlaceOf(kind), kind.ToString()));
            text.Append($"{what}\n\n{next}\n\n");
        }

        return text.ToString();
    }

    internal static IEnumerable<(FailureKind Kind, bool CanBe, string What, string Next)> All(PipelineDescriptor pipeline)
    {
        TableContract[] tables = [.. pipeline.Loads.Select(load => load.Contract)];
        string rejects = ShellText.Command("rejects", pipeline.Name);
        string retry = ShellText.Command("retry", pipeline.Name);
        return
        [
            (FailureKind.Source, true, "A source cannot be read: a file that is not there or is empty, a header without a needed column, a quote that never closes, a service that does not answer.",
                $"The message names it. Deliver or mend it, then `{retry}`."),
            (FailureKind.RejectLimit, true, "More rows were rejected than a source accepts, which usually means that its form has changed.",
                $"`{rejects}` shows each with its reason. Mend the file; where so many may be wrong, raise `MaxRejectedShare` of the `[Source]`. Then `{retry}`."),
            (FailureKind.Check, tables.Any(table => table.Checks.Count > 0), "A check of the rows that were to be loaded is not passed. The rows that were there before stay.",
                $"`{ShellText.Command("checks", pipeline.Name)}` shows what each found; [what each means](#checks) stands above. Mend the data or the check, then `{retry}`."),
            (FailureKind.Row, true, "A row breaks its contract, or a rule of the table: outside the window, null or blank where there must be a value, too long, out of range, refused by an index, a foreign key or a trigger.",
                $"The message names the row and the rule. Mend the row at its source or in a step, then `{retry}`."),
            (FailureKind.DuplicateKey, tables.Any(table => table.Columns.Any(column => column.Key)), "Two rows of one batch have the same key; the message shows both.",
                $"Find out why the source has both. Mend it there or in a step, or declare `[KeepLatest]` on the row type. Then `{retry}`."),
            (FailureKind.VersionConflict, tables.Any(table => table.KeepsNewest), "A row has the key and the version of one that is in the table, and is another; the message shows both.",
                $"One of the two is wrong: mend it at its source, or say with `OnSameVersion` which stays. Then `{retry}`."),
            (FailureKind.DeleteLimit, tables.Any(table => table.DeleteMissing is not null), "So many rows of the table are missing in the source that deleting them would be more than the contract allows.",
                $"See whether the source gave everything: it usually did not. Then `{retry}`; where so many may really go, raise `MaxDeletedShare` for one run."),
            (FailureKind.Step, true, "A source or step method threw; the message names the method and the row.",
                $"A row that the code did not expect, or a defect of the code: mend one of them, then `{retry}`. `--verbose` shows the stack trace."),
            (FailureKind.Upstream, pipeline.Reads.Count > 0, "What the partition reads has not been loaded. It is shown as blocked, and is no failure of this pipeline.",
                "Load that first; the message has the command. `backfill` without a name loads everything in its order."),
            (FailureKind.Window, pipeline.Partitions.HasWindows, "The partition's window has not ended yet, or lies outside the pipeline's range.", "Wait until it has, or name another partition."),
            (FailureKind.Locked, true, "Another run holds the partition; the message names its machine and process.", $"Let it end. Where it hangs, stop it: its lock goes with it. Then `{retry}`."),
            (FailureKind.LockLost, true, "The run was taken for dead, and another took its place.", $"See what the other run did: `{ShellText.Command("status", pipeline.Name)}`."),
            (FailureKind.Schema, true, "The table does not have the shape of the row type.", "The message has the statement that mends it; whoever may change tables runs it. A retry alone does not help."),
            (FailureKind.Destination, true, "The database cannot be reached, or refuses.", $"As the message says. Once it answers, `{retry}`."),
            (FailureKind.Usage, true, "The command line or the configuration asks for what does not exist.", "As the message says."),
            (FailureKind.Accounting, true, "Rows went missing between two steps: a defect of the engine, or of a source of this project's own.", "Report it with the message."),
            (FailureKind.Cancelled, true, "Somebody, or whatever started the program, stopped the run.", "Type the same command again; it goes on from there."),
            (FailureKind.Unexpected, true, "Anything else: an exception that nothing expected.", "`--verbose` shows the stack trace. Try again once; then give it to the owner."),
        ];
    }
}
