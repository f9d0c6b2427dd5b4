using static TypedPipelines.Tests.Partitions.Instants;

namespace TypedPipelines.Tests.Partitions;

public sealed class DaylightSavingTests
{
    [Theory]
    [InlineData("Europe/Berlin", "2024-03-31", 23)]
    [InlineData("Europe/Berlin", "2024-04-01", 24)]
    [InlineData("Europe/Berlin", "2024-10-27", 25)]
    [InlineData("America/Sao_Paulo", "2018-11-04", 23)]
    [InlineData("America/Sao_Paulo", "2018-02-17", 25)]
    [InlineData("America/Havana", "2024-03-10", 23)]
    [InlineData("America/Havana", "2024-11-03", 25)]
    [InlineData("Australia/Lord_Howe", "2024-04-07", 24.5)]
    public void S08_ADayHasTheHoursThatItsZoneGivesIt(string zone, string day, double hours) =>
        Hours(PartitionScheme.Daily("2000-01-01", timeZone: zone).Parse(day)).ShouldBe(hours);

    [Fact]
    public void S08_ADaysWindow_StandsInUtcAndInLocalDates()
    {
        Partition day = PartitionScheme.Daily("2000-01-01", timeZone: "America/Havana").Parse("2024-11-03");

        Span(day).ShouldBe("[2024-11-03T04:00Z, 2024-11-04T05:00Z)");
        (day.Window.StartDate, day.Window.EndDate).ShouldBe((new DateOnly(2024, 11, 3), new DateOnly(2024, 11, 4)));
        day.ShouldBeOfType<DayPartition>().Date.ShouldBe(new DateOnly(2024, 11, 3));
    }

    [Fact]
    public void TheRepeatedHour_IsTwoPartitionsWithTwoKeys()
    {
        PartitionScheme scheme = PartitionScheme.Hourly("2024-11-03", "2024-11-04", "America/Chicago");

        Partition[] hours = [.. scheme.All()];

        hours.Length.ShouldBe(25);
        hours.Take(4).Select(hour => hour.Key).ShouldBe(
            ["2024-11-03T00:00-05:00", "2024-11-03T01:00-05:00", "2024-11-03T01:00-06:00", "2024-11-03T02:00-06:00"]);
        Span(scheme.Parse("2024-11-03T01:00-05:00")).ShouldBe("[2024-11-03T06:00Z, 2024-11-03T07:00Z)");
        Span(scheme.Parse("2024-11-03T01:00-06:00")).ShouldBe("[2024-11-03T07:00Z, 2024-11-03T08:00Z)");
        scheme.Parse("2024-11-03T01:00-06:00").ShouldNotBe(scheme.Parse("2024-11-03T01:00-05:00"));
        hours.ShouldAllBe(hour => hour.Window.StartDate == new DateOnly(2024, 11, 3) && hour.Window.EndDate == new DateOnly(2024, 11, 4));
    }

    [Fact]
    public void TheSkippedHour_IsNoPartition()
    {
        PartitionScheme scheme = PartitionScheme.Hourly("2024-03-10", "2024-03-11", "America/Chicago");

        scheme.All().Count().ShouldBe(23);
        scheme.All().Skip(1).Take(2).Select(hour => hour.Key).ShouldBe(["2024-03-10T01:00-06:00", "2024-03-10T03:00-05:00"]);
    }

    [Fact]
    public void AnOffsetOfZero_IsWrittenZ()
    {
        PartitionScheme scheme = PartitionScheme.Hourly("2024-10-27", "2024-10-28", "Europe/London");

        scheme.All().Skip(1).Take(2).Select(hour => hour.Key).ShouldBe(["2024-10-27T01:00+01:00", "2024-10-27T01:00Z"]);
        scheme.Parse("2024-10-27T01:00Z").ShouldBeOfType<HourPartition>().Local.ShouldBe(Utc("2024-10-27T01:00Z"));
    }

    [Fact]
    public void AnHoursKeyInAnotherOffset_IsTheSamePartition() =>
        PartitionScheme.Hourly("2024-01-01", timeZone: "America/Chicago").Parse("2024-01-31T13:00Z").Key.ShouldBe("2024-01-31T07:00-06:00");

    [Theory]
    [InlineData("America/Sao_Paulo", "2018-11-04", "2018-11-04T03:00Z")]
    [InlineData("America/Havana", "2024-11-03", "2024-11-03T04:00Z")]
    [InlineData("Pacific/Apia", "2011-12-30", "2011-12-30T10:00Z")]
    public void Hours_BeginWithTheFirstInstantOfTheirFirstDay(string zone, string start, string instant) =>
        PartitionScheme.Hourly(start, timeZone: zone).All().First().Start.ShouldBe(Utc(instant));

    [Theory]
    [InlineData("2024-02", 29 * 24, "2024-03-01")]
    [InlineData("2023-02", 28 * 24, "2023-03-01")]
    [InlineData("2024-03", (31 * 24) - 1, "2024-04-01")]
    [InlineData("2024-10", (31 * 24) + 1, "2024-11-01")]
    [InlineData("2024-12", 31 * 24, "2025-01-01")]
    public void S11_AMonthIsACalendarMonthOfItsZone(string key, double hours, string end)
    {
        MonthPartition month = PartitionScheme.Monthly("2000-01", timeZone: "Europe/Berlin").Parse(key).ShouldBeOfType<MonthPartition>();

        Hours(month).ShouldBe(hours);
        month.Window.EndDate.ShouldBe(PartitionText.Day(end));
        month.Key.ShouldBe(key);
        (month.Year, month.Month).ShouldBe((month.FirstDate.Year, month.FirstDate.Month));
    }

    [Fact]
    public void S11_AMonthThatSkipsADay_IsADayShorter() =>
        Hours(PartitionScheme.Monthly("2000-01", timeZone: "Pacific/Apia").Parse("2011-12")).ShouldBe(30 * 24);

    [Theory]
    [InlineData("2024-Q1", (91 * 24) - 1, "2024-01-01", "2024-04-01")]
    [InlineData("2023-Q1", (90 * 24) - 1, "2023-01-01", "2023-04-01")]
    [InlineData("2024-Q2", 91 * 24, "2024-04-01", "2024-07-01")]
    [InlineData("2024-Q3", 92 * 24, "2024-07-01", "2024-10-01")]
    [InlineData("2024-Q4", (92 * 24) + 1, "2024-10-01", "2025-01-01")]
    public void S11_AQuarterIsThreeCalendarMonthsOfItsZone(string key, double hours, string first, string end)
    {
        QuarterPartition quarter = PartitionScheme.Quarterly("2000-Q1", timeZone: "Europe/Berlin").Parse(key).ShouldBeOfType<QuarterPartition>();

        Hours(quarter).ShouldBe(hours);
        (quarter.Window.StartDate, quarter.Window.EndDate, quarter.FirstDate).ShouldBe((PartitionText.Day(first), PartitionText.Day(end), PartitionText.Day(first)));
        $"{quarter.Year}-Q{quarter.Quarter}".ShouldBe(key);
        PartitionScheme.Monthly("2000-01", timeZone: "Europe/Berlin").Overlapping(quarter.Start, quarter.End).Select(month => (month.Start, month.End))
            .Aggregate((all, month) => all.End == month.Start ? (all.Start, month.End) : throw new InvalidOperationException("a gap"))
            .ShouldBe((quarter.Start, quarter.End));
    }

    [Theory]
    [InlineData("Europe/Berlin", "2024", 366 * 24)]
    [InlineData("Europe/Berlin", "2023", 365 * 24)]
    [InlineData("Europe/Berlin", "2000", 366 * 24)]
    [InlineData("Pacific/Apia", "2011", 364 * 24)] // It skipped a day, and was an hour later at its end than at its start, as ever in its summer.
    public void S11_AYearIsACalendarYearOfItsZone(string zone, string key, double hours)
    {
        YearPartition year = PartitionScheme.Yearly("1990", timeZone: zone).Parse(key).ShouldBeOfType<YearPartition>();

        Hours(year).ShouldBe(hours);
        year.Key.ShouldBe(key);
        (year.FirstDate, year.Window.StartDate, year.Window.EndDate).ShouldBe((new DateOnly(year.Year, 1, 1), new DateOnly(year.Year, 1, 1), new DateOnly(year.Year + 1, 1, 1)));
    }

    [Fact]
    public void S11_AYearThatBeginsWithASkippedDay_BeginsWithTheNextOne() =>
        Span(PartitionScheme.Yearly("1990", timeZone: "Pacific/Kiritimati").Parse("1995")).ShouldBe("[1994-12-31T10:00Z, 1995-12-31T10:00Z)");
}
