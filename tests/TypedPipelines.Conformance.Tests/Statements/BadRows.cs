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

    /// <summary>What others have put on a table, the value of row 400 that it refuses, and what a message must say of the rule.</summary>
    internal static (string Rule, long Value, string Says)[] Rules { get; } =
    [
        ("constraint positive check (v >= 0)", -5, "positive"),
        ("constraint r_other references other (v)", 77, "key"),
        ("constraint r_unique unique", 7, "unique index"),
        ("trigger", -5, "not that one"),
    ];

    [Theory]
    [OnEveryDestination(LoadStrategy.Append, 0)]
    [OnEveryDestination(LoadStrategy.Append, 1)]
    [OnEveryDestination(LoadStrategy.Append, 2)]
    [OnEveryDestination(LoadStrategy.Append, 3)]
    [OnEveryDestination(LoadStrategy.Merge, 0)]
    [OnEveryDestination(LoadStrategy.Merge, 1)]
    [OnEveryDestination(LoadStrategy.Merge, 2)]
    [OnEveryDestination(LoadStrategy.Merge, 3)]
    [OnEveryDestination(LoadStrategy.ReplaceTable, 0)]
    [OnEveryDestination(LoadStrategy.ReplaceTable, 1)]
    [OnEveryDestination(LoadStrategy.ReplaceTable, 2)]
    [OnEveryDestination(LoadStrategy.ReplaceTable, 3)]
    public async Task S40_a_row_that_a_rule_of_the_table_refuses_leaves_none_of_the_batch_and_is_named_with_the_rule_and_its_value(
        Destination destination, LoadStrategy strategy, int rule)
    {
        await using TestDatabase database = destination.NewDatabase();
        (string declared, long value, string says) = Rules[rule];
        string number = destination == Destination.Sqlite ? "integer" : "bigint";
        database.Execute($"create table other (v {number} not null primary key)");
        database.Execute(string.Concat(Enumerable.Range(1, 3).Select(v => $"insert into other values ({v}); ")));
        database.Execute($"create table r (id {number} not null primary key, v {number} null {(declared == "trigger" ? "" : declared)})");
        var table = new TestContract("r", strategy, [Col.Key("id"), Col.Value("v")]);
        // Under a rule that values are unique they are the row's number, and 7 comes once more.
        bool unique = declared.EndsWith("unique", StringComparison.Ordinal);
        await database.LoadAsync(table, null, [-1L, unique ? -1L : 1L]);
        if (declared == "trigger")
        {
            database.Refuse("insert", "r", "not that one", ("id", 400));
        }

        object?[][] rows = [.. Enumerable.Range(0, 500).Select(id => new object?[] { (long)id, id == 400 ? value : unique ? id : 2L })];
        PipelineException e = await Should.ThrowAsync<PipelineException>(database.LoadAsync(table, null, rows));

        e.Kind.ShouldBe(FailureKind.Row);
        e.What.ShouldContain("of table r refused a row of this batch");
        e.What.ShouldContain(says);
        database.Lines(table).ShouldBe([unique ? "-1 | -1" : "-1 | 1"]);
        foreach (string told in database.RefusedRow("r", 400, value, declared == "trigger", declared.Contains("check", StringComparison.Ordinal)))
        {
            e.What.ShouldContain(told);
        }
    }

    [Theory, OnEveryDestination]
    public async Task S40_a_row_that_an_update_makes_one_that_is_refused_is_named_with_its_value(Destination destination)
    {
        await using TestDatabase database = destination.NewDatabase();
        string number = destination == Destination.Sqlite ? "integer" : "bigint";
        database.Execute($"create table r (id {number} not null primary key, v {number} null constraint positive check (v >= 0))");
        var table = new TestContract("r", LoadStrategy.Merge, [Col.Key("id"), Col.Value("v")]);
        await database.LoadAsync(table, null, [.. Enumerable.Range(0, 100).Select(id => new object?[] { (long)id, 1L })]);
        string before = database.Digest("r");
        PipelineException e = await Should.ThrowAsync<PipelineException>(
            database.LoadAsync(table, null, [.. Enumerable.Range(0, 200).Select(id => new object?[] { (long)id, id == 57 ? -5L : 2L })]));
        e.Kind.ShouldBe(FailureKind.Row);
        foreach (string told in database.RefusedRow("r", 57, -5, false, true))
        {
            e.What.ShouldContain(told);
        }

        database.Digest("r").ShouldBe(before);
    }
}
