using TypedPipelines.Conformance.Tests.Foreign;
using TypedPipelines.Ledger;
using TypedPipelines.Running;

namespace TypedPipelines.Conformance.Tests;

/// <summary>Statement 34: the ledger counts as loaded what is in the table, and not what a trigger of the table has kept out of it.</summary>
public sealed class RowsLeftOut
{
    [Theory]
    [OnEveryDestination(LoadStrategy.ReplaceTable)]
    [OnEveryDestination(LoadStrategy.Append)]
    public async Task S34_rows_that_the_table_leaves_out_are_dropped_and_not_loaded_in_the_result_and_in_the_ledger(Destination destination, LoadStrategy strategy)
    {
        Assert.SkipWhen(destination == Destination.SqlServer, "of an insert that a trigger does in its stead SQL Server says that it was done");
        await using TestDatabase database = destination.NewDatabase();
        var table = new TestContract("t", strategy, [Col.Key("id"), Col.Value("v")]);
        await database.PrepareAsync(table);
        foreach (string sql in Triggers.LeaveOut(destination))
        {
            database.Execute(sql);
        }

        using var engine = new Engine(TestPipeline.Of(new WholeScheme(), table, _ => Enumerable.Range(1, 7).Select(v => new object?[] { (long)v, (long)v })), database.Destination);
        PartitionResult result = (await engine.RunAsync(await engine.PlanAsync())).ShouldHaveSingleItem();

        result.Failure.ShouldBeNull();
        result.Counts.ShouldBe(new RowCounts(7, 5, 2, 0));
        result.Tables.ShouldHaveSingleItem().ShouldBe(new LoadedTable("t", 7, 0, 5, 0, 0) { LeftOut = 2 });
        (await database.EntryAsync())!.Counts.ShouldBe(result.Counts);
        database.Count("t").ShouldBe(result.Counts.Loaded);
    }

    [Theory]
    [OnEveryDestination(LoadStrategy.Merge)]
    [OnEveryDestination(LoadStrategy.History)]
    public async Task S34_rows_of_a_key_that_the_table_leaves_out_are_dropped_and_not_loaded_each_time_they_come(Destination destination, LoadStrategy strategy)
    {
        Assert.SkipWhen(destination == Destination.SqlServer, "of an insert that a trigger does in its stead SQL Server says that it was done: such a load fails");
        await using TestDatabase database = destination.NewDatabase();
        TestContract table = strategy == LoadStrategy.Merge
            ? new("t", strategy, [Col.Key("id"), Col.Value("v"), Col.Value("gone", ColumnType.Boolean, nullable: false)], deleteMarker: "gone")
            : new("t", strategy, [Col.Key("id"), Col.Value("v"), Col.Value("day", ColumnType.Date, nullable: false), Col.Value("until", ColumnType.Date)], partition: "day", validTo: "until");
        await database.PrepareAsync(table);
        foreach (string sql in Triggers.LeaveOut(destination))
        {
            database.Execute(sql);
        }

        object?[][] rows = [.. Enumerable.Range(1, 7).Select(v => strategy == LoadStrategy.Merge
            ? new object?[] { (long)v, (long)v, v == 7 }
            : [(long)v, (long)v, new DateOnly(2024, 3, 1), null])];
        Partition day = TestDatabase.Day("2024-03-01");
        LoadedTable first = await database.LoadAsync(table, day, rows);
        LoadedTable again = await database.LoadAsync(table, day, rows);

        first.LeftOut.ShouldBe(2);
        first.Loaded.ShouldBe(5);
        again.LeftOut.ShouldBe(2);
        again.Loaded.ShouldBe(5);
        database.Count("t").ShouldBe(strategy == LoadStrategy.Merge ? 4 : 5); // The seventh is marked as deleted.
    }
}
