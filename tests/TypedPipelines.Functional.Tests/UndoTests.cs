using TypedPipelines.Functional.Tests.Harness;
using TypedPipelines.Functional.Tests.Pipelines;
using TypedPipelines.Ledger;
using TypedPipelines.Running;

namespace TypedPipelines.Functional.Tests;

/// <summary>The last load of a partition is taken back where its tables keep what it replaced; where they do not, nothing is changed.</summary>
public sealed class UndoTests
{
    private const string Day = "2026-01-05";

    [Fact]
    public async Task What_the_last_load_replaced_is_back_with_every_value_and_the_ledger_says_what_it_said_before()
    {
        using var stage = new Stage();
        stage.AddPipeline<FaresPipeline>();
        await LoadAsync<Fare>(stage, "fares", "2026-01-04", Fare("2026-01-04", 1, "other day"));
        await LoadAsync<Fare>(stage, "fares", Day, Fare(Day, 1, "it's \"so\""), Fare(Day, 2, null));
        string before = stage.Table("fare", "day, number, note, amount, at");
        PartitionEntry entry = await EntryAsync(stage, "fares", Day);
        await LoadAsync<Fare>(stage, "fares", Day, Fare(Day, 2, "wrong"), Fare(Day, 3, "wrong"));

        await UndoAsync(stage, "fares", Day);

        stage.Table("fare", "day, number, note, amount, at").ShouldBe(before);
        stage.Query<byte[]>("select seal from fare where day = '2026-01-05' order by number").ShouldBe([[0, 255, 1], [0, 255, 2]]);
        (await EntryAsync(stage, "fares", Day)).ShouldBe(entry);
        (await stage.Ledger.GetRunsOfAsync("fares", Day, 10, CancellationToken.None)).Select(run => run.Outcome).ShouldBe(
            [RunOutcome.Restored, RunOutcome.Undone, RunOutcome.Succeeded]);
    }

    [Fact]
    public async Task An_undo_is_made_once_however_often_it_is_asked_for()
    {
        using var stage = new Stage();
        stage.AddPipeline<FaresPipeline>();
        await LoadAsync<Fare>(stage, "fares", Day, Fare(Day, 1, "first"));
        await LoadAsync<Fare>(stage, "fares", Day, Fare(Day, 1, "second"));
        await LoadAsync<Fare>(stage, "fares", Day, Fare(Day, 1, "third"));
        (PipelineRunner runner, PipelineDescriptor pipeline, Partition partition) = Of(stage, "fares", Day);
        ReplacedLoad replaced = (await runner.FindReplacedAsync(pipeline, partition, CancellationToken.None))!;
        await UndoAsync(stage, "fares", Day);

        (await runner.FindReplacedAsync(pipeline, partition, CancellationToken.None)).ShouldBeNull();
        // Somebody else has found what there was to undo before it was undone.
        PipelineException late = await Should.ThrowAsync<PipelineException>(() => runner.UndoAsync(pipeline, partition, replaced, CancellationToken.None));

        late.Message.ShouldContain("is no longer kept");
        stage.Table("fare", "note").ShouldBe("second");
    }

    [Fact]
    public async Task After_the_undo_of_the_first_load_the_partition_is_missing_again()
    {
        using var stage = new Stage();
        stage.AddPipeline<FaresPipeline>();
        await LoadAsync<Fare>(stage, "fares", "2026-01-04", Fare("2026-01-04", 1, "stays"));
        await LoadAsync<Fare>(stage, "fares", Day, Fare(Day, 1, "goes"));

        await UndoAsync(stage, "fares", Day);

        stage.Table("fare", "note").ShouldBe("stays");
        (await stage.Ledger.FindPartitionAsync("fares", Day, CancellationToken.None)).ShouldBeNull();
        (await stage.Planner.PlanAsync(new BackfillRequest(["fares"], Day, Day), CancellationToken.None)).Single().Reason.ShouldBe(PlanReason.Missing);
    }

    [Fact]
    public async Task What_was_made_of_the_undone_rows_becomes_stale()
    {
        using var stage = new Stage();
        stage.AddPipeline<FaresPipeline>().AddPipeline<FareDaysPipeline>();
        await LoadAsync<Fare>(stage, "fares", Day, Fare(Day, 1, null));
        await LoadAsync<Fare>(stage, "fares", Day, Fare(Day, 1, null), Fare(Day, 2, null));
        (await stage.RunAsync("fare-days", Day)).Failure.ShouldBeNull();

        await UndoAsync(stage, "fares", Day);

        (await EntryAsync(stage, "fare-days", Day)).State.ShouldBe(PartitionState.Stale);
        (await stage.RunAsync("fare-days", Day)).Failure.ShouldBeNull();
        stage.Table("fare_day", "fares").ShouldBe("1");
    }

    [Fact]
    public async Task A_load_that_failed_after_the_last_one_stays_failed_and_the_last_one_is_undone()
    {
        using var stage = new Stage();
        stage.AddPipeline<FaresPipeline>();
        await LoadAsync<Fare>(stage, "fares", Day, Fare(Day, 1, "good"));
        await LoadAsync<Fare>(stage, "fares", Day, Fare(Day, 1, "bad"));
        Feed.Give(Fare(Day, 1, "twice"), Fare(Day, 1, "twice"));
        (await stage.RunAsync("fares", Day)).Failure.ShouldNotBeNull();

        await UndoAsync(stage, "fares", Day);

        stage.Table("fare", "note").ShouldBe("good");
        PartitionEntry entry = await EntryAsync(stage, "fares", Day);
        entry.State.ShouldBe(PartitionState.Failed);
        entry.Error.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_snapshot_is_undone_on_the_day_that_it_is_of_whatever_day_it_is()
    {
        using var stage = new Stage(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
        stage.AddPipeline<CensusPipeline>();
        await LoadAsync(stage, "census", null, new Census(30, 1));
        await LoadAsync(stage, "census", null, new Census(30, 2));
        stage.Clock.Now = stage.Clock.Now.AddDays(1);

        await UndoAsync(stage, "census", null);

        stage.Table("census", "as_of, people").ShouldBe("2026-03-01|1");
    }

    [Fact]
    public async Task A_whole_table_and_all_tables_of_a_run_go_back_together()
    {
        using var stage = new Stage();
        stage.AddPipeline<HarboursPipeline>().AddPipeline<ClicksPipeline>();
        await LoadAsync(stage, "harbours", null, new Harbour(1, "old"), new Harbour(2, "old"));
        await LoadAsync<Harbour>(stage, "harbours", null, new Harbour(2, "new"));
        await LoadAsync(stage, "clicks", Day, new Click(7), new Click(7));
        await LoadAsync(stage, "clicks", Day, new Click(8));

        await UndoAsync(stage, "harbours", null);
        await UndoAsync(stage, "clicks", Day);

        stage.Table("harbour", "id, name").ShouldBe("1|old\n2|old");
        stage.Table("click", "place").ShouldBe("7\n7");
        stage.Table("click_day", "clicks").ShouldBe("2");
    }

    [Fact]
    public async Task What_was_kept_in_a_table_that_is_gone_is_not_taken_for_no_rows()
    {
        using var stage = new Stage();
        stage.AddPipeline<FaresPipeline>();
        await LoadAsync<Fare>(stage, "fares", Day, Fare(Day, 1, "first"));
        await LoadAsync<Fare>(stage, "fares", Day, Fare(Day, 1, "second"));
        stage.Execute("drop table tp_kept_fare");

        PipelineException refused = await Should.ThrowAsync<PipelineException>(() => UndoAsync(stage, "fares", Day));

        refused.Message.ShouldContain("what it replaced is not kept");
        stage.Table("fare", "note").ShouldBe("second");
        await LoadAsync<Fare>(stage, "fares", Day, Fare(Day, 1, "third"));
        await UndoAsync(stage, "fares", Day);
        stage.Table("fare", "note").ShouldBe("second");
    }

    [Fact]
    public async Task A_load_that_gives_the_table_another_shape_is_made_and_cannot_be_undone()
    {
        using var stage = new Stage();
        stage.AddPipeline<HarboursPipeline>();
        await LoadAsync(stage, "harbours", null, new Harbour(1, "first"));
        await LoadAsync(stage, "harbours", null, new Harbour(1, "second"));
        stage.Execute("alter table harbour drop column name");
        await LoadAsync(stage, "harbours", null, new Harbour(1, "third"));

        PipelineException refused = await Should.ThrowAsync<PipelineException>(() => UndoAsync(stage, "harbours", null));

        refused.Message.ShouldContain("with another shape of the table");
        stage.Table("harbour", "name").ShouldBe("third");
        await LoadAsync(stage, "harbours", null, new Harbour(1, "fourth"));
        await UndoAsync(stage, "harbours", null);
        stage.Table("harbour", "name").ShouldBe("third");
    }

    [Fact]
    public async Task What_another_pipeline_has_loaded_since_is_not_deleted_by_an_undo()
    {
        using var stage = new Stage();
        stage.AddPipeline<HarboursPipeline>();
        await LoadAsync(stage, "harbours", null, new Harbour(1, "ours"));
        await LoadAsync(stage, "harbours", null, new Harbour(1, "ours again"));
        stage.Execute($"update {(stage.Destination.Name == "sqlite" ? "tp_loaded_table" : "typed_pipelines.loaded_table")} set loaded_by = 'other WholePartition'");

        PipelineException refused = await Should.ThrowAsync<PipelineException>(() => UndoAsync(stage, "harbours", null));

        refused.Message.ShouldContain("or its table loaded by another pipeline in the meantime");
        stage.Table("harbour", "name").ShouldBe("ours again");
    }

    [Fact]
    public async Task A_strategy_that_replaces_nothing_is_refused_with_what_to_do_instead()
    {
        using var stage = new Stage();
        stage.AddPipeline<CustomersPipeline>().AddPipeline<FareDaysPipeline>().AddPipeline<FaresPipeline>();

        (await Should.ThrowAsync<PipelineException>(() => UndoAsync(stage, "customers", Day))).Message.ShouldContain("run customers --partition 2026-01-05");
        (await Should.ThrowAsync<PipelineException>(() => UndoAsync(stage, "fare-days", Day))).Message.ShouldContain("put [KeepReplaced] on FareDay");
        (await Should.ThrowAsync<PipelineException>(() => UndoAsync(stage, "fares", Day))).Message.ShouldContain("it has not been loaded");
    }

    private static Fare Fare(string day, int number, string? note) => new(
        DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture), number, note, 12345678901234567.0123456789m, new DateTimeOffset(2026, 1, 5, 1, 2, 3, 456, TimeSpan.Zero), [0, 255, (byte)number]);

    private static async Task LoadAsync<TRow>(Stage stage, string pipeline, string? partition, params TRow[] rows)
    {
        Feed.Give(rows);
        (await stage.RunAsync(pipeline, partition)).Failure.ShouldBeNull();
    }

    private static async Task<PartitionEntry> EntryAsync(Stage stage, string pipeline, string partition) =>
        (await stage.Ledger.FindPartitionAsync(pipeline, partition, CancellationToken.None))!;

    private static (PipelineRunner Runner, PipelineDescriptor Pipeline, Partition Partition) Of(Stage stage, string pipeline, string? partition)
    {
        PlannedPartition planned = stage.Planner.PlanOne(pipeline, partition);
        return (stage.Runner(), planned.Pipeline.Descriptor, planned.Partition);
    }

    private static async Task UndoAsync(Stage stage, string name, string? key)
    {
        (PipelineRunner runner, PipelineDescriptor pipeline, Partition partition) = Of(stage, name, key);
        await runner.PrepareAsync([pipeline], CancellationToken.None);
        ReplacedLoad? replaced = await runner.FindReplacedAsync(pipeline, partition, CancellationToken.None);
        await runner.UndoAsync(pipeline, partition, replaced.ShouldNotBeNull(), CancellationToken.None);
    }
}
