using TypedPipelines.Destinations;
using TypedPipelines.Ledger;
using TypedPipelines.Running;

namespace TypedPipelines.Tests.Running;

public sealed class UpstreamCheckTests
{
    private static readonly Lines Table = new("sales");

    private readonly MemoryDestination _destination = new();

    [Theory]
    [InlineData(null, false)]
    [InlineData(PartitionState.Complete, true)]
    [InlineData(PartitionState.Partial, true)]
    [InlineData(PartitionState.Failed, false)]
    public async Task APartition_NeedsWhatItReadsToBeLoaded(PartitionState? state, bool enough)
    {
        if (state is { } known)
        {
            _destination.Set("load", "2024-01-02", known);
        }

        _destination.Set("load", "2024-01-03", PartitionState.Complete);
        PipelineException? missing = await CheckAsync(PartitionScheme.Daily("2024-01-01"), PartitionScheme.Daily("2024-01-01"), "2024-01-02");

        (missing is null).ShouldBe(enough);
        missing?.Kind.ShouldBe(FailureKind.Upstream);
        missing?.Message.ShouldBe(
            "it reads the table sales, and partition 2024-01-02 of the pipeline load, which loads that, is not complete. "
            + "Load it first (`run load --partition 2024-01-02`), then run this partition again.");
    }

    [Fact]
    public async Task AMonth_NeedsAllItsDays_AndNoOthers()
    {
        PartitionScheme days = PartitionScheme.Daily("2024-01-01");
        foreach (Partition day in days.All().Skip(31).Take(29).Where(day => day.Key != "2024-02-17"))
        {
            _destination.Set("load", day.Key, PartitionState.Complete);
        }

        (await CheckAsync(days, PartitionScheme.Monthly("2024-01"), "2024-02")).ShouldNotBeNull().What.ShouldContain("partition 2024-02-17 ");
        _destination.Set("load", "2024-02-17", PartitionState.Complete);
        (await CheckAsync(days, PartitionScheme.Monthly("2024-01"), "2024-02")).ShouldBeNull();
    }

    [Fact]
    public async Task AYear_NeedsItsQuarters_AndAQuarterItsMonths()
    {
        PartitionScheme months = PartitionScheme.Monthly("2023-12");
        Array.ForEach(["2024-01", "2024-02", "2024-03"], month => _destination.Set("load", month, PartitionState.Complete));
        (await CheckAsync(months, PartitionScheme.Quarterly("2024-Q1"), "2024-Q1")).ShouldBeNull();
        (await CheckAsync(months, PartitionScheme.Quarterly("2024-Q1"), "2024-Q2")).ShouldNotBeNull().What.ShouldContain("partition 2024-04 ");

        PartitionScheme quarters = PartitionScheme.Quarterly("2024-Q1");
        Array.ForEach(["2024-Q1", "2024-Q2", "2024-Q4"], quarter => _destination.Set("load", quarter, PartitionState.Complete));
        (await CheckAsync(quarters, PartitionScheme.Yearly("2024"), "2024")).ShouldNotBeNull().What.ShouldContain("partition 2024-Q3 ");
        _destination.Set("load", "2024-Q3", PartitionState.Complete);
        (await CheckAsync(quarters, PartitionScheme.Yearly("2024"), "2024")).ShouldBeNull();
    }

    [Fact]
    public async Task ADay_NeedsItsHours_AndTheNextDaysFirstIsNone()
    {
        PartitionScheme hours = PartitionScheme.Hourly("2024-01-01");
        foreach (Partition hour in hours.All().Take(24))
        {
            _destination.Set("load", hour.Key, PartitionState.Complete);
        }

        (await CheckAsync(hours, PartitionScheme.Daily("2024-01-01"), "2024-01-01")).ShouldBeNull();
    }

    [Fact]
    public async Task WhatTheUpstreamNeverLoads_IsNotWaitedFor() =>
        (await CheckAsync(PartitionScheme.Daily("2024-02-01"), PartitionScheme.Daily("2024-01-01"), "2024-01-31")).ShouldBeNull();

    [Fact]
    public async Task TheWhole_IsNeeded_UnderItsOwnCommand()
    {
        (await CheckAsync(PartitionScheme.None, PartitionScheme.Daily("2024-01-01"), "2024-01-31")).ShouldNotBeNull().Next
            .ShouldBe("Load it first (`run load`), then run this partition again.");
        _destination.Set("load", "all", PartitionState.Complete);
        (await CheckAsync(PartitionScheme.None, PartitionScheme.Daily("2024-01-01"), "2024-01-31")).ShouldBeNull();
    }

    [Fact]
    public async Task TheWhole_NeedsALoadedWindow_AndNoneThatFailed()
    {
        PartitionScheme days = PartitionScheme.Daily("2024-01-01");
        (await CheckAsync(days, PartitionScheme.None, "all")).ShouldNotBeNull().What.ShouldContain("partition 2024-01-01 of the pipeline load");

        _destination.Set("load", "2024-01-01", PartitionState.Complete);
        (await CheckAsync(days, PartitionScheme.None, "all")).ShouldBeNull();

        // A total over a window that failed would be called complete, and nothing would make it anew when the window is mended.
        _destination.Set("load", "2024-01-02", PartitionState.Failed, loaded: false);
        (await CheckAsync(days, PartitionScheme.None, "all")).ShouldNotBeNull().What.ShouldContain("partition 2024-01-02 of the pipeline load");
    }

    [Fact]
    public async Task TheWhole_WaitsForNoFailedPartition_ThatIsNoneAnyMore()
    {
        PartitionScheme days = PartitionScheme.Daily("2024-01-03");
        _destination.Set("load", "2024-01-03", PartitionState.Complete);
        Array.ForEach(["2024-01-01", "in/gone.csv", "2024-01"], former => _destination.Set("load", former, PartitionState.Failed, loaded: false));
        (await CheckAsync(days, PartitionScheme.None, "all")).ShouldBeNull("before the start that the pipeline has today, or cut another way: nobody can load it");
    }

    [Fact]
    public async Task ATableThatNoPipelineLoads_IsTakenAsItIs()
    {
        PipelineRegistration reader = Pipelines.Named("read", PartitionScheme.None, reads: [Table]);

        (PipelineException? missing, IReadOnlyList<ReadPartitions> reads) = await new UpstreamCheck(new PipelineCatalog([reader]), _destination)
            .FindAsync(new PlannedPartition(reader, PartitionScheme.None.Parse("all"), PlanReason.Missing), CancellationToken.None);
        missing.ShouldBeNull();
        reads.ShouldBeEmpty();
    }

    private async Task<PipelineException?> CheckAsync(PartitionScheme upstream, PartitionScheme downstream, string key)
    {
        PipelineRegistration reader = Pipelines.Named("read", downstream, reads: [Table]);
        var catalog = new PipelineCatalog([Pipelines.Named("load", upstream, Table), reader]);
        return (await new UpstreamCheck(catalog, _destination)
            .FindAsync(new PlannedPartition(reader, downstream.Parse(key), PlanReason.Missing), CancellationToken.None)).Missing;
    }
}
