namespace TypedPipelines.Tests.Partitions;

public sealed class EmptyRangeTests
{
    [Theory]
    [InlineData("2026-01-02", "2026-01-02")]
    [InlineData("2026-01-02", "2026-01-01")]
    public void A_range_without_a_partition_is_refused(string start, string end)
    {
        Should.Throw<PipelineException>(() => PartitionScheme.Daily(start, end)).What
            .ShouldBe($"the partitions end at {end}, which does not come after their start {start}");
        Should.Throw<PipelineException>(() => PartitionScheme.Hourly(start, end)).Kind.ShouldBe(FailureKind.Usage);
        Should.Throw<PipelineException>(() => PartitionScheme.Monthly("2026-02", "2026-01")).Kind.ShouldBe(FailureKind.Usage);
        Should.Throw<PipelineException>(() => PartitionScheme.Quarterly("2026-Q2", "2026-Q2")).Kind.ShouldBe(FailureKind.Usage);
        Should.Throw<PipelineException>(() => PartitionScheme.Yearly("2026", "2025")).Kind.ShouldBe(FailureKind.Usage);
    }
}
