namespace TypedPipelines.Conformance.Tests.Page;

/// <summary>The statements of the contract in short, and what there is to say of those that are not fully tested.</summary>
internal static class Statements
{
    /// <summary>In order: the first is statement 1.</summary>
    internal static readonly string[] All =
    [
        "A batch without rows empties its window, which is then complete",
        "A row outside the window is never inserted: it fails the load, is dropped and counted, or kept as a reject",
        "A row at the start belongs to the window, one at the end to the next",
        "A row one step before the end is replaced by its window, at the destination's own precision",
        "Null in the partition column fails the load",
        "A row that moved to another window exists once",
        "Reloading a window changes nothing outside it",
        "Days of 23, 24 and 25 hours; windows tile the time line",
        "Time zones, culture and date formats of session and machine change nothing",
        "A time that names no instant is refused; UTC comes back as it was",
        "Months, quarters and years are the calendar's",
        "Look-back runs the last windows again",
        "A window that has not ended is refused, or partial and planned again",
        "Two rows with one key are an error that lists both; keep-latest has one survivor whatever the order",
        "Identical rows are duplicates, too",
        "Null in a key is an error, or equals null everywhere",
        "Composite keys compare column by column",
        "The parts of a key never run together",
        "Texts compare ordinally; a collation that says otherwise is refused at the start",
        "Texts and names that look like something else are data; no statement holds a value",
        "One number is one key however it is written",
        "A merge whose every column is a key does nothing the second time",
        "A second identical merge touches no row; null to a value and back is a change",
        "A change is seen in a column of every type",
        "An older version never overwrites a newer one",
        "Insert-only columns keep their first value",
        "The last of a delete marker and an upsert wins",
        "Sync delete stays in its scope and below its limit",
        "Any chunking gives the result of one chunk",
        "A conflict with another unique index names it and updates nothing",
        "Identities and foreign-key children survive a merge",
        "Readers see all old or all new rows",
        "Killed after any statement, the next run ends as an undisturbed one; nothing staged is left",
        "Data and ledger commit together",
        "Two runs of one window end as one; different windows run in parallel",
        "A run that lost its lock cannot commit",
        "Staging is a run's own",
        "Deadlocks and serialization failures are retried, with a limit",
        "Cancelling keeps what is finished and rolls back the rest",
        "A bad row leaves no row of its batch, and the message names row, column and value",
        "A replaced table keeps indexes, grants, constraints and views; readers never miss it",
        "A swap with a changed schema happens whole or not at all",
        "The same file changes nothing; new content replaces that file's rows",
        "A file is known by its relative path; one that still grows is not loaded",
        "History: a version for each change, and none without",
        "History: intervals never overlap",
        "History restated equals history from scratch",
        "An added column is added; everything else that differs is one clear message",
        "Missing windows are those requested, less the complete and the future ones",
        "A changed fingerprint makes exactly the affected partitions stale",
        "A failed window stays failed, and a retry takes it first",
        "Re-running an upstream window makes the downstream ones stale",
    ];

    /// <summary>Why a statement has no test. One that gets its first test must leave this list.</summary>
    internal static readonly Dictionary<int, string> NotYet = [];

    /// <summary>What the tests of a statement leave out, and why.</summary>
    internal static readonly Dictionary<int, string> Remarks = new()
    {
        [21] = "that `float` and `double` in a key do not compile is tested with the analyzers",
        [24] = "every type there is compares in every engine there is, so that none is hashed or excluded",
        [33] = "the tests stop a run before each of its statements, in the process; a process is killed besides, at random instants of a large load, at SQL Server some of them in the middle of a bulk copy, and, the sample's, before each statement",
        [38] = "SQLite has no deadlocks and no serialization failures: it lets one writer in at a time, for whom the others wait",
        [39] = "signals and the exit code are tested with the sample's process",
        [40] = "which row a trigger refuses PostgreSQL and SQL Server do not say, so that the message has what the trigger says of it; of a unique index they tell the value, not the row; on SQLite a row is not looked for in a statement that runs for more than five seconds, nor among rows that refer to each other",
        [41] = "SQLite has no grants",
    };
}
