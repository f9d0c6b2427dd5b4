using Microsoft.Extensions.Logging.Abstractions;
using TypedPipelines.Ledger;
using TypedPipelines.Running;
using static TypedPipelines.Tests.Partitions.Instants;

namespace TypedPipelines.Tests.Running;

/// <summary>What the destination refuses of one pipeline does not stop the others.</summary>
public sealed class ReadinessTests
{
    private readonly PipelineRegistration _orders;
    private readonly PipelineRegistration _totals;
    private readonly PipelineRegistration _weather;
    private readonly MemoryDestination _destination = new();
    private int _begun;

    public ReadinessTests()
    {
        var orders = new Lines("orders");
        _orders = Daily("a orders", orders);
        _totals = Daily("b totals", new Lines("totals"), orders);
        _weather = Pipelines.Copying("c weather", PartitionScheme.Daily("2024-01-01"), new Lines("weather"), "rain");
    }

    [Fact]
    public async Task A_pipeline_whose_table_is_refused_is_passed_over_and_so_are_its_readers()
    {
        _destination.RefusesTable = "orders";
        IReadOnlyList<PartitionResult> results = await RunAsync(_orders, _totals, _weather);

        results.Select(result => $"{result.Planned.Pipeline.Descriptor.Name} {result.Planned.Partition.Key} {result.Status} {result.Failure?.Kind}").ShouldBe(
        [
            "a orders 2024-01-01 Blocked Schema", "a orders 2024-01-02 Blocked Schema",
            "b totals 2024-01-01 Blocked Upstream", "b totals 2024-01-02 Blocked Upstream",
            "c weather 2024-01-01 Loaded ", "c weather 2024-01-02 Loaded ",
        ]);
        _begun.ShouldBe(0);
        results[0].Failure!.Message.ShouldBe("the table orders has another shape. Mend it.");
        results[2].Failure!.What.ShouldBe("it reads the table orders, and the pipeline a orders, which loads that, cannot run");
        (await _destination.GetPartitionsAsync("a orders", CancellationToken.None)).ShouldBeEmpty("nothing was begun, so there is nothing to note");
    }

    [Theory]
    [InlineData(LoadStrategy.ReplaceRun, "2024-01", true)]
    [InlineData(LoadStrategy.Append, "all", true)]
    [InlineData(LoadStrategy.Snapshot, "2024-01", true)]
    [InlineData(LoadStrategy.Snapshot, "2023-12-31", false)]
    [InlineData(LoadStrategy.ReplaceRun, "2023-12-31", false)]
    [InlineData(LoadStrategy.ReplacePartition, "2024-01", false)]
    public async Task A_table_that_knows_its_rows_by_the_partition_alone_is_not_loaded_by_partitions_cut_another_way(LoadStrategy strategy, string loaded, bool isRefused)
    {
        _destination.Set("b totals", loaded, PartitionState.Complete);
        PipelineRegistration pipeline = Daily("b totals", new Lines("totals") { Loads = strategy });

        if (isRefused)
        {
            PipelineException refused = await Should.ThrowAsync<PipelineException>(() => RunAsync(pipeline));
            refused.What.ShouldBe($"partition {loaded} was loaded when the pipeline was cut another way than into days such as 2001-01-31 of UTC; "
                + (strategy == LoadStrategy.Snapshot ? "a snapshot of another window would delete theirs from totals" : "totals knows its rows by nothing else, and would have them twice"));
        }
        else
        {
            (await RunAsync(pipeline)).ShouldAllBe(result => result.Status != PartitionStatus.Blocked);
        }
    }

    [Fact]
    public async Task A_file_that_was_loaded_and_put_away_is_no_partition_cut_another_way()
    {
        _destination.Set("files", "landing/2024-01-01.csv", PartitionState.Complete);
        await new PartitionHistory(_destination).CheckAsync([Loading(PartitionScheme.Files("landing/*.csv"))], CancellationToken.None);
    }

    [Theory]
    [InlineData("landing/a.csv", true)]
    [InlineData("landing/b.csv", true)]
    [InlineData("./elsewhere/../landing/a.csv", false)]
    [InlineData("{0}/landing/a.csv", false)]
    public async Task S44_a_file_that_was_loaded_under_another_spelling_of_its_path_is_not_loaded_a_second_time(string loaded, bool isTaken)
    {
        string folder = Directory.CreateTempSubdirectory("respelled-").FullName;
        string landing = Path.GetRelativePath(Environment.CurrentDirectory, folder).Replace('\\', '/') + "/landing";
        Directory.CreateDirectory(landing);
        await File.WriteAllTextAsync($"{landing}/a.csv", "x");
        string name = loaded.Contains('{', StringComparison.Ordinal) ? string.Format(System.Globalization.CultureInfo.InvariantCulture, loaded, folder) : loaded.Replace("landing", landing, StringComparison.Ordinal);
        _destination.Set("files", name, PartitionState.Complete);
        Task check = new PartitionHistory(_destination).CheckAsync([Loading(PartitionScheme.Files($"{landing}/*.csv"))], CancellationToken.None);
        if (isTaken)
        {
            await check;
        }
        else
        {
            (await Should.ThrowAsync<PipelineException>(check)).What.ShouldBe(
                $"the file {name} was loaded under this name, and is declared as {landing}/a.csv today; lines knows its rows by that name, and would have them twice");
        }

        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData("UTC", true)]
    [InlineData("Europe/Berlin", false)]
    public async Task An_hour_of_another_zone_is_another_partition(string zone, bool isKnown)
    {
        _destination.Set("files", "2024-01-02T07:00Z", PartitionState.Complete);
        Task check = new PartitionHistory(_destination).CheckAsync([Loading(PartitionScheme.Hourly("2024-01-01", timeZone: zone))], CancellationToken.None);
        if (isKnown)
        {
            await check;
        }
        else
        {
            (await Should.ThrowAsync<PipelineException>(check)).What.ShouldStartWith("partition 2024-01-02T07:00Z was loaded when the pipeline was cut another way");
        }
    }

    private static PipelineDescriptor Loading(PartitionScheme scheme) => Pipelines.Named("files", scheme, new Lines("lines") { Loads = LoadStrategy.ReplaceRun }).Descriptor;

    [Theory]
    [InlineData("orders", FailureKind.Schema)]
    [InlineData("*", FailureKind.Destination)]
    public async Task Where_nothing_can_run_the_run_as_a_whole_fails(string refused, FailureKind kind)
    {
        _destination.RefusesTable = refused;
        (await Should.ThrowAsync<PipelineException>(() => RunAsync(_orders))).Kind.ShouldBe(kind);
        if (refused == "*")
        {
            (await Should.ThrowAsync<PipelineException>(() => RunAsync(_orders, _weather))).Kind.ShouldBe(kind);
        }

        _destination.Ends.ShouldBeEmpty();
    }

    private PipelineRegistration Daily(string name, Lines loads, params TableContract[] reads) =>
        Pipelines.Named(name, PartitionScheme.Daily("2024-01-01"), loads, reads, (_, _) =>
        {
            _begun++;
            return Task.CompletedTask;
        });

    private Task<IReadOnlyList<PartitionResult>> RunAsync(params PipelineRegistration[] pipelines) =>
        new PipelineRunner(new PipelineCatalog([_orders, _totals, _weather]), _destination, new FixedClock(Utc("2024-01-05T12:00Z")), NullLoggerFactory.Instance, new RunOptions())
            .RunAsync(
                [.. pipelines.SelectMany(pipeline => new[] { "2024-01-01", "2024-01-02" }.Select(day => new PlannedPartition(pipeline, pipeline.Descriptor.Partitions.Parse(day), PlanReason.Missing)))],
                new Nobody(),
                CancellationToken.None);

    private sealed class Nobody : IRunObserver
    {
        public void Started(PlannedPartition planned)
        {
        }

        public void RowsRead(PlannedPartition planned, long rows)
        {
        }

        public void Finished(PartitionResult result)
        {
        }
    }
}
