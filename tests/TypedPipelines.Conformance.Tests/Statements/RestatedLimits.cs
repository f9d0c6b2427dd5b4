using TypedPipelines.Compilation.Model;

namespace TypedPipelines.Conformance.Tests;

/// <summary>Statements 28 and 47: what a history's window may close is a share of what held before it, also where the window was run before.</summary>
public sealed class RestatedLimits
{
    private static readonly TestContract Table = new(
        "t",
        LoadStrategy.History,
        [Col.Key("id"), Col.Value("v"), Col.Value("valid_from", ColumnType.Date, nullable: false), Col.Value("valid_to", ColumnType.Date)],
        partition: "valid_from",
        validTo: "valid_to",
        deleteMissing: new DeleteMissingModel(DeleteScopeKind.Table, -1, false, 0.3));

    /// <summary>Those were the window's own: taken back, they were never there.</summary>
    [Theory, OnEveryDestination]
    public async Task S28_S47_what_a_window_opened_does_not_count_as_missing_when_it_is_run_again(Destination destination)
    {
        await using TestDatabase database = destination.NewDatabase();
        await LoadAsync(database, "2024-03-01", 1);
        await LoadAsync(database, "2024-03-01", 2);
        database.Lines(Table).ShouldBe(["2 | null | 2024-03-01 | null"]);
    }

    /// <summary>One run after the other would close a little more, and in the end everything.</summary>
    [Theory, OnEveryDestination]
    public async Task S28_S47_what_a_window_closed_counts_as_missing_when_it_is_run_again(Destination destination)
    {
        await using TestDatabase database = destination.NewDatabase();
        await LoadAsync(database, "2024-03-01", 1, 2, 3, 4);
        await LoadAsync(database, "2024-03-02", 1, 2, 3);
        List<string> before = database.Lines(Table);
        (await Should.ThrowAsync<PipelineException>(LoadAsync(database, "2024-03-02", 1, 2))).What.ShouldStartWith("2 of the 4 rows of t in scope");
        database.Lines(Table).ShouldBe(before);
    }

    private static Task LoadAsync(TestDatabase database, string day, params long[] ids) =>
        database.LoadAsync(Table, TestDatabase.Day(day), [.. ids.Select(id => new object?[] { id, null, null, null })]);
}
