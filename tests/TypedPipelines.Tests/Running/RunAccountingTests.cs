using Microsoft.Extensions.Logging.Abstractions;
using TypedPipelines.Destinations;
using TypedPipelines.Running;

namespace TypedPipelines.Tests.Running;

/// <summary>Source → Map → Filter → Set → the table. Each test breaks one of the sums that must come out even.</summary>
public sealed class RunAccountingTests
{
    private static readonly Lines Table = new("lines", RowAction.Drop);

    private static readonly PipelineDescriptor Pipeline = new()
    {
        Name = "sales",
        Partitions = PartitionScheme.None,
        Nodes =
        [
            new NodeDescriptor("Source", NodeKind.Source, "string"),
            new NodeDescriptor("Map", NodeKind.Map, "string", "Source"),
            new NodeDescriptor("Filter", NodeKind.Filter, "string", "Map"),
            new NodeDescriptor("Set", NodeKind.WholeSet, "string", "Filter"),
        ],
        Loads = [new LoadDescriptor(Table, "Set")],
    };

    private readonly MemoryDestination _destination = new();

    [Fact]
    public async Task EvenSums_Pass() => RunAccounting.Verify(Pipeline, await RunAsync());

    [Theory]
    [InlineData("Source", 0, 1, "Source gave 11 rows, Map took 10")]
    [InlineData("Source", 0, -1, "Source gave 9 rows, Map took 10")]
    [InlineData("Map", 0, -1, "Map took 10 rows, it gave 9")]
    [InlineData("Map", 0, 1, "Map took 10 rows, it gave 11")]
    [InlineData("Filter", 1, 0, "Map gave 10 rows, Filter took 11")]
    [InlineData("Filter", 0, 1, "Filter gave 8 rows, Set took 7")]
    [InlineData("Set", 0, 1, "Set gave 4 rows, the load of lines took 3")]
    [InlineData("Set", 0, -1, "Set gave 2 rows, the load of lines took 3")]
    public async Task ALostRow_IsFoundWhereItWasLost(string step, long came, long went, string what)
    {
        PartitionRun run = await RunAsync();
        run.Count(step).Add(came, went);

        PipelineException found = Should.Throw<PipelineException>(() => RunAccounting.Verify(Pipeline, run));

        (found.Kind, found.What).ShouldBe((FailureKind.Accounting, $"rows are missing: {what}"));
    }

    [Fact]
    public async Task ARowThatWasTakenAndNeverStaged_IsFound()
    {
        _destination.RefusesRows = new InvalidOperationException("full");

        PartitionRun run = await RunAsync(swallow: true);

        Should.Throw<PipelineException>(() => RunAccounting.Verify(Pipeline, run)).What
            .ShouldBe("rows are missing: the load of lines took 3 rows, it staged, dropped and rejected 1");
    }

    private async Task<PartitionRun> RunAsync(bool swallow = false)
    {
        Partition all = PartitionScheme.None.Parse("all");
        var session = new MemorySession(_destination, new RunIdentity(Guid.Empty, Pipeline.Name, all, default));
        var run = new PartitionRun(Pipeline, new RunContext(Guid.Empty, Pipeline.Name, all, default, NullLogger.Instance), session, null, null, null, CancellationToken.None);
        run.Count("Source").Add(10, 10);
        run.Count("Map").Add(10, 10);
        run.Count("Filter").Add(10, 7);
        run.Count("Set").Add(7, 3);
        LoadInput<string> load = await run.OpenLoadAsync(Table, CancellationToken.None);
        load.Add("a", 0);
        load.Add("bad", 1);
        load.Add("b", 2);
        try
        {
            await load.FlushAsync(new RowBatch<string>(), CancellationToken.None);
        }
        catch (InvalidOperationException) when (swallow)
        {
            // As a generated loop with a defect might.
        }

        return run;
    }
}
