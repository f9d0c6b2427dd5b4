using System.Globalization;

namespace TypedPipelines.Tests.Databases;

/// <summary>A row as a line of text that is the same for the same values, at whatever destination.</summary>
internal static class RowText
{
    internal static string Of(object?[] row) => string.Join(" | ", row.Select(Of));

    private static string Of(object? value) => value switch
    {
        null => "null",
        DateTime instant => instant.ToString("yyyy-MM-dd HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture) + (instant.Kind == DateTimeKind.Utc ? "Z" : $" {instant.Kind}"),
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        TimeOnly time => time.ToString("HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture),
        // Without the zeros at the end, of which one destination keeps more than another.
        decimal number => number.ToString("0.############################", CultureInfo.InvariantCulture),
        byte[] bytes => Convert.ToHexString(bytes),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
