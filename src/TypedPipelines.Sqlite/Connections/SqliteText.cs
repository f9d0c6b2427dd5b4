using System.Globalization;

namespace TypedPipelines.Sqlite;

/// <summary>
/// Values that SQLite keeps as text: of fixed width and in UTC, so that the order of the texts is the order in time and one
/// instant has one text.
/// </summary>
internal static class SqliteText
{
    internal const string RoundTrip = "O";

    internal static string Of(DateTimeOffset instant) => instant.UtcDateTime.ToString(RoundTrip, CultureInfo.InvariantCulture);

    internal static string Of(DateOnly date) => date.ToString(RoundTrip, CultureInfo.InvariantCulture);

    internal static string Of(TimeOnly time) => time.ToString(RoundTrip, CultureInfo.InvariantCulture);

    internal static string Of(Guid id) => id.ToString("D");

    /// <summary>The ledger's word for a value of an enum.</summary>
    internal static string Of<TEnum>(TEnum value)
        where TEnum : struct, Enum => value.ToString().ToLowerInvariant();

    internal static DateTimeOffset Instant(string text) =>
        DateTimeOffset.ParseExact(text, RoundTrip, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);

    internal static TEnum Word<TEnum>(string text)
        where TEnum : struct, Enum => Enum.Parse<TEnum>(text, ignoreCase: true);
}
