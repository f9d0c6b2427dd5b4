using TypedPipelines.Compilation.Model;

namespace TypedPipelines.Conformance.Tests.Faults;

/// <summary>A run of a day that was loaded before with other rows, into a table in which other days have rows, too.</summary>
/// <param name="Name">What is loaded, and how.</param>
/// <param name="Table">The table.</param>
/// <param name="Row">A row as a step gives it: of an id, on a day of March 2024, with a value.</param>
/// <param name="More">Rows of the run besides those that every case has.</param>
internal sealed record FaultCase(string Name, TestContract Table, Func<long, int, long, object?[]> Row, params object?[][] More)
{
    /// <summary>What is loaded before the run, each day by a run of its own; the one in the middle is the run's.</summary>
    internal IEnumerable<(Partition Day, object?[][] Rows)> Earlier =>
        Enumerable.Range(1, 3).Select(day => (DayOf(day), Enumerable.Range((3 * day) - 2, 3).Select(id => Row(id, day, 1)).ToArray()));

    /// <summary>The day that is run.</summary>
    internal static Partition Day { get; } = DayOf(2);

    /// <summary>Of the day's rows one is as it was, one has changed, one is gone; one is new, and one was another day's.</summary>
    internal object?[][] Rows => [Row(4, 2, 1), Row(5, 2, 2), Row(10, 2, 2), Row(2, 2, 2), .. More];

    /// <summary>Rows go to staging in batches of so many.</summary>
    internal int Batch { get; init; } = 2;

    internal int Batches => (Rows.Length + Batch - 1) / Batch;

    /// <summary>Every strategy that may be run again, with every option that has statements of its own.</summary>
    internal static IEnumerable<FaultCase> All()
    {
        Column id = Col.Key("id");
        Column v = Col.Value("v");
        Column day = Col.Value("day", ColumnType.Date, nullable: false);
        Column by = Col.Value("loaded_by", ColumnType.String, nullable: false);
        Column gone = Col.Value("gone", ColumnType.Boolean, nullable: false);
        Column from = Col.Value("valid_from", ColumnType.Date, nullable: false);
        Column to = Col.Value("valid_to", ColumnType.Date);
        yield return new("replace partition", new("t", LoadStrategy.ReplacePartition, [id, day, v], partition: "day"), (id, day, v) => [id, March(day), v]);
        yield return new("merge", new("t", LoadStrategy.Merge, [id, v]), (id, _, v) => [id, v]);
        yield return new("merge, in two statements", new("t", LoadStrategy.Merge, [id, v], upserts: false), (id, _, v) => [id, v]);
        yield return new(
            "merge with version, insert-only and delete marker",
            new("t", LoadStrategy.Merge, [id, v, Col.Value("created"), gone], version: "v", insertOnly: ["created"], deleteMarker: "gone"),
            (id, day, v) => [id, v, (long)day, false],
            [6L, 2L, 2L, true],
            [7L, 0L, 2L, false]);
        yield return new(
            "merge that deletes what is missing",
            new("t", LoadStrategy.Merge, [id, day, v], deleteMissing: new DeleteMissingModel(DeleteScopeKind.Window, 1, false, 1)),
            (id, day, v) => [id, March(day), v]);
        yield return new("keep latest", new("t", LoadStrategy.Merge, [id, v], keepLatest: ["v"]), (id, _, v) => [id, v], [5L, 7L], [5L, 6L]);
        yield return new("replace table", new("t", LoadStrategy.ReplaceTable, [id, v]), (id, _, v) => [id, v]);
        yield return new("snapshot", new("t", LoadStrategy.Snapshot, [id, v, day], partition: "day"), (id, _, v) => [id, v, null]);
        yield return new("replace run", new("t", LoadStrategy.ReplaceRun, [Col.Value("line"), v, by], runColumn: "loaded_by"), (id, _, v) => [id, v, null]);
        yield return new("replace file", new("t", LoadStrategy.ReplaceFile, [id, v, by], runColumn: "loaded_by"), (id, _, v) => [id, v, null]);
        yield return new(
            "history with delete marker, and what is missing closed",
            new(
                "t",
                LoadStrategy.History,
                [id, v, from, to, gone],
                partition: "valid_from",
                validTo: "valid_to",
                deleteMarker: "gone",
                deleteMissing: new DeleteMissingModel(DeleteScopeKind.Table, -1, false, 1)),
            (id, _, v) => [id, v, null, null, false],
            [6L, 1L, null, null, true]);
    }

    /// <summary>A stage so large that rows are sent on while it is filled: at PostgreSQL a COPY is then open between two batches.</summary>
    internal static FaultCase Large()
    {
        Column text = Col.Value("text", ColumnType.String, nullable: false);
        Column day = Col.Value("day", ColumnType.Date, nullable: false);
        return new(
            "a large stage",
            new("t", LoadStrategy.ReplacePartition, [Col.Key("id"), day, text], partition: "day"),
            (id, day, v) => [id, March(day), new string((char)('a' + v), Long)],
            [.. Enumerable.Range(100, 16).Select(id => new object?[] { (long)id, March(2), new string('z', Long) })])
        {
            Batch = 1,
        };
    }

    /// <summary>Four megabytes are held before the first are sent.</summary>
    private const int Long = 600_000;

    private static Partition DayOf(int day) => TestDatabase.Day($"{March(day):yyyy-MM-dd}");

    private static DateOnly March(int day) => new(2024, 3, day);
}
