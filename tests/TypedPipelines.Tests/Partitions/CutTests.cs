namespace TypedPipelines.Tests.Partitions;

/// <summary>What the ledger calls the kind of a partition: the same on every machine, and another for every zone.</summary>
public class CutTests
{
    [Theory]
    [InlineData("UTC", "DayPartition UTC")]
    [InlineData("Etc/UTC", "DayPartition UTC")]
    [InlineData("Europe/Berlin", "DayPartition Europe/Berlin")]
    [InlineData("W. Europe Standard Time", "DayPartition Europe/Berlin")]
    [InlineData("America/New_York", "DayPartition America/New_York")]
    public void A_zone_has_one_name(string zone, string cut) => PartitionScheme.Daily("2024-03-01", null, zone).All().First().Cut.ShouldBe(cut);

    [Fact]
    public void What_has_no_zone_has_none() => new WholePartition().Cut.ShouldBe("WholePartition");
}
