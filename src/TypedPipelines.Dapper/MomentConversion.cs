using System.Globalization;

namespace TypedPipelines.Queries;

/// <summary>Dates and times of a database. None of them looks at the machine's time zone.</summary>
internal static class MomentConversion
{
    internal static string? Date(object value, out object? converted)
    {
        DateOnly read = default;
        string? reason = value switch
        {
            DateOnly given => Take(given, out read),
            DateTime { TimeOfDay.Ticks: 0 } given => Take(DateOnly.FromDateTime(given), out read),
            DateTime => "has a time of day, which DateOnly does not",
            string text => CsvMoment.Read(ValueConversion.Utf8(text), null, out read),
            _ => ValueConversion.IsOfType(value, nameof(DateOnly)),
        };
        converted = read;
        return reason;
    }

    internal static string? Time(object value, out object? converted)
    {
        TimeOnly read = default;
        string? reason = value switch
        {
            TimeOnly given => Take(given, out read),
            TimeSpan { Ticks: >= 0 and < TimeSpan.TicksPerDay } given => Take(new TimeOnly(given.Ticks), out read),
            TimeSpan => "is no time of day",
            string text => CsvMoment.Read(ValueConversion.Utf8(text), null, out read),
            _ => ValueConversion.IsOfType(value, nameof(TimeOnly)),
        };
        converted = read;
        return reason;
    }

    internal static string? Span(object value, out object? converted)
    {
        TimeSpan read = default;
        string? reason = value switch
        {
            TimeSpan given => Take(given, out read),
            TimeOnly given => Take(given.ToTimeSpan(), out read),
            string text => TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out read) ? null : "is not a span of time of the form d.hh:mm:ss",
            _ => ValueConversion.IsOfType(value, nameof(TimeSpan)),
        };
        converted = read;
        return reason;
    }

    /// <summary>With an offset it becomes UTC; without, it is of unspecified kind, as in a CSV file.</summary>
    internal static string? DateAndTime(object value, out object? converted)
    {
        DateTime read = default;
        string? reason = value switch
        {
            DateTime given => Take(given, out read),
            DateTimeOffset given => Take(given.UtcDateTime, out read),
            DateOnly given => Take(given.ToDateTime(TimeOnly.MinValue), out read),
            string text => CsvMoment.Read(ValueConversion.Utf8(text), null, out read),
            _ => ValueConversion.IsOfType(value, nameof(DateTime)),
        };
        converted = read;
        return reason;
    }

    internal static string? Moment(object value, out object? converted)
    {
        DateTimeOffset read = default;
        string? reason = value switch
        {
            DateTimeOffset given => Take(given, out read),
            DateTime { Kind: not DateTimeKind.Unspecified } given => Take(new DateTimeOffset(given.ToUniversalTime()), out read),
            DateTime => "has no offset from UTC: read it as DateTime, and say in a step what it means",
            string text => CsvMoment.Read(ValueConversion.Utf8(text), null, out read),
            _ => ValueConversion.IsOfType(value, nameof(DateTimeOffset)),
        };
        converted = read;
        return reason;
    }

    private static string? Take<T>(T given, out T read)
    {
        read = given;
        return null;
    }
}
