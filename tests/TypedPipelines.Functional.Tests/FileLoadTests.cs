using TypedPipelines.Functional.Tests.Harness;
using TypedPipelines.Functional.Tests.Pipelines;
using TypedPipelines.Ledger;
using TypedPipelines.Running;

namespace TypedPipelines.Functional.Tests;

/// <summary>Statements 43 and 44: files as partitions, known by path and content. The files lie where the pipeline declares them, so one test at a time.</summary>
public sealed class FileLoadTests : IDisposable
{
    private const string Folder = "file-orders";

    private readonly Stage _stage = new();

    public FileLoadTests()
    {
        Directory.CreateDirectory(Folder);
        _stage.AddPipelines();
    }

    public void Dispose()
    {
        _stage.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    [Fact]
    public async Task S43_the_same_content_changes_nothing_and_new_content_replaces_exactly_that_files_rows()
    {
        Deliver("a.csv", "x,1", "x,1");
        Deliver("b.csv", "y,2");
        (await BackfillAsync()).ShouldBe([("a.csv", PlanReason.Missing), ("b.csv", PlanReason.Missing)]);
        (await BackfillAsync()).ShouldBeEmpty();

        Deliver("a.csv", "x,5");
        (await BackfillAsync()).ShouldBe([("a.csv", PlanReason.Changed)]);

        _stage.Table("order_row", "file, id, quantity").ShouldBe("file-orders/a.csv|x|5\nfile-orders/b.csv|y|2");
    }

    [Fact]
    public async Task S43_a_file_that_shrank_to_no_rows_removes_its_rows()
    {
        Deliver("a.csv", "x,1");
        Deliver("b.csv", "y,2");
        await BackfillAsync();
        Deliver("a.csv");
        await BackfillAsync();
        _stage.Table("order_row", "file").ShouldBe("file-orders/b.csv");
        (await _stage.Ledger.FindPartitionAsync("orders", "file-orders/a.csv", CancellationToken.None))!.State.ShouldBe(PartitionState.Complete);
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_fails_alone()
    {
        Deliver("a.csv", "x,1");
        await BackfillAsync();
        File.Delete(Path.Combine(Folder, "a.csv"));
        File.CreateSymbolicLink(Path.Combine(Folder, "a.csv"), "nowhere");
        File.CreateSymbolicLink(Path.Combine(Folder, "b.csv"), "nowhere");
        Deliver("c.csv", "y,2");

        IReadOnlyList<PartitionResult> results = await _stage.BackfillAsync(new BackfillRequest(["orders"]));

        results.Select(result => $"{result.Planned.Partition.Key} {result.Planned.Reason} {result.Status} {result.Failure?.Kind}").ShouldBe(
            ["file-orders/a.csv Changed Failed Source", "file-orders/b.csv Missing Failed Source", "file-orders/c.csv Missing Loaded "]);
        _stage.Table("order_row", "file, id").ShouldBe("file-orders/a.csv|x\nfile-orders/c.csv|y");
    }

    [Fact]
    public async Task S43_equal_content_under_two_names_loads_both_and_the_second_says_so()
    {
        Deliver("a.csv", "x,1");
        await BackfillAsync();
        Deliver("b.csv", "x,1");

        IReadOnlyList<PlannedPartition> plan = await PlanAsync();
        plan.Single(planned => planned.Runs).SameContentAs.ShouldBe("file-orders/a.csv");
        await BackfillAsync();

        _stage.Table("order_row", "file, id").ShouldBe("file-orders/a.csv|x\nfile-orders/b.csv|x");
    }

    [Fact]
    public async Task S44_a_file_that_grows_while_a_run_waits_for_it_is_not_loaded()
    {
        _stage.FileQuiet = TimeSpan.FromSeconds(2);
        string file = Deliver("a.csv", "x,1");
        File.SetLastWriteTimeUtc(file, DateTime.UtcNow);

        Task<PartitionResult> run = _stage.RunAsync("orders", "file-orders/a.csv");
        // Whenever the run looks first, it waits for two seconds of quiet from then on, and this is within them.
        await File.AppendAllTextAsync(file, "y,2\n");
        while (!run.IsCompleted)
        {
            await File.AppendAllTextAsync(file, "y,2\n");
            await Task.Delay(50);
        }

        PartitionResult result = await run;
        result.Failure!.Kind.ShouldBe(FailureKind.Source);
        result.Failure.What.ShouldStartWith("the file file-orders/a.csv is still being written to: it changed from ");
        _stage.Query<int>("select count(*) from order_row").ShouldBe([0]);
    }

    [Theory]
    [InlineData("first", "z,3\n")]
    [InlineData("last", "z,3\n")]
    [InlineData("last", "z,3")]
    public async Task S44_a_file_that_grows_while_it_is_read_is_not_loaded_and_the_next_run_loads_it(string at, string more)
    {
        string file = Deliver("a.csv", "first,1", "last,2");
        Meanwhile.Set(row =>
        {
            if (row == at)
            {
                File.AppendAllText(file, more);
            }
        });

        PartitionResult result = await _stage.RunAsync("orders", "file-orders/a.csv");

        result.Failure!.Kind.ShouldBe(FailureKind.Source);
        result.Failure.What.ShouldBe("the file file-orders/a.csv is still being written to: it changed while it was read");
        _stage.Query<int>("select count(*) from order_row").ShouldBe([0]);
        (await _stage.Ledger.FindPartitionAsync("orders", "file-orders/a.csv", CancellationToken.None))!.State.ShouldBe(PartitionState.Failed);

        Meanwhile.Set(null);
        File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddMinutes(-1));
        await _stage.RunAsync("orders", "file-orders/a.csv");
        _stage.Table("order_row", "id, quantity").ShouldBe("first|1\nlast|2\nz|3");
    }

    [Fact]
    public async Task S44_a_file_that_becomes_another_of_the_same_size_while_it_is_read_is_not_loaded()
    {
        string file = Deliver("a.csv", "first,1", "last,2");
        DateTime written = File.GetLastWriteTimeUtc(file);
        Meanwhile.Set(row =>
        {
            if (row == "last")
            {
                File.WriteAllText(file, File.ReadAllText(file).Replace("first,1", "first,7", StringComparison.Ordinal));
                File.SetLastWriteTimeUtc(file, written);
            }
        });
        (await _stage.RunAsync("orders", "file-orders/a.csv")).Failure!.What.ShouldContain("it changed while it was read");
        _stage.Query<int>("select count(*) from order_row").ShouldBe([0]);
    }

    [Fact]
    public async Task S44_a_file_is_known_by_its_declared_path_with_slashes()
    {
        Deliver("a.csv", "x,1");
        PartitionResult result = await _stage.RunAsync("orders", Path.Combine(Folder, "a.csv"));
        result.Failure.ShouldBeNull();
        result.Planned.Partition.Key.ShouldBe("file-orders/a.csv");
        PipelineException unknown = Should.Throw<PipelineException>(() => _stage.Planner.PlanOne("orders", "file-orders/c.csv"));
        unknown.What.ShouldBe("there is no file 'file-orders/c.csv' among those that match file-orders/*.csv");
    }

    [Fact]
    public async Task Rows_of_a_file_that_is_gone_stay()
    {
        string file = Deliver("a.csv", "x,1");
        Deliver("b.csv", "y,1");
        await BackfillAsync();
        File.Delete(file);
        (await BackfillAsync()).ShouldBeEmpty();
        _stage.Table("order_row", "id").ShouldBe("x\ny");
    }

    private static string Deliver(string name, params string[] rows)
    {
        string file = Path.Combine(Folder, name);
        File.WriteAllLines(file, ["Id,Quantity", .. rows]);
        // Long complete, as far as anyone can tell.
        File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddMinutes(-1));
        return file;
    }

    private Task<IReadOnlyList<PlannedPartition>> PlanAsync() => _stage.Planner.PlanAsync(new BackfillRequest(["orders"]), CancellationToken.None);

    /// <returns>What was loaded, and why.</returns>
    private async Task<List<(string, PlanReason)>> BackfillAsync()
    {
        IReadOnlyList<PlannedPartition> plan = await PlanAsync();
        IReadOnlyList<PartitionResult> results = await _stage.RunAsync(plan, CancellationToken.None);
        results.ShouldAllBe(result => result.Failure == null);
        return [.. plan.Where(planned => planned.Runs).Select(planned => (Path.GetFileName(planned.Partition.Key), planned.Reason))];
    }
}
