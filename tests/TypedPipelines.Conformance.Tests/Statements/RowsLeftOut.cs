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
}
