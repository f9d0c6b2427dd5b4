namespace TypedPipelines.Conformance.Tests;

/// <summary>Statement 40: a row that cannot be loaded, in the middle of others.</summary>
public sealed class BadRows
{
    [Theory, OnEveryDestination]
    public async Task S40_a_value_that_cannot_be_kept_leaves_no_row_and_names_row_column_and_value(Destination destination)
    {
        await using TestDatabase database = destination.NewDatabase();
        (ColumnType type, object value, string message) = database.Unkeepable;
        var table = new TestContract("r", LoadStrategy.Append, [Col.Value("id"), Col.Value("x", type)]);
        PipelineException e = await Should.ThrowAsync<PipelineException>(database.LoadAsync(table, null, [1L, null], [2L, value], [3L, null]));
        e.Kind.ShouldBe(FailureKind.Row);
        e.What.ShouldBe($"test.csv:3: column x of r = {message}");
        database.Count("r").ShouldBe(0);
    }

    [Theory]
    [OnEveryDestination(LoadStrategy.Append)]
    [OnEveryDestination(LoadStrategy.Merge)]
    [OnEveryDestination(LoadStrategy.ReplaceTable)]
    public async Task S40_a_bad_row_after_thousands_of_good_ones_leaves_none_of_them(Destination destination, LoadStrategy strategy)
    {
        await using TestDatabase database = destination.NewDatabase();
        var table = new TestContract("r", strategy, [Col.Key("id"), Col.Decimal("price", 10, 2)]);
        await database.LoadAsync(table, null, [-1L, 1m]);
        string before = database.Digest("r");
        object?[][] rows = [.. Enumerable.Range(0, 20_000).Select(id => new object?[] { (long)id, id == 17_000 ? 1.001m : 1m })];
        PipelineException e = await Should.ThrowAsync<PipelineException>(database.LoadAsync(table, null, rows));
        e.Kind.ShouldBe(FailureKind.Row);
        e.What.ShouldBe("test.csv:17002: column price of r = 1.001 does not fit decimal(10,2) without rounding at this destination; the row is id=17000, price=1.001");
        database.Digest("r").ShouldBe(before);
        database.StagingObjects().ShouldBeEmpty();
    }

    [Theory, OnEveryDestination]
    public async Task S40_a_row_that_a_rule_of_the_table_refuses_leaves_none_of_the_batch(Destination destination)
    {
        await using TestDatabase database = destination.NewDatabase();
        var table = new TestContract("r", LoadStrategy.Append, [Col.Key("id"), Col.Value("v")]);
        await database.LoadAsync(table, null, [-1L, 1L]);
        database.Refuse("insert", "r", "not that one", ("id", 400));
        object?[][] rows = [.. Enumerable.Range(0, 500).Select(id => new object?[] { (long)id, 1L })];
        (await Should.ThrowAsync<PipelineException>(database.LoadAsync(table, null, rows))).Message.ShouldContain("not that one");
        database.Lines(table).ShouldBe(["-1 | 1"]);
    }
}
