using static TypedPipelines.Tests.Partitions.Instants;

namespace TypedPipelines.Tests.Partitions;

public sealed class WallClockTests
{
    [Theory]
    [InlineData("UTC", "2024-01-31", "2024-01-31T00:00Z")]
    [InlineData("Asia/Kathmandu", "2024-01-31", "2024-01-30T18:15Z")]
    [InlineData("America/Chicago", "2024-07-01", "2024-07-01T05:00Z")]
    public void AnOrdinaryMidnight_IsWhereTheClockShowsIt(string zone, string day, string instant) => Midnight(day, zone).ShouldBe(Utc(instant));

    [Theory]
    [InlineData("America/Sao_Paulo", "2018-11-04", "2018-11-04T03:00Z")]
    [InlineData("America/Havana", "2024-03-10", "2024-03-10T05:00Z")]
    [InlineData("Africa/Cairo", "2024-04-26", "2024-04-25T22:00Z")]
    public void ASkippedMidnight_IsTheInstantOfTheSkip(string zone, string day, string instant)
    {
        Midnight(day, zone).ShouldBe(Utc(instant));
        TimeZoneInfo.ConvertTime(Midnight(day, zone), TimeZoneInfo.FindSystemTimeZoneById(zone)).TimeOfDay.ShouldBe(TimeSpan.FromHours(1));
    }

    [Theory]
    [InlineData("America/Havana", "2024-11-03", "2024-11-03T04:00Z")]
    [InlineData("America/St_Johns", "2010-11-07", "2010-11-07T02:30Z")]
    public void ARepeatedMidnight_IsTheFirstOfTheTwo(string zone, string day, string instant) => Midnight(day, zone).ShouldBe(Utc(instant));

    [Fact]
    public void AClockPutBackFromMidnight_ReachesItOnlyTheSecondTime() =>
        // 2018-02-17 24:00 became 23:00: the first time round, midnight was never shown.
        Midnight("2018-02-18", "America/Sao_Paulo").ShouldBe(Utc("2018-02-18T03:00Z"));

    [Fact]
    public void AMidnightInASkippedDay_IsTheInstantOfTheSkip()
    {
        Midnight("2011-12-30", "Pacific/Apia").ShouldBe(Utc("2011-12-30T10:00Z"));
        Midnight("2011-12-31", "Pacific/Apia").ShouldBe(Utc("2011-12-30T10:00Z"));
    }

    [Fact]
    public void ATimeWithinASkip_IsTheInstantOfTheSkip() => WallClock.ToInstant(
        new DateTime(2024, 3, 10, 2, 30, 0), TimeZoneInfo.FindSystemTimeZoneById("America/Chicago")).ShouldBe(Utc("2024-03-10T08:00Z"));

    [Fact]
    public void TheEndsOfTheCalendar_AreInstants()
    {
        Midnight("0001-01-01", "Asia/Tokyo").ShouldBe(DateTimeOffset.MinValue);
        Midnight("9999-12-31", "Asia/Tokyo").ShouldBe(Utc("9999-12-30T15:00Z"));
    }

    private static DateTimeOffset Midnight(string day, string zone) =>
        WallClock.ToInstant(PartitionText.Day(day).ToDateTime(TimeOnly.MinValue), TimeZoneInfo.FindSystemTimeZoneById(zone));
}
