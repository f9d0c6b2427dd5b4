using System.Globalization;

namespace TypedPipelines.Tests.Partitions;

/// <summary>Every time zone of the machine, around every change of its clock from 1975 to 2035, and at every month between.</summary>
public sealed class TilingTests
{
    private static readonly DateTimeOffset First = new(1975, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Last = new(2035, 12, 31, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Zones differ by name more often than by clock: each clock is swept once, by any of its names.</summary>
    private static readonly List<(TimeZoneInfo Zone, List<DateTimeOffset> Changes)> Clocks = [.. TimeZoneInfo.GetSystemTimeZones()
        .Select(zone => (Zone: zone, Changes: ChangesOf(zone)))
        .DistinctBy(clock => $"{clock.Zone.GetUtcOffset(First)} {string.Join(' ', clock.Changes.Select(change => $"{change.Ticks}{clock.Zone.GetUtcOffset(change)}"))}")];

    [Fact]
    public void S08_DaysTileInEveryTimeZone()
    {
        Clocks.Count.ShouldBeGreaterThan(100, "this machine lacks its time zone data");
        foreach ((TimeZoneInfo zone, List<DateTimeOffset> changes) in Clocks)
        {
            foreach (DateTimeOffset change in changes)
            {
                DateOnly day = DateOnly.FromDateTime(change.UtcDateTime);
                RequireTiles(Days(zone, day.AddDays(-2), day.AddDays(3)), zone);
            }

            for (DateOnly month = DateOnly.FromDateTime(First.DateTime); month.Year < Last.Year; month = month.AddMonths(7))
            {
                RequireTiles(Days(zone, month.AddDays(-1), month.AddDays(1)), zone);
            }
        }
    }

    [Fact]
    public void S08_AWindowBeginsWhenTheClockFirstShowsItsDay()
    {
        foreach ((TimeZoneInfo zone, List<DateTimeOffset> changes) in Clocks)
        {
            foreach (DateTimeOffset change in changes)
            {
                DateOnly day = DateOnly.FromDateTime(change.UtcDateTime);
                foreach (Partition partition in Days(zone, day.AddDays(-1), day.AddDays(2)))
                {
                    DateTime midnight = ((DayPartition)partition).Date.ToDateTime(TimeOnly.MinValue);
                    Shown(partition.Start, zone).ShouldBeGreaterThanOrEqualTo(midnight, $"{zone.Id} {partition}");
                    Shown(partition.Start.AddTicks(-1), zone).ShouldBeLessThan(midnight, $"{zone.Id} {partition}");
                    (partition.Start.Ticks % TimeSpan.TicksPerMinute).ShouldBe(0, $"{zone.Id} {partition}");
                }
            }
        }
    }

    [Fact]
    public void S11_MonthsTileInEveryTimeZone()
    {
        foreach ((TimeZoneInfo zone, _) in Clocks)
        {
            RequireTiles(PartitionScheme.Monthly("1975-01", "2036-01", zone.Id).All(), zone).ShouldBe(61 * 12, zone.Id);
        }
    }

    [Fact]
    public void S11_QuartersAndYearsTileInEveryTimeZone_AndAreMadeOfMonths()
    {
        foreach ((TimeZoneInfo zone, _) in Clocks)
        {
            HashSet<DateTimeOffset> months = [.. PartitionScheme.Monthly("1975-01", "2036-01", zone.Id).All().Select(month => month.Start)];
            Partition[] quarters = [.. PartitionScheme.Quarterly("1975-Q1", "2036-Q1", zone.Id).All()];
            Partition[] years = [.. PartitionScheme.Yearly("1975", "2036", zone.Id).All()];
            RequireTiles(quarters, zone).ShouldBe(61 * 4, zone.Id);
            RequireTiles(years, zone).ShouldBe(61, zone.Id);
            quarters.ShouldAllBe(quarter => months.Contains(quarter.Start), zone.Id);
            years.Select(year => year.Start).ShouldBe(quarters.Where((_, at) => at % 4 == 0).Select(quarter => quarter.Start), zone.Id);
        }
    }

    [Fact]
    public void HoursTileInEveryTimeZone()
    {
        foreach ((TimeZoneInfo zone, List<DateTimeOffset> changes) in Clocks)
        {
            foreach (DateTimeOffset change in changes.TakeLast(4).Concat(changes.Where(at => Math.Abs(Jump(zone, at).TotalHours) > 12)))
            {
                DateOnly day = DateOnly.FromDateTime(change.UtcDateTime);
                IReadOnlyList<Partition> hours = [.. PartitionScheme.Hourly(Text(day.AddDays(-1)), Text(day.AddDays(2)), zone.Id).All()];
                RequireTiles(hours, zone);
                hours.DistinctBy(hour => hour.Key).Count().ShouldBe(hours.Count, $"{zone.Id} {day}");
            }
        }
    }

    [Theory]
    [InlineData("Pacific/Apia", "2011-12-30")]
    [InlineData("Pacific/Fakaofo", "2011-12-30")]
    [InlineData("Pacific/Kiritimati", "1994-12-31")]
    [InlineData("Pacific/Kanton", "1994-12-31")]
    [InlineData("Pacific/Kwajalein", "1993-08-21")]
    public void ADateThatTheZoneSkips_IsNoPartition(string zone, string skipped)
    {
        Assert.SkipUnless(TimeZoneInfo.TryFindSystemTimeZoneById(zone, out TimeZoneInfo? found), "needs that time zone");
        DateOnly day = PartitionText.Day(skipped);
        PartitionScheme scheme = PartitionScheme.Daily(Text(day.AddDays(-3)), timeZone: zone);

        scheme.All().Take(5).Select(partition => partition.Key)
            .ShouldBe([Text(day.AddDays(-3)), Text(day.AddDays(-2)), Text(day.AddDays(-1)), Text(day.AddDays(1)), Text(day.AddDays(2))]);
        RequireTiles(scheme.All().Take(5), found);
        scheme.All().Take(5).ShouldAllBe(partition => partition.End - partition.Start == TimeSpan.FromDays(1));
        PipelineException refused = Should.Throw<PipelineException>(() => scheme.Parse(skipped));
        refused.Kind.ShouldBe(FailureKind.Window);
        refused.What.ShouldBe($"the time zone {zone} had no day {skipped}: its clock went from the end of the day before to the start of the day after");
        // A range may still be said to begin or end with it.
        PartitionScheme.Daily(skipped, timeZone: zone).All().First().Key.ShouldBe(Text(day.AddDays(1)));
        PartitionScheme.Daily(Text(day.AddDays(-1)), skipped, zone).All().ShouldHaveSingleItem().Key.ShouldBe(Text(day.AddDays(-1)));
    }

    private static int RequireTiles(IEnumerable<Partition> partitions, TimeZoneInfo zone)
    {
        int count = 0;
        Partition? former = null;
        foreach (Partition partition in partitions)
        {
            // Plain comparisons: there are a million of them.
            if (partition.End <= partition.Start || (former is not null && former.End != partition.Start))
            {
                Assert.Fail($"{zone.Id}: {(former is null ? "" : former.Key + Instants.Span(former))}, {partition.Key}{Instants.Span(partition)}");
            }

            former = partition;
            count++;
        }

        return count;
    }

    private static IEnumerable<Partition> Days(TimeZoneInfo zone, DateOnly from, DateOnly to) => PartitionScheme.Daily(Text(from), Text(to), zone.Id).All();

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static DateTime Shown(DateTimeOffset at, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(at, zone).DateTime;

    private static TimeSpan Jump(TimeZoneInfo zone, DateTimeOffset change) => zone.GetUtcOffset(change) - zone.GetUtcOffset(change.AddTicks(-1));

    /// <summary>The first instants with another offset, found by looking at the clock every ten days.</summary>
    private static List<DateTimeOffset> ChangesOf(TimeZoneInfo zone)
    {
        List<DateTimeOffset> changes = [];
        TimeSpan next = zone.GetUtcOffset(First);
        for (DateTimeOffset at = First; at < Last; at = at.AddDays(10))
        {
            (DateTimeOffset before, DateTimeOffset after) = (at, at.AddDays(10));
            TimeSpan offset = next;
            next = zone.GetUtcOffset(after);
            if (next == offset)
            {
                continue;
            }

            while (after - before > TimeSpan.FromTicks(1))
            {
                DateTimeOffset middle = before + ((after - before) / 2);
                (before, after) = zone.GetUtcOffset(middle) == offset ? (middle, after) : (before, middle);
            }

            changes.Add(after);
        }

        return changes;
    }
}
