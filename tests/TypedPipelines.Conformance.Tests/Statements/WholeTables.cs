using System.Data.Common;
using TypedPipelines.Destinations;

namespace TypedPipelines.Conformance.Tests;

/// <summary>Statement 41: a table replaced as a whole stays the table it was.</summary>
public sealed class WholeTables
{
    private static readonly TestContract Table = new("t", LoadStrategy.ReplaceTable, [Col.Key("id"), Col.Value("v")]);

    [Theory, OnEveryDestination]
    public async Task S41_indexes_constraints_views_and_triggers_stay(Destination destination)
    {
        await using TestDatabase database = destination.NewDatabase();
        await database.LoadAsync(Table, null, [1L, 1L], [2L, 2L]);
        database.Execute("create unique index t_v on t (v); create view doubled as select id, v * 2 as twice from t");
        database.CountTouches("t");
        (await database.LoadAsync(Table, null, [3L, 30L])).ShouldBe(new LoadedTable("t", 1, 0, 1, 0, 2));
        database.Lines(Table).ShouldBe(["3 | 30"]);
        database.Query<(long, long)>("select id, twice from doubled").ShouldBe((3, 60));
        database.List<string>("select kind from touched order by kind").ShouldBe(["delete", "delete", "insert"]);
        Should.Throw<DbException>(() => database.Execute("insert into t (id, v) values (4, 30)"));
        Should.Throw<DbException>(() => database.Execute("insert into t (id, v) values (3, 31)"));
        (await Should.ThrowAsync<PipelineException>(database.LoadAsync(Table, null, [5L, 5L], [6L, 5L]))).Message.ShouldContain("the unique index t_v of table t");
        database.Lines(Table).ShouldBe(["3 | 30"]);
    }

    [Theory, OnEveryDestination]
    public async Task S41_nothing_is_swapped_before_the_checks_pass(Destination destination)
    {
        var log = new StatementBreaker();
        await using TestDatabase database = destination.NewDatabase(log);
        await database.LoadAsync(Table, null, [1L, 1L]);
        string before = database.Digest("t");
        log.Statements.Clear();
        await Should.ThrowAsync<PipelineException>(database.LoadAsync(Table, null, [7L, 1L], [7L, 2L]));
        await Should.ThrowAsync<PipelineException>(database.LoadAsync(Table, null, [7L, 1L], [null, 2L]));
        database.Digest("t").ShouldBe(before);
        log.Statements.ShouldNotContain(statement => statement.Contains("delete from", StringComparison.OrdinalIgnoreCase));
    }

    [Theory, OnEveryDestination]
    public async Task S41_replacing_with_nothing_leaves_an_empty_table_and_the_same_again_the_same(Destination destination)
    {
        await using TestDatabase database = destination.NewDatabase();
        object?[][] rows = [.. Enumerable.Range(0, 100).Select(id => new object?[] { (long)id, (long)id })];
        for (int run = 0; run < 2; run++)
        {
            (await database.LoadAsync(Table, null, rows)).Inserted.ShouldBe(100);
            database.Rows(Table).Count.ShouldBe(100);
        }

        (await database.LoadAsync(Table, null)).ShouldBe(new LoadedTable("t", 0, 0, 0, 0, 100));
        database.Count("t").ShouldBe(0);
    }

    [Theory, OnEveryDestination]
    public async Task S41_a_reader_never_misses_the_table(Destination destination)
    {
        using var gate = new CommitGate();
        await using TestDatabase database = destination.NewDatabase(gate);
        await database.LoadAsync(Table, null, [1L, 1L]);
        database.Execute("create view v as select * from t");
        await using IPartitionSession session = await database.BeginAsync();
        await TestDatabase.StageAsync(session, Table, null, [2L, 2L]);
        await session.PublishGatedAsync(gate, whileBeforeTheGate: () =>
        {
            if (!database.ReadersSeeVersions)
            {
                Should.Throw<DbException>(() => database.ExecuteAtOnce("select id, v from v"), "it waits");
                return;
            }

            database.Query<(long, long)>("select id, v from v").ShouldBe((1, 1));
        });
        database.Query<(long, long)>("select id, v from v").ShouldBe((2, 2));
    }
}
