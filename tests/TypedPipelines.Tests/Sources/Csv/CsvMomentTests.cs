namespace TypedPipelines.Tests.Sources.Csv;

/// <summary>Reads of dates and times: ISO 8601 or exactly the format.</summary>
public sealed class CsvMomentTests : IDisposable
{
    private readonly SourceDirectory _directory = new();

    [Theory]
    [InlineData("2024-02-29", null, 2024, 2, 29)]
    [InlineData("0001-01-01", null, 1, 1, 1)]
    [InlineData("9999-12-31", "yyyy-MM-dd", 9999, 12, 31)]
    [InlineData("20240229", "yyyyMMdd", 2024, 2, 29)]
    [InlineData("3.4.2024", "d.M.yyyy", 2024, 4, 3)]
    [InlineData("03/04/24", "MM/dd/yy", 2024, 3, 4)]
    [InlineData("Feb 1 2024", "MMM d yyyy", 2024, 2, 1)]
    public void ADate_IsRead(string text, string? format, int year, int month, int day) =>
        ReadOne<DateOnly>(text, (ref r, out v) => r.TryRead(0, format, out v)).ShouldBe(new DateOnly(year, month, day));

    [Theory]
    [InlineData("2023-02-29", null, "is not a date of the form yyyy-MM-dd")]
    [InlineData("2024-13-01", null, "is not a date of the form yyyy-MM-dd")]
    [InlineData("2024-00-10", null, "is not a date of the form yyyy-MM-dd")]
    [InlineData("2024-01-00", null, "is not a date of the form yyyy-MM-dd")]
    [InlineData("0000-01-01", null, "is not a date of the form yyyy-MM-dd")]
    [InlineData("2024-1-01", null, "is not a date of the form yyyy-MM-dd")]
    [InlineData("20240101", null, "is not a date of the form yyyy-MM-dd")]
    [InlineData("01/02/2024", null, "is not a date of the form yyyy-MM-dd")]
    [InlineData("2024-01-01 ", null, "is not a date of the form yyyy-MM-dd")]
    [InlineData("2024-01-01T00:00:00", null, "is not a date of the form yyyy-MM-dd")]
    [InlineData("2024/01/01", null, "is not a date of the form yyyy-MM-dd")]
    [InlineData("2o24-01-01", null, "is not a date of the form yyyy-MM-dd")]
    [InlineData("\"\"", null, "is empty, and the column holds no nulls")]
    [InlineData("2024-01-01", "yyyyMMdd", "is not a date of the form yyyyMMdd")]
    [InlineData("20240101 ", "yyyyMMdd", "is not a date of the form yyyyMMdd")]
    [InlineData("20240101\0", "yyyyMMdd", "is not a date of the form yyyyMMdd")]
    [InlineData("01-31", "MM-dd", "cannot be read as a date: the form MM-dd has no year")]
    public void NotADate_IsRejected(string text, string? format, string reason) =>
        Refuse<DateOnly>(text, (ref r, out v) => r.TryRead(0, format, out v)).ShouldBe(reason);

    [Fact]
    public void ATextLongerThanAnyDate_IsRejected() =>
        Refuse<DateOnly>(new string('1', 100_000), (ref r, out v) => r.TryRead(0, "yyyyMMdd", out v)).ShouldBe("is not a date of the form yyyyMMdd");

    [Theory]
    [InlineData("00:00", null, 0)]
    [InlineData("23:59", null, 23 * 36_000_000_000 + 59 * 600_000_000L)]
    [InlineData("23:59:59", null, 863_990_000_000)]
    [InlineData("23:59:59.9999999", null, 863_999_999_999)]
    [InlineData("00:00:00.5", null, 5_000_000)]
    [InlineData("2359", "HHmm", 863_400_000_000)]
    [InlineData("01:30 PM", "hh:mm tt", 486_000_000_000)]
    public void ATime_IsRead(string text, string? format, long ticks) =>
        ReadOne<TimeOnly>(text, (ref r, out v) => r.TryRead(0, format, out v)).Ticks.ShouldBe(ticks);

    [Theory]
    [InlineData("24:00", null, "is not a time of the form HH:mm or HH:mm:ss")]
    [InlineData("23:60", null, "is not a time of the form HH:mm or HH:mm:ss")]
    [InlineData("23:59:60", null, "is not a time of the form HH:mm or HH:mm:ss")]
    [InlineData("1:00", null, "is not a time of the form HH:mm or HH:mm:ss")]
    [InlineData("01:00:", null, "is not a time of the form HH:mm or HH:mm:ss")]
    [InlineData("01:00:00.", null, "is not a time of the form HH:mm or HH:mm:ss")]
    [InlineData("01:00:00.12345678", null, "is not a time of the form HH:mm or HH:mm:ss")]
    [InlineData("01:00:00.12x", null, "is not a time of the form HH:mm or HH:mm:ss")]
    [InlineData("01:00:00Z", null, "is not a time of the form HH:mm or HH:mm:ss")]
    [InlineData("1:00 PM", null, "is not a time of the form HH:mm or HH:mm:ss")]
    [InlineData("2460", "HHmm", "is not a time of the form HHmm")]
    public void NotATime_IsRejected(string text, string? format, string reason) =>
        Refuse<TimeOnly>(text, (ref r, out v) => r.TryRead(0, format, out v)).ShouldBe(reason);

    [Theory]
    [InlineData("2024-01-02", null, "2024-01-02T00:00:00.0000000", DateTimeKind.Unspecified)]
    [InlineData("2024-01-02T03:04", null, "2024-01-02T03:04:00.0000000", DateTimeKind.Unspecified)]
    [InlineData("2024-01-02 03:04:05.678", null, "2024-01-02T03:04:05.6780000", DateTimeKind.Unspecified)]
    [InlineData("2024-01-02T03:04:05Z", null, "2024-01-02T03:04:05.0000000", DateTimeKind.Utc)]
    [InlineData("2024-01-02T03:04:05+02:00", null, "2024-01-02T01:04:05.0000000", DateTimeKind.Utc)]
    [InlineData("2024-01-02T03:04:05-0530", null, "2024-01-02T08:34:05.0000000", DateTimeKind.Utc)]
    [InlineData("2024-01-02 03:04:05+00", null, "2024-01-02T03:04:05.0000000", DateTimeKind.Utc)]
    [InlineData("02.01.2024 03:04", "dd.MM.yyyy HH:mm", "2024-01-02T03:04:00.0000000", DateTimeKind.Unspecified)]
    [InlineData("02.01.2024 03:04 +02:00", "dd.MM.yyyy HH:mm zzz", "2024-01-02T01:04:00.0000000", DateTimeKind.Utc)]
    [InlineData("2024-01-02T03:04:05Z", "yyyy-MM-ddTHH:mm:ssK", "2024-01-02T03:04:05.0000000", DateTimeKind.Utc)]
    [InlineData("2024-01-02T03:04:05Z", "yyyy-MM-ddTHH:mm:ssZ", "2024-01-02T03:04:05.0000000", DateTimeKind.Utc)]
    public void ADateTime_IsRead_InUtcWhereTheTextSaysWhatThatIs(string text, string? format, string written, DateTimeKind kind)
    {
        DateTime value = ReadOne<DateTime>(text, (ref r, out v) => r.TryRead(0, format, out v));

        value.ToString("yyyy-MM-ddTHH:mm:ss.fffffff", System.Globalization.CultureInfo.InvariantCulture).ShouldBe(written);
        value.Kind.ShouldBe(kind);
    }

    [Theory]
    [InlineData("2024-01-02T", null)]
    [InlineData("2024-01-02x03:04", null)]
    [InlineData("2024-01-02T03", null)]
    [InlineData("2024-01-02T03:04:05 Z", null)]
    [InlineData("2024-01-02T03:04:05z", null)]
    [InlineData("2024-01-02T03:04:05Zx", null)]
    [InlineData("2024-01-02T03:04:05+", null)]
    [InlineData("2024-01-02T03:04:05+2:00", null)]
    [InlineData("2024-01-02T03:04:05+02:60", null)]
    [InlineData("2024-01-02T03:04:05+15:00", null)]
    [InlineData("0001-01-01T00:00:00+14:00", null)]
    [InlineData("9999-12-31T23:59:59-00:01", null)]
    [InlineData("1/2/2024 03:04", null)]
    [InlineData("03:04", "HH:mm")]
    [InlineData("2024-01-02 03:04", "yyyy-MM-dd")]
    public void NotADateTime_IsRejected(string text, string? format) =>
        Refuse<DateTime>(text, (ref r, out v) => r.TryRead(0, format, out v)).ShouldBe(format switch
        {
            null => "is not a date and time of the form yyyy-MM-ddTHH:mm:ss",
            "HH:mm" => "cannot be read as a date and time: the form HH:mm has no year",
            _ => $"is not a date and time of the form {format}",
        });

    [Theory]
    [InlineData("2024-01-02T03:04:05+02:00", null, "2024-01-02T03:04:05+02:00")]
    [InlineData("2024-01-02 03:04-05", null, "2024-01-02T03:04:00-05:00")]
    [InlineData("2024-01-02T03:04:05.123Z", null, "2024-01-02T03:04:05.123+00:00")]
    [InlineData("02.01.2024 03:04 +02:00", "dd.MM.yyyy HH:mm zzz", "2024-01-02T03:04:00+02:00")]
    [InlineData("02.01.2024 03:04", "dd.MM.yyyy HH:mm", "2024-01-02T03:04:00+00:00")]
    public void ADateTimeOffset_IsRead_WithTheOffsetAsWritten(string text, string? format, string written)
    {
        DateTimeOffset value = ReadOne<DateTimeOffset>(text, (ref r, out v) => r.TryRead(0, format, out v));

        value.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFzzz", System.Globalization.CultureInfo.InvariantCulture).ShouldBe(written);
    }

    [Theory]
    [InlineData("2024-01-02T03:04:05")]
    [InlineData("2024-01-02")]
    [InlineData("2024-01-02T03:04:05+14:01")]
    [InlineData("0001-01-01T00:00:00+00:01")]
    public void ADateTimeOffsetWithoutAnOffset_OrOutOfRange_IsRejected(string text) =>
        Refuse<DateTimeOffset>(text, (ref r, out v) => r.TryRead(0, null, out v)).ShouldStartWith("is not a date and time with an offset");

    [Fact]
    public void NullableTwins_ReadEmptyAsNull_AndOthersAlike()
    {
        ReadOne<DateOnly?>("\"\"", (ref r, out v) => r.TryReadNullable(0, null, out v)).ShouldBeNull();
        ReadOne<DateOnly?>("2024-01-02", (ref r, out v) => r.TryReadNullable(0, null, out v)).ShouldBe(new DateOnly(2024, 1, 2));
        Refuse<DateOnly?>("x", (ref r, out v) => r.TryReadNullable(0, "yyMMdd", out v)).ShouldBe("is not a date of the form yyMMdd");
        ReadOne<TimeOnly?>("\"\"", (ref r, out v) => r.TryReadNullable(0, null, out v)).ShouldBeNull();
        ReadOne<TimeOnly?>("0304", (ref r, out v) => r.TryReadNullable(0, "HHmm", out v)).ShouldBe(new TimeOnly(3, 4));
        Refuse<TimeOnly?>("x", (ref r, out v) => r.TryReadNullable(0, null, out v)).ShouldBe("is not a time of the form HH:mm or HH:mm:ss");
        ReadOne<DateTime?>("\"\"", (ref r, out v) => r.TryReadNullable(0, null, out v)).ShouldBeNull();
        ReadOne<DateTime?>("2024-01-02", (ref r, out v) => r.TryReadNullable(0, null, out v)).ShouldBe(new DateTime(2024, 1, 2));
        Refuse<DateTime?>("x", (ref r, out v) => r.TryReadNullable(0, null, out v)).ShouldStartWith("is not a date and time");
        ReadOne<DateTimeOffset?>("\"\"", (ref r, out v) => r.TryReadNullable(0, null, out v)).ShouldBeNull();
        ReadOne<DateTimeOffset?>("2024-01-02T00:00Z", (ref r, out v) => r.TryReadNullable(0, null, out v)).ShouldBe(new DateTimeOffset(2024, 1, 2, 0, 0, 0, TimeSpan.Zero));
        Refuse<DateTimeOffset?>("x", (ref r, out v) => r.TryReadNullable(0, null, out v)).ShouldStartWith("is not a date and time with an offset");
    }

    private T ReadOne<T>(string text, ReadOne<T> read) => _directory.Read($"V\n{text}\n", new OneColumn<T>(read)).ShouldHaveSingleItem().Row;

    private string Refuse<T>(string text, ReadOne<T> read)
    {
        _directory.Rejects.Clear();
        _directory.Read($"V\n{text}\n", new OneColumn<T>(read)).ShouldBeEmpty();
        return _directory.Rejects.ShouldHaveSingleItem().Reason;
    }

    public void Dispose() => _directory.Dispose();
}
