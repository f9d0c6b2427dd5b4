using System.Globalization;

namespace TypedPipelines.Tests.Partitions;

public sealed class PartitionFormatTests : IDisposable
{
    private readonly CultureInfo _former = CultureInfo.CurrentCulture;

    public void Dispose() => CultureInfo.CurrentCulture = _former;

    [Theory]
    [InlineData("th-TH")]
    [InlineData("ar-SA")]
    [InlineData("en-US")]
    public void TheCulture_ChangesNoKeyNameOrMessage(string culture)
    {
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
        if (culture != "en-US")
        {
            $"{new DateTime(2024, 1, 31):yyyy}".ShouldNotBe("2024", "the culture has the calendar of this one, and the test shows nothing");
        }

        Partition day = PartitionScheme.Daily("2024-01-01", timeZone: "America/Chicago").Parse("2024-01-31");
        Partition hour = PartitionScheme.Hourly("2024-01-01", timeZone: "America/Chicago").Parse("2024-01-31T07:00-06:00");
        Partition month = PartitionScheme.Monthly("2024-01").All().First();
        Partition quarter = PartitionScheme.Quarterly("2024-Q3").All().First();
        Partition year = PartitionScheme.Yearly("2024").Parse("2025");

        day.Key.ShouldBe("2024-01-31");
        $"{day}".ShouldBe("2024-01-31");
        $"{day:yyyy/MM/dd}".ShouldBe("2024/01/31");
        string.Format(CultureInfo.CurrentCulture, "{0:d MMM yyyy}", day).ShouldBe("31 Jan 2024");
        hour.Key.ShouldBe("2024-01-31T07:00-06:00");
        $"{hour:yyyyMMddHH}".ShouldBe("2024013107");
        month.Key.ShouldBe("2024-01");
        $"{month:yyyy-MM-dd}".ShouldBe("2024-01-01");
        quarter.Key.ShouldBe("2024-Q3");
        $"{quarter:yyyy-MM}".ShouldBe("2024-07");
        PartitionScheme.Quarterly("2024-Q1").Parse("2024-Q4").Start.ShouldBe(new DateTimeOffset(2024, 10, 1, 0, 0, 0, TimeSpan.Zero));
        year.Key.ShouldBe("2025");
        $"{year:yyyy-MM-dd}".ShouldBe("2025-01-01");
        PartitionScheme.Daily("2024-01-01", "2024-02-01").EndsBefore.ShouldBe("2024-02-01");
        Should.Throw<PipelineException>(() => PartitionScheme.Daily("2024-01-01", "2024-02-01").Parse("2024-02-01"))
            .What.ShouldBe("partition 2024-02-01 lies outside this pipeline's range, which begins with 2024-01-01 and ends before 2024-02-01");
    }

    [Fact]
    public void TheFormat_IsOfTheWallClock_AlsoWhereMidnightIsSkipped() =>
        $"{PartitionScheme.Daily("2018-01-01", timeZone: "America/Sao_Paulo").Parse("2018-11-04"):yyyy-MM-dd}".ShouldBe("2018-11-04");
}
