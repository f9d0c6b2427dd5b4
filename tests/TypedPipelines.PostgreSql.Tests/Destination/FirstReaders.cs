using TypedPipelines.Functional.Tests.Harness;
using TypedPipelines.Functional.Tests.Pipelines;
using TypedPipelines.Ledger;
using TypedPipelines.Running;

namespace TypedPipelines.PostgreSql.Tests;

/// <summary>A window that is made for the first time, beside one that is loaded for the first time: neither has anything in the ledger that the other could wait for.</summary>
public sealed class FirstReaders
{
    [Fact]
    public async Task S52_what_is_loaded_while_a_window_is_made_for_the_first_time_makes_it_stale()
    {
        using var stage = new Stage();
        stage.AddPipeline<ConsignmentsPipeline>().AddPipeline<ConsignmentDaysPipeline>();
        Feed.Set<Consignment>(day => [new Consignment(day.Key == "2026-01-01" ? 1 : 2, new DateOnly(2026, 1, 1), "Ulm", false)]);
        await stage.Destination.PrepareAsync([.. stage.Catalog.Pipelines.SelectMany(pipeline => pipeline.Descriptor.Loads).Select(load => load.Contract)], _ => null, CancellationToken.None);
        (await stage.RunAsync("consignments", "2026-01-01")).Status.ShouldBe(PartitionStatus.Loaded);
        stage.Execute(
            """
            create function wait() returns trigger language plpgsql as 'begin perform pg_sleep(4); return null; end';
            create constraint trigger wait after insert on consignment_day deferrable initially deferred for each row execute function wait();
            """);

        Task<PartitionResult> reader = Task.Run(() => stage.RunAsync("consignment-days", "2026-01-01"));
        while (stage.Query<long>("select count(*) from pg_stat_activity where wait_event = 'PgSleep'")[0] == 0)
        {
            await Task.Delay(20);
        }

        (await stage.RunAsync("consignments", "2026-01-05")).Status.ShouldBe(PartitionStatus.Loaded);

        (await reader).Status.ShouldBe(PartitionStatus.Loaded);
        stage.Query<long>("select consignments from consignment_day").ShouldBe([1]);
        PartitionEntry made = (await stage.Ledger.FindPartitionAsync("consignment-days", "2026-01-01", CancellationToken.None))!;
        made.State.ShouldBe(PartitionState.Stale, made.Error);
    }
}
