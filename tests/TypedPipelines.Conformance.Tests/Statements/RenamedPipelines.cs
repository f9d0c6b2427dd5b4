using TypedPipelines.Running;

namespace TypedPipelines.Conformance.Tests;

/// <summary>Statement 35 where one table goes by two names, or one pipeline by two: none of it doubles or deletes rows.</summary>
public sealed class RenamedPipelines
{
    private static readonly PartitionScheme Days = PartitionScheme.Daily("2024-03-01", "2024-03-04");

    [Theory, OnEveryDestination]
    public async Task S35_one_table_under_two_spellings_is_not_loaded_by_two_pipelines(Destination destination)
    {
        await using TestDatabase database = destination.NewDatabase();
        string schema = destination == Destination.SqlServer ? "dbo" : "public";
        using var engine = new Engine(
            TestPipeline.Of(PartitionScheme.None, Countries(null), _ => [[1L, 1L]], "crm"),
            database.Destination,
            TestPipeline.Of(PartitionScheme.None, Countries(schema), _ => [[2L, 2L]], "erp"),
            TestPipeline.Of(PartitionScheme.None, new TestContract("cities", LoadStrategy.ReplaceTable, [Col.Key("id"), Col.Value("n")]), _ => [[3L, 3L]], "maps"));

        IReadOnlyList<PartitionResult> results = await engine.RunAsync(await engine.PlanAsync());

        results.Select(result => $"{result.Planned.Pipeline.Descriptor.Name} {result.Status}").Order(StringComparer.Ordinal).ShouldBe(["crm Blocked", "erp Blocked", "maps Loaded"]);
        results.First(result => result.Planned.Pipeline.Descriptor.Name == "erp").Failure!.What.ShouldMatch(
            $@"^the pipelines erp and crm load one table, \S+, as {schema}\.country and as country: each would replace or change the other's rows$");
        database.Lines(Countries(null)).ShouldBeEmpty();
    }

    [Theory, OnEveryDestination]
    public async Task S35_a_pipeline_that_is_renamed_and_cut_another_way_at_once_is_refused_as_if_it_had_kept_its_name(Destination destination)
    {
        await using TestDatabase database = destination.NewDatabase();
        var log = new TestContract("log", LoadStrategy.ReplaceRun, [Col.Value("n"), Col.Value("loaded_by", ColumnType.String, nullable: false)], runColumn: "loaded_by");
        using var days = new Engine(TestPipeline.Of(Days, log, day => [[1L, day.Key]], "days of logs"), database.Destination);
        await days.RunAsync(await days.PlanAsync());
        using var renamed = new Engine(TestPipeline.Of(Days, log, day => [[2L, day.Key]], "logs"), database.Destination);
        (await renamed.RunAsync([renamed.Planner.PlanOne("logs", "2024-03-02")])).Single().Failure.ShouldBeNull("its days are the same days");
        using var back = new Engine(TestPipeline.Of(Days, log, day => [[1L, day.Key]], "days of logs"), database.Destination);
        (await back.RunAsync([back.Planner.PlanOne("days of logs", "2024-03-02")])).Single().Failure.ShouldBeNull();

        using var months = new Engine(TestPipeline.Of(PartitionScheme.Monthly("2024-03", "2024-04"), log, month => [[1L, month.Key]], "months of logs"), database.Destination);
        PipelineException refused = await Should.ThrowAsync<PipelineException>(async () => await months.RunAsync(await months.PlanAsync()));

        refused.What.ShouldBe(
            "3 partitions, such as 2024-03-01, were loaded by the pipeline days of logs, which was cut another way than into months such as 2001-01 of UTC; log knows its rows by nothing else, and would have them twice");
        refused.Message.ShouldContain("the entries of 'days of logs' in the ledger's");
        database.Lines(log).Count.ShouldBe(3);
    }

    private static TestContract Countries(string? schema) => new("country", LoadStrategy.ReplaceTable, [Col.Key("id"), Col.Value("n")], schema: schema);
}
