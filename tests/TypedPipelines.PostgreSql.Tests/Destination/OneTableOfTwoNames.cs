using TypedPipelines.Running;

namespace TypedPipelines.PostgreSql.Tests;

/// <summary>Statements 1, 35 and 49: a table is known by what it is at the server, not by how a contract or a connection comes to it.</summary>
public sealed class OneTableOfTwoNames : IAsyncDisposable
{
    private static readonly Column[] Columns = [Col.Value("day", ColumnType.Date, nullable: false), Col.Value("n")];

    private readonly Database _database = new();
    private readonly TestContract _table = new("visits", LoadStrategy.ReplacePartition, Columns, partition: "day");

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task S35_a_table_with_its_schema_and_without_has_one_loader()
    {
        await _database.LoadAsync(_table, Database.Day("2024-03-01"), [new DateOnly(2024, 3, 1), 1L]);
        await _database.LoadAsync(
            new TestContract("visits", LoadStrategy.ReplacePartition, Columns, partition: "day", schema: "public"), Database.Day("2024-03-02"), [new DateOnly(2024, 3, 2), 1L]);
        _database.List<string>("select table_name || ' ' || loaded_by from typed_pipelines.loaded_table").ShouldBe(["public.visits flights DayPartition UTC"]);
        _database.List<string>("select distinct tables || ' ' || cut from typed_pipelines.partition").ShouldBe(["public.visits DayPartition UTC"]);
    }

    [Fact]
    public async Task S49_what_one_search_path_has_loaded_another_has_not()
    {
        _database.Execute("create schema sa; create schema sb");
        PipelineRegistration pipeline = TestPipeline.Of(PartitionScheme.Daily("2024-03-01", "2024-03-03"), _table, day => [[day.Window.StartDate, 1L]]);
        await using var a = new PostgreSqlDestination($"{_database.ConnectionString};Search Path=sa", TimeProvider.System, new StatementBreaker());
        await using var b = new PostgreSqlDestination($"{_database.ConnectionString};Search Path=sb", TimeProvider.System, new StatementBreaker());
        using var one = new Engine(pipeline, a);
        using var other = new Engine(pipeline, b);
        await one.RunAsync(await one.PlanAsync());
        (await one.PlanAsync()).ShouldAllBe(planned => !planned.Runs);
        IReadOnlyList<PlannedPartition> plan = await other.PlanAsync();
        plan.ShouldAllBe(planned => planned.Runs);
        (await other.RunAsync(plan)).ShouldAllBe(result => result.Status == PartitionStatus.Loaded);
        _database.Query<long>("select count(*) from sb.visits").ShouldBe(2);

        // There is one ledger: what it says now is said of the other's rows.
        (await one.PlanAsync()).ShouldAllBe(planned => planned.Reason == PlanReason.Stale && planned.Detail == "it was loaded into sb.visits, and not into sa.visits");
    }

    [Fact]
    public async Task S01_a_trigger_on_a_partition_of_the_table_that_keeps_rows_fails_the_load()
    {
        _database.Execute(
            """
            create table visits (day date not null, n bigint) partition by range (day);
            create table visits_2024 partition of visits for values from ('2024-01-01') to ('2025-01-01');
            create function keep() returns trigger language plpgsql as $f$ begin return null; end $f$;
            create trigger keep before delete on visits_2024 for each row execute function keep()
            """);
        await _database.LoadAsync(_table, Database.Day("2024-03-01"), [new DateOnly(2024, 3, 1), 1L]);
        PipelineException refused = await Should.ThrowAsync<PipelineException>(_database.LoadAsync(_table, Database.Day("2024-03-01"), [new DateOnly(2024, 3, 1), 2L]));
        refused.What.ShouldContain("are still there after they were deleted");
        _database.List<long>("select n from visits").ShouldBe([1]);
    }
}
