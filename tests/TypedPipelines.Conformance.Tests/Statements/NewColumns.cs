using TypedPipelines.Destinations;
using TypedPipelines.Ledger;

namespace TypedPipelines.Conformance.Tests;

/// <summary>Statements 45 to 47 where a history gains a column: by itself that is no change, and what is loaded again is the history from scratch.</summary>
public sealed class NewColumns
{
    private const string Plain = "t";
    private const string Odd = "it's \"a\" [t]\nable";

    private static readonly DateTime March = new(2024, 3, 1, 0, 0, 0, DateTimeKind.Utc);

    [Theory]
    [OnEveryDestination(Plain, ColumnType.Date)]
    [OnEveryDestination(Plain, ColumnType.Instant)]
    [OnEveryDestination(Odd, ColumnType.Date)]
    public async Task S45_a_new_column_alone_opens_no_version_and_from_its_first_version_on_its_changes_do(Destination destination, string table, ColumnType time)
    {
        await using TestDatabase database = destination.NewDatabase();
        TestContract before = History(table, time);
        TestContract after = History(table, time, wide: true);
        await database.LoadAsync(before, Day(1), [1L, "a", null, null], [2L, "a", null, null], [3L, null, null, null]);
        await database.LoadAsync(before, Day(2), [1L, "a", null, null]);

        await database.LoadAsync(after, Day(3), Wide(1, "a", 7), Wide(2, "b", 7), Wide(3, null, null));
        Versions(database, after).ShouldBe(["1 | a | null | 1 |", "2 | a | null | 1 | 3", "2 | b | 7 | 3 |", "3 | null | null | 1 |"]);

        await database.LoadAsync(after, Day(4), Wide(1, "a", 8), Wide(2, "b", 8), Wide(3, null, 8));
        await database.LoadAsync(after, Day(5), Wide(1, "c", null), Wide(2, "b", null));
        await database.LoadAsync(after, Day(6), Wide(1, "c", 9), Wide(2, "b", null));
        Versions(database, after).ShouldBe(
        [
            "1 | a | null | 1 | 5", "1 | c | 9 | 6 |", "1 | c | null | 5 | 6",
            "2 | a | null | 1 | 3", "2 | b | 7 | 3 | 4", "2 | b | 8 | 4 | 5", "2 | b | null | 5 |",
            "3 | null | null | 1 |",
        ]);
    }

    /// <summary>Null, where a row says it, is as good as any other value: the window is loaded again because the column is new, and has an answer now.</summary>
    [Theory]
    [OnEveryDestination(ColumnType.Date)]
    [OnEveryDestination(ColumnType.Instant)]
    public async Task S45_S47_a_window_loaded_again_says_what_its_versions_hold_in_a_new_column_null_too(Destination destination, ColumnType time)
    {
        await using TestDatabase database = destination.NewDatabase();
        TestContract after = History(Plain, time, wide: true);
        foreach (int day in new[] { 1, 2, 3 })
        {
            await database.LoadAsync(History(Plain, time), Day(day), [(long)day, "a", null, null], [4L, $"a{day}", null, null]);
        }

        await database.LoadAsync(after, Day(2), Wide(2, "a", null), Wide(4, "a2", null));
        await database.LoadAsync(after, Day(4), Wide(1, "a", 7), Wide(2, "a", 7), Wide(3, "a", 7), Wide(4, "a3", 7));
        List<string> partly = Versions(database, after);
        partly.ShouldBe(
        [
            "1 | a | null | 1 |", "2 | a | 7 | 4 |", "2 | a | null | 2 | 4", "3 | a | null | 3 |",
            "4 | a1 | null | 1 | 2", "4 | a2 | null | 2 | 3", "4 | a3 | null | 3 |",
        ]);
        await database.LoadAsync(after, Day(4), Wide(1, "a", 7), Wide(2, "a", 7), Wide(3, "a", 7), Wide(4, "a3", 7));
        Versions(database, after).ShouldBe(partly, "loading it twice is loading it once");

        // A fall back to nothing, and forth again: both are changes, in windows that were loaded with the column.
        await database.LoadAsync(after, Day(5), Wide(2, "a", null));
        await database.LoadAsync(after, Day(6), Wide(2, "a", 7));
        Versions(database, after).Where(version => version.StartsWith('2')).ShouldBe(["2 | a | 7 | 4 | 5", "2 | a | 7 | 6 |", "2 | a | null | 2 | 4", "2 | a | null | 5 | 6"]);
    }

    [Theory, OnEveryDestination]
    public async Task S45_a_new_column_opens_versions_where_that_is_asked(Destination destination)
    {
        await using TestDatabase database = destination.NewDatabase();
        TestContract after = History(Plain, ColumnType.Date, wide: true, newColumnsOpenVersions: true);
        await database.LoadAsync(History(Plain, ColumnType.Date), Day(1), [1L, "a", null, null], [2L, "a", null, null]);
        await database.LoadAsync(after, Day(2), Wide(1, "a", 7), Wide(2, "a", null));
        Versions(database, after).ShouldBe(["1 | a | 7 | 2 |", "1 | a | null | 1 | 2", "2 | a | null | 1 |"]);

        // The ledger's knowledge is kept meanwhile: asked no more, only what was written before the column says nothing of it.
        TestContract unasked = History(Plain, ColumnType.Date, wide: true);
        await database.LoadAsync(after, Day(3), Wide(3, "a", null));
        await database.LoadAsync(unasked, Day(4), Wide(2, "a", 7), Wide(3, "a", 7));
        Versions(database, after).ShouldBe(["1 | a | 7 | 2 |", "1 | a | null | 1 | 2", "2 | a | null | 1 |", "3 | a | 7 | 4 |", "3 | a | null | 3 | 4"]);
    }

    [Theory, OnEveryDestination]
    public async Task S45_several_changes_of_a_new_column_in_one_window_are_told_apart(Destination destination)
    {
        await using TestDatabase database = destination.NewDatabase();
        TestContract after = History(Plain, ColumnType.Instant, wide: true);
        await database.LoadAsync(History(Plain, ColumnType.Instant), Day(1), [1L, "a", null, null]);
        await database.LoadAsync(after, Day(2), [1L, "a", March.AddHours(30), null, 7L], [1L, "a", March.AddHours(31), null, 8L], [1L, "a", March.AddHours(32), null, 8L]);
        database.Lines(after).ShouldBe(["1 | a | 2024-03-01 00:00:00Z | 2024-03-02 07:00:00Z | null", "1 | a | 2024-03-02 07:00:00Z | null | 8"]);
    }

    [Theory, OnEveryDestination]
    public async Task S45_a_table_that_is_made_anew_has_no_new_columns(Destination destination)
    {
        await using TestDatabase database = destination.NewDatabase();
        TestContract after = History(Plain, ColumnType.Date, wide: true);
        await database.LoadAsync(History(Plain, ColumnType.Date), Day(1), [1L, "a", null, null]);
        await database.PrepareAsync(after);
        database.Count(database.LedgerTable("late_column")).ShouldBe(1);
        database.Execute("drop table t");
        await database.LoadAsync(after, Day(1), Wide(1, "a", null));
        await database.LoadAsync(after, Day(2), Wide(1, "a", 7));
        Versions(database, after).ShouldBe(["1 | a | 7 | 2 |", "1 | a | null | 1 | 2"]);
        database.Count(database.LedgerTable("late_column")).ShouldBe(0);
    }

    /// <summary>Windows loaded one after the other take up one span, however many they are.</summary>
    [Theory, OnEveryDestination]
    public async Task S45_the_ledger_keeps_the_spans_of_a_new_column_and_not_the_windows(Destination destination)
    {
        await using TestDatabase database = destination.NewDatabase();
        TestContract after = History(Plain, ColumnType.Date, wide: true);
        await database.LoadAsync(History(Plain, ColumnType.Date), Day(1), [1L, "a", null, null]);
        for (int day = 10; day < 20; day++)
        {
            await database.LoadAsync(after, Day(day), Wide(1, "a", 7));
        }

        database.Count(database.LedgerTable("late_column")).ShouldBe(2, "before the tenth, and after the nineteenth");
        await database.LoadAsync(after, Day(14), Wide(1, "a", 7));
        database.Count(database.LedgerTable("late_column")).ShouldBe(2);
        await database.LoadAsync(after, Day(5), Wide(1, "a", 7));
        database.Count(database.LedgerTable("late_column")).ShouldBe(3);
    }

    /// <summary>A start that is stopped anywhere has added the column and noted it, or has done neither.</summary>
    [Theory, OnEveryDestination]
    public async Task S34_S45_a_column_and_the_ledgers_note_of_it_come_together(Destination destination)
    {
        await using TestDatabase database = destination.NewDatabase();
        TestContract after = History(Plain, ColumnType.Date, wide: true);
        await database.LoadAsync(History(Plain, ColumnType.Date), Day(1), [1L, "a", null, null]);
        for (int statement = 1; ; statement++)
        {
            var breaker = new StatementBreaker();
            IDestination dying = database.NewDestination(breaker);
            breaker.Arm(statement);
            try
            {
                await dying.PrepareAsync([after], CancellationToken.None);
                break;
            }
            catch (StatementBreaker.Stopped)
            {
                database.Count(database.LedgerTable("late_column")).ShouldBe(0);
                Should.Throw<System.Data.Common.DbException>(() => database.Execute("select c from t"));
            }
            finally
            {
                breaker.Disarm();
                await ((dying as IAsyncDisposable)?.DisposeAsync() ?? ValueTask.CompletedTask);
            }
        }

        await database.LoadAsync(after, Day(2), Wide(1, "a", 7));
        Versions(database, after).ShouldBe(["1 | a | null | 1 |"]);
    }

    /// <summary>An end of the versions that is new would be empty in all of them, and each of them the current one.</summary>
    [Theory]
    [OnEveryDestination]
    public async Task S46_the_end_of_versions_under_another_name_is_no_new_column(Destination destination)
    {
        await using TestDatabase database = destination.NewDatabase();
        await database.LoadAsync(History(Plain, ColumnType.Date), Day(1), [1L, "a", null, null]);
        await database.LoadAsync(History(Plain, ColumnType.Date), Day(2), [1L, "b", null, null]);
        var renamed = new TestContract(
            Plain,
            LoadStrategy.History,
            [Col.Key("id"), Col.Value("v", ColumnType.String), Col.Value("valid_from", ColumnType.Date, nullable: false), Col.Value("ends_at", ColumnType.Date)],
            partition: "valid_from",
            validTo: "ends_at");

        PipelineException refused = await Should.ThrowAsync<PipelineException>(database.LoadAsync(renamed, Day(3), [1L, "c", null, null]));

        refused.Kind.ShouldBe(FailureKind.Schema);
        refused.What.ShouldContain("column ends_at: expected ");
        refused.Next.ShouldContain("In this column a history says until when a version holds");
        database.Lines(History(Plain, ColumnType.Date)).Count.ShouldBe(2);
    }

    private static TestContract History(string table, ColumnType time, bool wide = false, bool newColumnsOpenVersions = false) => new(
        table,
        LoadStrategy.History,
        [
            Col.Key("id"), Col.Value("v", ColumnType.String), Col.Value("valid_from", time, nullable: false), Col.Value("valid_to", time),
            .. wide ? new[] { Col.Value(table == Plain ? "c" : "o'ther \"c\"") } : [],
        ],
        partition: "valid_from",
        validTo: "valid_to",
        newColumnsOpenVersions: newColumnsOpenVersions);

    private static object?[] Wide(long id, string? v, long? c) => [id, v, null, null, c];

    /// <summary>Key, value, new column, and the days of March from and until which a version holds.</summary>
    private static List<string> Versions(TestDatabase database, TestContract table) =>
    [
        .. database.Rows(table).Select(row => $"{row[0]} | {row[1] ?? "null"} | {row[4] ?? "null"} | {Of(row[2])} | {Of(row[3])}".TrimEnd()).Order(StringComparer.Ordinal),
    ];

    private static string Of(object? at) => at switch
    {
        DateOnly date => $"{date.Day}",
        DateTime instant => $"{instant.Day}",
        _ => "",
    };

    private static Partition Day(int day) => TestDatabase.Day($"2024-03-{day:00}");
}
