using TypedPipelines.Compilation.Model;

namespace TypedPipelines.Conformance.Tests;

/// <summary>Statement 19, of the texts that are no key, and by which a load finds the rows that it deletes.</summary>
public sealed class LaxColumns
{
    [Theory]
    [OnEveryDestination(LoadStrategy.ReplaceFile)]
    [OnEveryDestination(LoadStrategy.ReplaceRun)]
    public async Task S19_a_file_or_run_whose_names_would_be_compared_without_their_case_is_refused_at_the_start_and_mended(Destination destination, LoadStrategy strategy)
    {
        await using TestDatabase database = destination.NewDatabase();
        var table = new TestContract("t", strategy, [Col.Value("v"), Col.Value("file", ColumnType.String, nullable: false)], runColumn: "file");
        await RefusedAndMendedAsync(database, table, "file", "not null");
        database.Execute("insert into t (v, file) values (7, 'ALL')");
        await database.LoadAsync(table, null, [1L, null]);
        await database.LoadAsync(table, null, [2L, null]);
        database.Lines(table).ShouldBe(["2 | all", "7 | ALL"]);
    }

    [Theory]
    [OnEveryDestination(false)]
    [OnEveryDestination(true)]
    public async Task S19_S28_groups_whose_names_would_be_compared_without_their_case_are_refused_at_the_start_and_mended(Destination destination, bool nullable)
    {
        await using TestDatabase database = destination.NewDatabase();
        var table = new TestContract(
            "t",
            LoadStrategy.Merge,
            [Col.Key("v"), Col.Value("region", ColumnType.String, nullable)],
            deleteMissing: new DeleteMissingModel(DeleteScopeKind.Group, 1, false, 1));
        if (destination != Destination.SqlServer)
        {
            // Where SQL Server compares them, it does by their code units, whatever the column says.
            await RefusedAndMendedAsync(database, table, "region", nullable ? "" : "not null");
        }

        await database.LoadAsync(table, null, [1L, "NORTH"], [2L, "north"], [3L, "south"]);
        await database.LoadAsync(table, null, [4L, "north"]);
        database.Lines(table).ShouldBe(["1 | NORTH", "3 | south", "4 | north"]);
    }

    private static async Task RefusedAndMendedAsync(TestDatabase database, TestContract table, string column, string rest)
    {
        (string before, string type) = database.LaxText;
        database.Execute(before);
        string number = database is SqliteTestDatabase ? "integer" : "bigint";
        database.Execute($"create table t (v {number} {(table.Columns[0].Key ? "not null primary key" : "")}, {column} {type} {rest})");
        PipelineException e = await Should.ThrowAsync<PipelineException>(database.PrepareAsync(table));
        e.Kind.ShouldBe(FailureKind.Schema);
        e.What.ShouldContain($"column {column}: expected ");
        database.Execute(e.Next[e.Next.IndexOf("alter table", StringComparison.Ordinal)..].Split(", then")[0]);
        await database.PrepareAsync(table);
    }
}
