namespace TypedPipelines.Cli.RunBooks;

/// <summary>What a re-run does to a table, by its load strategy: sentences in Markdown.</summary>
internal static class RerunGuide
{
    internal static IEnumerable<string> Of(TableContract table)
    {
        string column = table.PartitionColumn is { } place ? Markdown.Code(table.Columns[place].Name) : "";
        string key = string.Join(", ", table.Columns.Where(column => column.Key).Select(column => Markdown.Code(column.Name)));
        foreach (string sentence in table.Strategy switch
        {
            LoadStrategy.ReplacePartition => Replacing($"the rows of the partition's window, by {column}"),
            LoadStrategy.ReplaceFile => Replacing($"the rows that were loaded from the file, by {column}"),
            LoadStrategy.ReplaceRun => Replacing($"the rows that the partition loaded before, by {column}"),
            LoadStrategy.ReplaceTable => Replacing("all rows of the table"),
            LoadStrategy.Snapshot => Replacing($"the rows of the run's date, by {column}; other dates stay"),
            LoadStrategy.Merge => Merge(table, key),
            LoadStrategy.History =>
            [
                $"Takes back what the window did before, then closes the versions of the key ({key}) that changed and opens new ones. The same rows leave the same versions.",
                "Later windows become stale by it, since each says what changed since the one before: load them again, in their order, with `backfill`.",
            ],
            LoadStrategy.Append =>
            [
                "**Inserts the rows a second time.** Before a re-run, delete those that the partition loaded; nothing in the table says which they are but its own columns.",
            ],
            _ => Array.Empty<string>(),
        })
        {
            yield return sentence;
        }

        if (table.DeleteMissing is { } limits)
        {
            yield return $"Deletes rows that the source no longer has. More than {Rendering.Invariant.Percent(limits.MaxDeletedShare)} of those in its scope stop the run"
                + $"{(limits.AllowEmpty ? "" : ", and so does a source without rows")}: nothing changes then.{(limits.OnlyByLatest ? " Only the latest window deletes." : "")}";
        }
    }

    private static string[] Replacing(string what) =>
    [
        $"Deletes {what}, and inserts what the source has now, in one transaction. Readers see the old rows or the new ones.",
        "The same source leaves the same rows. What the source no longer has is gone from the table: make sure that it still has all of it.",
    ];

    private static IEnumerable<string> Merge(TableContract table, string key)
    {
        yield return $"Updates the rows that have changed and inserts those whose key ({key}) is new. The same source changes nothing.";
        yield return table.KeepsNewest
            ? "A row never overwrites one with a later version: an old partition can be loaded again after newer ones."
            : "The last run wins: where an old partition is loaded again, its rows overwrite newer ones with the same key. Load the later ones again after it, in their order.";
        if (table.DeleteMissing is null && table.Columns.All(column => column.Stored))
        {
            yield return "Deletes nothing: a wrong row with a key of its own stays until it is deleted by hand.";
        }
    }
}
