namespace TypedPipelines.Tests.Sources.Csv;

/// <summary>The machine's time zone is one for the whole process, so these run alone.</summary>
[CollectionDefinition(nameof(TimeZoneTests), DisableParallelization = true)]
[Collection(nameof(TimeZoneTests))]
public sealed class TimeZoneTests : IDisposable
{
    private readonly string? _former = Environment.GetEnvironmentVariable("TZ");
    private readonly SourceDirectory _directory = new();

    public TimeZoneTests() => SetTimeZone("Asia/Tokyo");

    [Fact]
    public void TheMachinesTimeZone_ChangesNothing()
    {
        Assert.SkipUnless(TimeZoneInfo.Local.BaseUtcOffset == TimeSpan.FromHours(9), "needs a system whose time zone the environment sets");

        ReadOne<DateTime>("2024-01-02T03:04:05+02:00", (ref r, out v) => r.TryRead(0, null, out v)).ShouldBe(new DateTime(2024, 1, 2, 1, 4, 5, DateTimeKind.Utc));
        ReadOne<DateTime>("2024-01-02 03:04 +02:00", (ref r, out v) => r.TryRead(0, "yyyy-MM-dd HH:mm zzz", out v)).ShouldBe(new DateTime(2024, 1, 2, 1, 4, 0, DateTimeKind.Utc));
        ReadOne<DateTimeOffset>("2024-01-02 03:04", (ref r, out v) => r.TryRead(0, "yyyy-MM-dd HH:mm", out v))
            .EqualsExact(new DateTimeOffset(2024, 1, 2, 3, 4, 0, TimeSpan.Zero)).ShouldBeTrue();
    }

    public void Dispose()
    {
        SetTimeZone(_former);
        _directory.Dispose();
    }

    private static void SetTimeZone(string? zone)
    {
        Environment.SetEnvironmentVariable("TZ", zone);
        TimeZoneInfo.ClearCachedData();
    }

    private T ReadOne<T>(string text, ReadOne<T> read) => _directory.Read($"V\n{text}\n", new OneColumn<T>(read)).ShouldHaveSingleItem().Row;
}
