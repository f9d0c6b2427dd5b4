using static TypedPipelines.Tests.Partitions.Instants;

namespace TypedPipelines.Tests.Partitions;

public sealed class SchemeSpanTests
{
    public static TheoryData<string> Schemes => [.. SchemeOf.Keys];

    private static Dictionary<string, PartitionScheme> SchemeOf { get; } = new()
    {
        ["hours"] = PartitionScheme.Hourly("2024-11-03", "2024-11-04", "America/Chicago"),
        ["days, west"] = PartitionScheme.Daily("2024-10-30", "2024-11-07", "America/Havana"),
        ["days, far east"] = PartitionScheme.Daily("2024-01-01", "2024-01-08", "Pacific/Kiritimati"),
        ["days, one skipped"] = PartitionScheme.Daily("2011-12-27", "2012-01-03", "Pacific/Apia"),
        ["days"] = PartitionScheme.Daily("2024-01-01", "2024-01-08"),
        ["months"] = PartitionScheme.Monthly("2024-01", "2024-07", "Europe/Berlin"),
        ["quarters"] = PartitionScheme.Quarterly("2023-Q4", "2025-Q1", "America/Chicago"),
        ["years"] = PartitionScheme.Yearly("2009", "2014", "Pacific/Apia"),
    };

    [Theory]
    [MemberData(nameof(Schemes))]
    public void Overlapping_IsWhatAskingEveryPartitionGives(string name)
    {
        PartitionScheme scheme = SchemeOf[name];
        Partition[] all = [.. scheme.All()];
        DateTimeOffset[] edges = [.. all.Select(partition => partition.Start), all[^1].End, all[0].Start.AddDays(-3), all[^1].End.AddDays(3)];
        DateTimeOffset[] instants = [.. edges.SelectMany(edge => new[] { edge.AddTicks(-1), edge, edge.AddTicks(1), edge.AddMinutes(17) }).Order()];
        foreach (DateTimeOffset from in instants)
        {
            foreach (DateTimeOffset to in instants.Where(instant => instant >= from))
            {
                IEnumerable<string> expected = all.Where(partition => partition.End > from && partition.Start < to).Select(partition => partition.Key);
                if (!scheme.Overlapping(from, to).Select(partition => partition.Key).SequenceEqual(expected))
                {
                    Assert.Fail($"[{from:O}, {to:O}): {string.Join(' ', scheme.Overlapping(from, to))} instead of {string.Join(' ', expected)}");
                }
            }
        }
    }

    [Fact]
    public void Overlapping_OfTheWhole_IsTheWhole() =>
        PartitionScheme.None.Overlapping(Utc("2024-01-01T00:00Z"), Utc("2024-01-02T00:00Z")).ShouldHaveSingleItem().Key.ShouldBe("all");

    [Fact]
    public void Overlapping_FarFromTheStart_WalksNoFurtherThanItMust() =>
        PartitionScheme.Daily("0002-01-01").Overlapping(Utc("9000-01-01T12:00Z"), Utc("9000-01-02T12:00Z")).Select(day => day.Key).ShouldBe(["9000-01-01", "9000-01-02"]);

    [Theory]
    [InlineData("2024-01-02T00:00Z", false, 1)]
    [InlineData("2024-01-02T23:59Z", false, 1)]
    [InlineData("2024-01-03T00:00Z", false, 2)]
    [InlineData("2023-12-31T23:59Z", false, 0)]
    [InlineData("2023-12-31T23:59Z", true, 0)]
    [InlineData("2024-01-01T00:00Z", true, 1)]
    [InlineData("2024-01-02T00:00Z", true, 2)]
    [InlineData("2030-01-01T00:00Z", false, 5)]
    public void S13_LoadableAreTheEndedWindows_AndWithAllowPartialTheOneBegun(string now, bool allowPartial, int count)
    {
        PartitionScheme scheme = PartitionScheme.Daily("2024-01-01", "2024-01-06", allowPartial: allowPartial);

        scheme.LoadableAt(Utc(now)).Select(day => day.Key).ShouldBe(scheme.All().Take(count).Select(day => day.Key));
        scheme.All().Select(day => scheme.IsLoadable(day, Utc(now))).ShouldBe(scheme.All().Select((_, i) => i < count));
    }

    [Fact]
    public void TheWhole_IsAlwaysLoadable() => PartitionScheme.None.LoadableAt(DateTimeOffset.UnixEpoch).ShouldHaveSingleItem().Key.ShouldBe("all");
}
