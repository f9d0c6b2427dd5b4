using System.Data.Common;
using TypedPipelines.Destinations;

namespace TypedPipelines.Conformance.Tests;

/// <summary>Statement 16: null in a key.</summary>
public sealed class NullKeys
{
    private static readonly Column[] Columns = [Col.Key("a", ColumnType.String, nullable: true), Col.Key("b"), Col.Value("v")];

    [Theory]
    [OnEveryDestination(LoadStrategy.Merge)]
    [OnEveryDestination(LoadStrategy.ReplaceTable)]
    [OnEveryDestination(LoadStrategy.Append)]
    public async Task S16_null_in_a_key_is_an_error(Destination destination, LoadStrategy strategy)
    {
        await using TestDatabase database = destination.NewDatabase();
        var table = new TestContract("t", strategy, [Col.Key("k", ColumnType.String, nullable: true), Col.Value("v")]);
        PipelineException e = await Should.ThrowAsync<PipelineException>(database.LoadAsync(table, null, ["x", 1L], [null, 1L]));
        e.Kind.ShouldBe(FailureKind.Row);
        e.Message.ShouldContain("test.csv:3: column k of t = null belongs to the key");
        database.Count("t").ShouldBe(0);
        Should.Throw<DbException>(() => database.Execute("insert into t (k, v) values (null, 1)"));
    }

    [Theory, OnEveryDestination]
    public async Task S16_null_keys_that_match_equal_each_other_everywhere(Destination destination)
    {
        await using TestDatabase database = destination.NewDatabase();
        var table = new TestContract("t", LoadStrategy.Merge, Columns, nullKeysMatch: true);
        object?[][] rows = [[null, 1L, 5L], ["", 1L, 6L], ["x", 1L, 7L]];
        await database.LoadAsync(table, null, rows);
        string before = database.Digest("t");
        (await database.LoadAsync(table, null, rows)).ShouldBe(new LoadedTable("t", 3, 0, 0, 0, 0));
        database.Digest("t").ShouldBe(before);
        (await database.LoadAsync(table, null, [null, 1L, 8L])).Updated.ShouldBe(1);
        database.Lines(table).ShouldBe(["null | 1 | 8", " | 1 | 6", "x | 1 | 7"]);

        (await Should.ThrowAsync<PipelineException>(database.LoadAsync(table, null, [null, 1L, 1L], [null, 1L, 2L]))).Kind.ShouldBe(FailureKind.DuplicateKey);
        Should.Throw<DbException>(() => database.Execute("insert into t (a, b) values (null, 1)")).Message.ShouldContain("ux_t_key");
        database.Execute("insert into t (a, b) values (null, 2)").ShouldBe(1);
    }

    [Theory]
    [OnEveryDestination(LoadStrategy.Merge)]
    [OnEveryDestination(LoadStrategy.ReplaceTable)]
    [OnEveryDestination(LoadStrategy.ReplacePartition)]
    public async Task S16_loading_a_null_key_twice_leaves_one_row(Destination destination, LoadStrategy strategy)
    {
        await using TestDatabase database = destination.NewDatabase();
        var table = new TestContract(
            "t",
            strategy,
            [Col.Key("k", nullable: true), Col.Value("day", ColumnType.Date, nullable: false)],
            partition: strategy == LoadStrategy.ReplacePartition ? "day" : null,
            nullKeysMatch: true);
        for (int run = 0; run < 2; run++)
        {
            await database.LoadAsync(table, TestDatabase.Day("2024-03-01"), [null, new DateOnly(2024, 3, 1)]);
        }

        database.Lines(table).ShouldBe(["null | 2024-03-01"]);
    }

    [Theory, OnEveryDestination]
    public async Task S16_a_key_that_is_all_null_is_one_key(Destination destination)
    {
        await using TestDatabase database = destination.NewDatabase();
        var table = new TestContract("t", LoadStrategy.Merge, [Col.Key("a", nullable: true), Col.Key("b", ColumnType.Date, nullable: true), Col.Value("v")], nullKeysMatch: true);
        await database.LoadAsync(table, null, [null, null, 1L]);
        (await database.LoadAsync(table, null, [null, null, 2L], [null, new DateOnly(2024, 1, 1), 3L])).ShouldBe(new LoadedTable("t", 2, 0, 1, 1, 0));
        database.Lines(table).ShouldBe(["null | null | 2", "null | 2024-01-01 | 3"]);
    }

    [Theory, OnEveryDestination]
    public async Task S16_keep_latest_groups_null_keys(Destination destination)
    {
        await using TestDatabase database = destination.NewDatabase();
        var table = new TestContract("t", LoadStrategy.Merge, [Col.Key("a", nullable: true), Col.Value("v")], keepLatest: ["v"], nullKeysMatch: true);
        await database.LoadAsync(table, null, [null, 1L], [null, 3L], [null, 2L]);
        database.Lines(table).ShouldBe(["null | 3"]);
    }
}
