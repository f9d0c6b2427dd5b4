namespace TypedPipelines.Conformance.Tests;

/// <summary>Statement 30: rules of a table that are not the contract's.</summary>
public sealed class OtherUniqueIndexes
{
    private static readonly TestContract One = new("one", LoadStrategy.Merge, [Col.Key("id"), Col.Value("name", ColumnType.String)]);

    [Theory]
    [OnEveryDestination(3L, "a")]
    [OnEveryDestination(2L, "a")]
    public async Task S30_a_conflict_with_another_unique_index_names_it_and_changes_nothing(Destination destination, long id, string name)
    {
        await using TestDatabase database = destination.NewDatabase();
        await database.LoadAsync(One, null, [1L, "a"], [2L, "b"]);
        database.Execute("create unique index \"one name, unique\" on one (name)");
        string before = database.Digest("one");
        PipelineException e = await Should.ThrowAsync<PipelineException>(database.LoadAsync(One, null, [id, name], [9L, "fine"]));
        e.Kind.ShouldBe(FailureKind.Row);
        e.Message.ShouldContain("the unique index one name, unique of table one");
        database.Digest("one").ShouldBe(before);
    }

    [Theory]
    [OnEveryDestination("create unique index other on one (name)")]
    [OnEveryDestination("create unique index other on one (name) where id > 0")]
    public async Task S30_a_value_that_an_update_sets_free_is_there_for_a_new_row(Destination destination, string index)
    {
        await using TestDatabase database = destination.NewDatabase();
        await database.LoadAsync(One, null, [5L, "a"]);
        database.Execute(index);
        LoadedTable loaded = await database.LoadAsync(One, null, [1L, "a"], [5L, "b"], [7L, "c"]);
        (loaded.Inserted, loaded.Updated).ShouldBe((2, 1));
        database.Lines(One).ShouldBe(["1 | a", "5 | b", "7 | c"]);
    }

    [Theory, OnEveryDestination]
    public async Task S30_the_index_named_is_the_one_of_just_those_columns(Destination destination)
    {
        await using TestDatabase database = destination.NewDatabase();
        var table = new TestContract("t", LoadStrategy.Append, [Col.Key("a"), Col.Key("b", nullable: true), Col.Value("c")], nullKeysMatch: true);
        await database.LoadAsync(table, null, [1L, null, 1L]);
        database.Execute("create unique index first on t (a, b, c); create unique index second on t (c)");
        (await Should.ThrowAsync<PipelineException>(database.LoadAsync(table, null, [2L, 1L, 1L]))).Message.ShouldContain("the unique index second of table t");
        (await Should.ThrowAsync<PipelineException>(database.LoadAsync(table, null, [1L, null, 2L]))).Message.ShouldContain("the unique index ux_t_key of table t");
    }

    [Theory, OnEveryDestination]
    public async Task S30_an_append_of_a_key_that_is_there_names_the_primary_key(Destination destination)
    {
        await using TestDatabase database = destination.NewDatabase();
        var table = new TestContract("p", LoadStrategy.Append, [Col.Key("a", ColumnType.String), Col.Value("v")]);
        await database.LoadAsync(table, null, ["x", 1L]);
        PipelineException e = await Should.ThrowAsync<PipelineException>(database.LoadAsync(table, null, ["w", 2L], ["x", 2L]));
        e.Message.ShouldContain($"the unique index {database.PrimaryKeyOf("p")} (the primary key) of table p");
        database.Lines(table).ShouldBe(["x | 1"]);
    }

    [Theory, OnEveryDestination]
    public async Task S30_a_check_or_trigger_that_refuses_a_row_is_named(Destination destination)
    {
        await using TestDatabase database = destination.NewDatabase();
        await database.PrepareAsync(One);
        database.Refuse("insert", "one", "no rows today");
        PipelineException e = await Should.ThrowAsync<PipelineException>(database.LoadAsync(One, null, [1L, "a"]));
        e.Message.ShouldContain("a constraint of table one refused a row");
        e.Message.ShouldContain("no rows today");
        database.Count("one").ShouldBe(0);
    }
}
